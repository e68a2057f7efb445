SELECT
    report.organ_id,
    report.organ,
    report.year,
    cell.* REPLACE (report.report_id AS report_id),
    report.url
FROM core.cell AS cell
JOIN mart.report AS report ON report.report_no = cell.report_no
