CREATE OR REPLACE VIEW main.applications AS
SELECT
    cell.report_id,
    cell.organ_id,
    cell.organ,
    cell.year,
    cell.edition,
    form.position AS position,
    form.group_label,
    cell.row_code,
    form.row_label,
    max(cell.value) FILTER (cell.column_code = 'natural_person') AS natural_person,
    max(cell.value) FILTER (cell.column_code = 'commercial_enterprise') AS commercial_enterprise,
    max(cell.value) FILTER (cell.column_code = 'research_institution') AS research_institution,
    max(cell.value) FILTER (cell.column_code = 'public_welfare_organization') AS public_welfare_organization,
    max(cell.value) FILTER (cell.column_code = 'legal_service_organization') AS legal_service_organization,
    max(cell.value) FILTER (cell.column_code = 'other') AS other,
    max(cell.value) FILTER (cell.column_code = 'total') AS total
FROM main.cell AS cell
JOIN main.form_cell AS form
    ON form.table_code = cell.table_code AND form.edition = cell.edition
    AND form.row_code = cell.row_code AND form.column_code = 'total'
WHERE cell.table_code = 'applications'
GROUP BY ALL
