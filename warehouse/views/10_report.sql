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
    report.proactive_edition,
    report.applications_edition,
    report.disputes_edition,
    report.cells_expected,
    report.cells_read,
    report.page_sha256,
    report.first_seen_at,
    report.last_seen_at
FROM core.report AS report
JOIN core.organ AS organ USING (organ_id)
WHERE report.is_current
