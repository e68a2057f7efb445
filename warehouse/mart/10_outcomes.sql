-- A figure is the printed total of its row; where that is blank, the sum of what the applicants' columns state. Most
-- reports state every total: these are added up in one pass over the totals alone.
WITH total AS (
    SELECT
        report_no,
        any_value(edition) AS edition,
        count(*) AS totals,
        count(value) AS stated,
        sum(value) FILTER (row_code = 'received_new') AS received_new,
        sum(value) FILTER (row_code = 'carried_in') AS carried_in,
        sum(value) FILTER (row_code = 'granted') AS granted,
        sum(value) FILTER (row_code = 'partially_granted') AS partially_granted,
        sum(value) FILTER (starts_with(row_code, 'denied_')) AS denied,
        sum(value) FILTER (starts_with(row_code, 'unavailable_')) AS unavailable,
        sum(value) FILTER (starts_with(row_code, 'not_processed_')) AS not_processed,
        sum(value) FILTER (starts_with(row_code, 'other_')) AS other,
        sum(value) FILTER (row_code = 'concluded_total') AS concluded,
        sum(value) FILTER (row_code = 'carried_out') AS carried_out
    FROM core.cell WHERE table_code = 'applications' AND column_code = 'total' GROUP BY report_no
), whole AS (
    SELECT total.* EXCLUDE (totals, stated)
    FROM total JOIN (
        SELECT table_code, edition, count(*) AS totals FROM main.form_cell WHERE column_code = 'total'
        GROUP BY table_code, edition
    ) AS form ON form.table_code = 'applications' AND form.edition = total.edition
    WHERE total.totals = form.totals AND total.stated = form.totals
), line AS (
    SELECT report_no, any_value(edition) AS edition, row_code,
        coalesce(
            max(value) FILTER (column_code = 'total'), sum(value) FILTER (column_code <> 'total')
        ) AS cases
    FROM core.cell
    WHERE table_code = 'applications' AND report_no NOT IN (SELECT report_no FROM whole)
    GROUP BY report_no, row_code
), figure AS (
    FROM whole
    UNION ALL
    SELECT
        report_no,
        any_value(edition) AS edition,
        sum(cases) FILTER (row_code = 'received_new'),
        sum(cases) FILTER (row_code = 'carried_in'),
        sum(cases) FILTER (row_code = 'granted'),
        sum(cases) FILTER (row_code = 'partially_granted'),
        sum(cases) FILTER (starts_with(row_code, 'denied_')),
        sum(cases) FILTER (starts_with(row_code, 'unavailable_')),
        sum(cases) FILTER (starts_with(row_code, 'not_processed_')),
        sum(cases) FILTER (starts_with(row_code, 'other_')),
        sum(cases) FILTER (row_code = 'concluded_total'),
        sum(cases) FILTER (row_code = 'carried_out')
    FROM line GROUP BY report_no
)
SELECT report.report_id, report.organ_id, organ.name AS organ, report.year, figure.* EXCLUDE (report_no)
FROM figure
JOIN core.report AS report ON report.report_no = figure.report_no AND report.is_current
JOIN core.organ AS organ ON organ.organ_id = report.organ_id
ORDER BY report.organ_id, report.year
