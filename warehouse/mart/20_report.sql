-- Current reports with their quality, punctuality and key figures.
WITH version AS (
    SELECT organ_id, year, count(*) AS versions FROM core.report GROUP BY organ_id, year
)
SELECT
    report.*,
    stored.report_no,
    organ.parent_organ_id,
    version.versions,
    main.due_on(report.kind, report.year) AS due_on,
    report.published_on - main.due_on(report.kind, report.year) AS days_late,
    figures.* EXCLUDE (report_id)
FROM main.report AS report
JOIN core.report AS stored ON stored.report_id = report.report_id
JOIN core.organ AS organ ON organ.organ_id = report.organ_id
JOIN version ON version.organ_id = report.organ_id AND version.year = report.year
JOIN figures_step AS figures ON figures.report_id = report.report_id
ORDER BY report.organ_id, report.year
