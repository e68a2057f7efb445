CREATE OR REPLACE VIEW main.statistics AS
SELECT
    report.report_id,
    report.organ_id,
    report.organ,
    report.year,
    line.ordinal AS position,
    line.code,
    line.label,
    line.unit,
    line.value,
    line.state,
    report.url
FROM core.statistics_line AS line
JOIN main.report AS report USING (report_id)
