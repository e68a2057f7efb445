CREATE OR REPLACE VIEW main.disputes AS
SELECT
    cell.report_id,
    cell.organ_id,
    cell.organ,
    cell.year,
    cell.edition,
    form.group_label,
    cell.row_code,
    form.row_label,
    max(cell.value) FILTER (cell.column_code = 'upheld') AS upheld,
    max(cell.value) FILTER (cell.column_code = 'corrected') AS corrected,
    max(cell.value) FILTER (cell.column_code = 'other_result') AS other_result,
    max(cell.value) FILTER (cell.column_code = 'pending') AS pending,
    max(cell.value) FILTER (cell.column_code = 'total') AS total
FROM main.cell AS cell
JOIN main.form_cell AS form
    ON form.table_code = cell.table_code AND form.edition = cell.edition
    AND form.row_code = cell.row_code AND form.column_code = 'total'
WHERE cell.table_code = 'disputes'
GROUP BY ALL
