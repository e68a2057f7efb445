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
    (SELECT any_value(edition) FROM core.report_table AS part
        WHERE part.report_id = report.report_id AND table_code = 'proactive') AS proactive_edition,
    (SELECT any_value(edition) FROM core.report_table AS part
        WHERE part.report_id = report.report_id AND table_code = 'applications') AS applications_edition,
    (SELECT any_value(edition) FROM core.report_table AS part
        WHERE part.report_id = report.report_id AND table_code = 'disputes') AS disputes_edition,
    report.cells_expected,
    report.cells_read,
    report.page_sha256,
    report.first_seen_at,
    report.last_seen_at
FROM core.report AS report
JOIN core.organ AS organ USING (organ_id)
WHERE report.is_current
