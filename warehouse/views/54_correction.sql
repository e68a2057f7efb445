-- A figure that differs between two versions of an organ's report that followed each other.
CREATE OR REPLACE VIEW main.correction AS
WITH version AS (
    SELECT
        report_id, organ_id, year, url, first_seen_at, last_seen_at,
        lag(report_id) OVER one_report AS earlier_report_id,
        lag(last_seen_at) OVER one_report AS earlier_last_seen_at
    FROM core.report
    WINDOW one_report AS (PARTITION BY organ_id, year ORDER BY first_seen_at, report_id)
), paired AS (
    SELECT version.report_id, cell.table_code, cell.row_code, cell.column_code, cell.value AS after, NULL AS before
    FROM version JOIN core.cell AS cell USING (report_id) WHERE earlier_report_id IS NOT NULL
    UNION ALL
    SELECT version.report_id, cell.table_code, cell.row_code, cell.column_code, NULL, cell.value
    FROM version JOIN core.cell AS cell ON cell.report_id = version.earlier_report_id
), changed AS (
    SELECT report_id, table_code, row_code, column_code, max(before) AS before, max(after) AS after
    FROM paired GROUP BY ALL HAVING max(before) IS DISTINCT FROM max(after)
)
SELECT
    version.organ_id,
    organ.name AS organ,
    version.year,
    changed.table_code,
    changed.row_code,
    changed.column_code,
    changed.before AS value_before,
    changed.after AS value_after,
    version.earlier_report_id,
    version.report_id AS later_report_id,
    version.earlier_last_seen_at AS last_seen_before_at,
    version.first_seen_at AS first_seen_after_at,
    version.url
FROM changed
JOIN version USING (report_id)
JOIN core.organ AS organ USING (organ_id)
