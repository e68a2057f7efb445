-- A figure that differs between two versions that one address showed one after the other.
CREATE OR REPLACE VIEW main.correction AS
WITH version AS (
    SELECT
        *,
        lag(report_id) OVER one_address AS earlier_report_id,
        lag(seen_to) OVER one_address AS earlier_seen_to
    FROM main.report_history
    WINDOW one_address AS (PARTITION BY organ_id, year, url ORDER BY seen_from)
), paired AS (
    SELECT version.url, version.seen_from, cell.table_code, cell.row_code, cell.column_code,
        cell.value AS after, NULL AS before
    FROM version JOIN core.cell AS cell ON cell.report_id = version.report_id
    WHERE version.earlier_report_id IS NOT NULL
    UNION ALL
    SELECT version.url, version.seen_from, cell.table_code, cell.row_code, cell.column_code, NULL, cell.value
    FROM version JOIN core.cell AS cell ON cell.report_id = version.earlier_report_id
), changed AS (
    SELECT url, seen_from, table_code, row_code, column_code, max(before) AS before, max(after) AS after
    FROM paired GROUP BY url, seen_from, table_code, row_code, column_code
    HAVING max(before) IS DISTINCT FROM max(after)
)
SELECT
    version.organ_id,
    version.organ,
    version.year,
    changed.table_code,
    changed.row_code,
    changed.column_code,
    changed.before AS value_before,
    changed.after AS value_after,
    version.earlier_report_id,
    version.report_id AS later_report_id,
    version.earlier_seen_to AS last_seen_before_at,
    version.seen_from AS first_seen_after_at,
    version.url
FROM changed
JOIN version USING (url, seen_from)
