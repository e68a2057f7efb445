CREATE OR REPLACE VIEW main.report AS
SELECT
    report.report_id,
    report.organ_id,
    organ.name AS organ,
    organ.level,
    organ.kind,
    organ.region_code,
    report.year,
    report.title,
    report.published_on,
    report.publisher,
    report.source_id,
    report.url,
    part.proactive_edition,
    part.applications_edition,
    part.disputes_edition,
    report.cells_expected,
    report.cells_read,
    report.page_sha256,
    report.first_seen_at,
    report.last_seen_at
FROM core.report AS report
JOIN core.organ AS organ USING (organ_id)
LEFT JOIN (
    SELECT
        report_id,
        any_value(edition) FILTER (table_code = 'proactive') AS proactive_edition,
        any_value(edition) FILTER (table_code = 'applications') AS applications_edition,
        any_value(edition) FILTER (table_code = 'disputes') AS disputes_edition
    FROM core.report_table GROUP BY report_id
) AS part ON part.report_id = report.report_id
WHERE report.is_current
