-- A figure that differs between them, in the statutory tables or in the appendix of 2014 to 2018. What one of them lacks,
-- or could not be read for certain, was not corrected.
CREATE OR REPLACE VIEW main.correction AS
WITH pair AS (
    SELECT DISTINCT earlier_report_id, later_report_id FROM main.revision
), shown AS (
    SELECT report_no, report_id FROM core.report
    WHERE report_id IN (SELECT unnest([earlier_report_id, later_report_id]) FROM pair)
), figure AS (
    SELECT shown.report_id, table_code, row_code, column_code, value
    FROM shown JOIN core.cell AS cell ON cell.report_no = shown.report_no
    WHERE state <> 'unreadable'
    UNION ALL
    SELECT line.report_id, form.table_code, form.row_code, form.column_code, line.value
    FROM core.statistics_line AS line
    JOIN main.form_cell AS form ON form.table_code = 'statistics' AND form.row_code = line.code
    WHERE line.state <> 'unreadable'
    QUALIFY row_number() OVER (PARTITION BY line.report_id, line.code ORDER BY line.ordinal) = 1
), changed AS (
    SELECT pair.*, later.table_code, later.row_code, later.column_code, earlier.value AS value_before,
        later.value AS value_after
    FROM pair
    JOIN figure AS later ON later.report_id = pair.later_report_id
    JOIN figure AS earlier ON earlier.report_id = pair.earlier_report_id AND earlier.table_code = later.table_code
        AND earlier.row_code = later.row_code AND earlier.column_code = later.column_code
    WHERE earlier.value IS DISTINCT FROM later.value AND NOT EXISTS (
        FROM core.report_table AS part
        WHERE part.report_id IN (pair.earlier_report_id, pair.later_report_id)
            AND part.table_code = later.table_code AND part.is_doubtful
    )
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
