-- The sum is unknown where an applicants' column was not read.
CREATE OR REPLACE VIEW main.applicant_mix AS
WITH read AS (
    SELECT cell.report_id, count(*) FILTER (state <> 'unreadable' AND column_code <> 'total') = 6
        AND bool_and(table_read.is_doubtful IS NOT TRUE) AS is_whole
    FROM core.cell AS cell
    LEFT JOIN core.report_table AS table_read
        ON table_read.report_id = cell.report_id AND table_read.table_code = cell.table_code
    WHERE cell.table_code = 'applications' AND cell.row_code = 'received_new'
    GROUP BY cell.report_id
), received AS (
    SELECT
        report_id, organ_id, organ, year, natural_person, commercial_enterprise, research_institution,
        public_welfare_organization, legal_service_organization, other,
        CASE WHEN read.is_whole THEN list_sum([
            natural_person, commercial_enterprise, research_institution, public_welfare_organization,
            legal_service_organization, other
        ]) END AS received_new
    FROM main.applications
    JOIN read USING (report_id)
    WHERE row_code = 'received_new'
)
SELECT
    received.*,
    main.rate(natural_person, received_new) AS natural_person_rate,
    main.rate(received_new - natural_person, received_new) AS legal_person_rate,
    quality.quality
FROM received
JOIN main.report_quality AS quality USING (report_id)
