SELECT
    report.report_id,
    max(value) FILTER (row_code = 'licensing') AS licensing,
    max(value) FILTER (row_code = 'penalties') AS penalties,
    max(value) FILTER (row_code = 'coercion') AS coercion
FROM core.cell AS cell JOIN core.report AS report ON report.report_no = cell.report_no AND report.is_current
WHERE table_code = 'proactive' AND column_code = 'decisions' GROUP BY report.report_id
