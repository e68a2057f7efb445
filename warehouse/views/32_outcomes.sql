-- A figure is the printed total of its row; where that is blank, the sum of what the applicants' columns state.
CREATE OR REPLACE VIEW main.outcomes AS
WITH figure AS (
    SELECT
        report_id, organ_id, organ, year, edition, row_code,
        coalesce(total, list_sum([
            natural_person, commercial_enterprise, research_institution, public_welfare_organization,
            legal_service_organization, other
        ])) AS cases
    FROM main.applications
)
SELECT
    report_id,
    organ_id,
    organ,
    year,
    edition,
    sum(cases) FILTER (row_code = 'received_new') AS received_new,
    sum(cases) FILTER (row_code = 'carried_in') AS carried_in,
    sum(cases) FILTER (row_code = 'granted') AS granted,
    sum(cases) FILTER (row_code = 'partially_granted') AS partially_granted,
    sum(cases) FILTER (starts_with(row_code, 'denied_')) AS denied,
    sum(cases) FILTER (starts_with(row_code, 'unavailable_')) AS unavailable,
    sum(cases) FILTER (starts_with(row_code, 'not_processed_')) AS not_processed,
    sum(cases) FILTER (starts_with(row_code, 'other_')) AS other,
    sum(cases) FILTER (row_code = 'concluded_total') AS concluded,
    sum(cases) FILTER (row_code = 'carried_out') AS carried_out
FROM figure
GROUP BY report_id, organ_id, organ, year, edition;

CREATE OR REPLACE VIEW main.outcome_rates AS
SELECT
    report_id,
    organ_id,
    organ,
    year,
    concluded,
    main.rate(granted, concluded) AS granted_rate,
    main.rate(partially_granted, concluded) AS partially_granted_rate,
    main.rate(denied, concluded) AS denied_rate,
    main.rate(unavailable, concluded) AS unavailable_rate,
    main.rate(not_processed, concluded) AS not_processed_rate,
    main.rate(other, concluded) AS other_rate
FROM main.outcomes
