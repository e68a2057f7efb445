-- One pass over the cells; a figure is the printed total of its row, where that is blank the sum of what is stated.
WITH line AS (
    SELECT report_no, any_value(edition) AS edition, row_code,
        coalesce(
            max(value) FILTER (column_code = 'total'), sum(value) FILTER (column_code <> 'total')
        ) AS cases
    FROM core.cell WHERE table_code = 'applications'
    GROUP BY report_no, row_code
), figure AS (
    SELECT
        report_no,
        any_value(edition) AS edition,
        sum(cases) FILTER (row_code = 'received_new') AS received_new,
        sum(cases) FILTER (row_code = 'carried_in') AS carried_in,
        sum(cases) FILTER (row_code = 'granted') AS granted,
        sum(cases) FILTER (row_code = 'partially_granted') AS partially_granted,
        sum(cases) FILTER (starts_with(row_code, 'denied_')) AS denied,
        sum(cases) FILTER (starts_with(row_code, 'unavailable_')) AS unavailable,
        sum(cases) FILTER (starts_with(row_code, 'not_processed_')) AS not_processed,
        sum(cases) FILTER (starts_with(row_code, 'other_')) AS other,
        sum(cases) FILTER (row_code = 'concluded_total') AS concluded,
        sum(cases) FILTER (row_code = 'carried_out') AS carried_out
    FROM line GROUP BY report_no
)
SELECT report.report_id, report.organ_id, organ.name AS organ, report.year, figure.* EXCLUDE (report_no)
FROM figure
JOIN core.report AS report ON report.report_no = figure.report_no AND report.is_current
JOIN core.organ AS organ ON organ.organ_id = report.organ_id
ORDER BY report.organ_id, report.year
