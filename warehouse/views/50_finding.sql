CREATE OR REPLACE VIEW main.finding AS
WITH row_label AS (
    SELECT table_code, edition, row_code, any_value(row_label) AS row_label
    FROM main.form_cell GROUP BY table_code, edition, row_code
), column_label AS (
    SELECT table_code, edition, column_code, any_value(column_label) AS column_label
    FROM main.form_cell GROUP BY table_code, edition, column_code
)
SELECT
    report.organ_id,
    report.organ,
    report.year,
    finding.*,
    rule.title_zh AS rule_title,
    rule.title_en AS rule_title_en,
    row_label.row_label,
    column_label.column_label,
    report.url
FROM audit.finding AS finding
JOIN main.report AS report USING (report_id)
LEFT JOIN audit.rule AS rule USING (rule_id)
LEFT JOIN core.report_table AS part
    ON part.report_id = finding.report_id AND part.table_code = finding.table_code
LEFT JOIN row_label
    ON row_label.table_code = finding.table_code AND row_label.edition = part.edition
    AND row_label.row_code = finding.row_code
LEFT JOIN column_label
    ON column_label.table_code = finding.table_code AND column_label.edition = part.edition
    AND column_label.column_code = finding.column_code;

-- What could not be assessed is kept by report, rule and reason; its sentence here says the place and the reason. With
-- the cells concerned it is told by `gouji check` and on the report's sheet.
CREATE OR REPLACE VIEW main.not_assessable AS
WITH row_label AS (
    SELECT table_code, edition, row_code, any_value(row_label) AS row_label, any_value(row_label_en) AS row_label_en
    FROM main.form_cell GROUP BY table_code, edition, row_code
), column_label AS (
    SELECT table_code, edition, column_code, any_value(column_label) AS column_label,
        any_value(column_label_en) AS column_label_en
    FROM main.form_cell GROUP BY table_code, edition, column_code
), aside AS (
    SELECT * EXCLUDE (places), unnest(places, max_depth := 2) FROM audit.not_assessable
)
SELECT
    report.organ_id,
    report.organ,
    report.year,
    md5(concat_ws('|', aside.rule_id, aside.report_id, coalesce(aside.table_code, '*'), coalesce(aside.row_code, '*'),
        coalesce(aside.column_code, '*'), aside.statement_ordinal)) AS finding_id,
    aside.rule_id,
    aside.rule_version,
    aside.report_id,
    aside.table_code,
    aside.row_code,
    aside.column_code,
    aside.statement_ordinal,
    statement.quote,
    'not_assessable' AS verdict,
    aside.reason,
    aside.severity,
    aside.left_value,
    aside.right_value,
    aside.left_value - aside.right_value AS difference,
    aside.strict_verdict,
    concat(coalesce('「' || row_label.row_label || '」一行', ''), coalesce('「' || column_label.column_label || '」一栏', ''),
        coalesce('文中称「' || statement.quote || '」', ''), '：', reason.title_zh, '，不作判断。') AS sentence_zh,
    concat(coalesce('Row “' || row_label.row_label_en || '”', ''),
        CASE WHEN aside.row_code IS NOT NULL AND aside.column_code IS NOT NULL THEN ', ' END,
        coalesce('column “' || column_label.column_label_en || '”', ''),
        coalesce('The prose says “' || statement.quote || '”', ''), ': ', reason.title_en, ', not assessable.')
        AS sentence_en,
    aside.last_found_at,
    aside.run_id,
    rule.title_zh AS rule_title,
    rule.title_en AS rule_title_en,
    row_label.row_label,
    column_label.column_label,
    report.url
FROM aside
JOIN main.report AS report ON report.report_id = aside.report_id
LEFT JOIN audit.rule AS rule ON rule.rule_id = aside.rule_id
LEFT JOIN audit.reason AS reason ON reason.reason = aside.reason
LEFT JOIN core.statement AS statement
    ON statement.report_id = aside.report_id AND statement.ordinal = aside.statement_ordinal
LEFT JOIN row_label
    ON row_label.table_code = aside.table_code AND row_label.edition = aside.edition
    AND row_label.row_code = aside.row_code
LEFT JOIN column_label
    ON column_label.table_code = aside.table_code AND column_label.edition = aside.edition
    AND column_label.column_code = aside.column_code;

CREATE OR REPLACE VIEW main.assessment AS
FROM main.finding UNION ALL BY NAME FROM main.not_assessable
