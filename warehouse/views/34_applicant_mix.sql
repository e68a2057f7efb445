CREATE OR REPLACE VIEW main.applicant_mix AS
WITH received AS (
    SELECT
        report_id, organ_id, organ, year, natural_person, commercial_enterprise, research_institution,
        public_welfare_organization, legal_service_organization, other,
        list_sum([
            natural_person, commercial_enterprise, research_institution, public_welfare_organization,
            legal_service_organization, other
        ]) AS received_new
    FROM main.applications
    WHERE row_code = 'received_new'
)
SELECT
    *,
    main.rate(natural_person, received_new) AS natural_person_rate,
    main.rate(received_new - natural_person, received_new) AS legal_person_rate
FROM received
