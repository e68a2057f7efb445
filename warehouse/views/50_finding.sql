CREATE OR REPLACE VIEW main.assessment AS
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

CREATE OR REPLACE VIEW main.finding AS
SELECT * FROM main.assessment WHERE verdict = 'fail';

CREATE OR REPLACE VIEW main.not_assessable AS
SELECT * FROM main.assessment WHERE verdict = 'not_assessable'
