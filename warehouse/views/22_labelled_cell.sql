CREATE OR REPLACE VIEW main.labelled_cell AS
SELECT
    cell.report_id,
    cell.organ_id,
    cell.organ,
    cell.year,
    cell.table_code,
    cell.edition,
    form.position,
    form.group_label,
    cell.row_code,
    form.row_label,
    cell.column_code,
    form.column_label,
    cell.value,
    form.unit,
    cell.state,
    form.is_total
FROM main.cell AS cell
JOIN main.form_cell AS form
    ON form.table_code = cell.table_code AND form.edition = cell.edition
    AND form.row_code = cell.row_code AND form.column_code = cell.column_code;

CREATE OR REPLACE VIEW main.applications_long AS
SELECT * EXCLUDE (table_code, unit), main.measure_of(row_code) AS measure FROM main.labelled_cell WHERE table_code = 'applications'
