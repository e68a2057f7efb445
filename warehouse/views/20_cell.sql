CREATE OR REPLACE VIEW main.cell AS
SELECT
    report.organ_id,
    report.organ,
    report.year,
    cell.*,
    report.url
FROM core.cell AS cell
JOIN main.report AS report USING (report_id)
