-- Two versions of one organ's report that one address showed one after the other.
CREATE OR REPLACE VIEW main.revision AS
SELECT *
FROM (
    SELECT
        organ_id,
        organ,
        year,
        url,
        lag(report_id) OVER one_address AS earlier_report_id,
        report_id AS later_report_id,
        lag(seen_to) OVER one_address AS last_seen_before_at,
        seen_from AS first_seen_after_at
    FROM main.report_history
    WINDOW one_address AS (PARTITION BY organ_id, year, url ORDER BY seen_from, seen_to)
) AS shown
WHERE earlier_report_id IS NOT NULL;

-- A figure that differs between them, in the statutory tables or in the appendix of 2014 to 2018.
CREATE OR REPLACE VIEW main.correction AS
WITH figure AS (
    SELECT report_id, table_code, row_code, column_code, value FROM core.cell
    UNION ALL
    SELECT line.report_id, form.table_code, form.row_code, form.column_code, line.value
    FROM core.statistics_line AS line
    JOIN main.form_cell AS form ON form.table_code = 'statistics' AND form.row_code = line.code
    QUALIFY row_number() OVER (PARTITION BY line.report_id, line.code ORDER BY line.ordinal) = 1
), pair AS (
    SELECT DISTINCT earlier_report_id, later_report_id FROM main.revision
), stated AS (
    SELECT pair.*, figure.* EXCLUDE (report_id, value), NULL AS before, figure.value AS after
    FROM pair JOIN figure ON figure.report_id = pair.later_report_id
    UNION ALL
    SELECT pair.*, figure.* EXCLUDE (report_id, value), figure.value, NULL
    FROM pair JOIN figure ON figure.report_id = pair.earlier_report_id
), changed AS (
    SELECT earlier_report_id, later_report_id, table_code, row_code, column_code,
        max(before) AS value_before, max(after) AS value_after
    FROM stated
    GROUP BY ALL
    HAVING max(before) IS DISTINCT FROM max(after)
)
SELECT
    revision.organ_id,
    revision.organ,
    revision.year,
    changed.table_code,
    changed.row_code,
    changed.column_code,
    changed.value_before,
    changed.value_after,
    changed.earlier_report_id,
    changed.later_report_id,
    revision.last_seen_before_at,
    revision.first_seen_after_at,
    revision.url
FROM changed
JOIN main.revision AS revision USING (earlier_report_id, later_report_id)
