CREATE OR REPLACE VIEW main.provenance AS
SELECT
    report.report_id,
    report.organ_id,
    organ.name AS organ,
    report.year,
    report.is_current,
    cell.table_code,
    cell.edition,
    cell.row_code,
    cell.column_code,
    cell.value,
    cell.state,
    cell.raw,
    cell.place_table,
    cell.place_row,
    cell.place_cell,
    report.url,
    report.document_url,
    page.fetched_at,
    report.page_sha256,
    report.document_sha256,
    report.extractor_version
FROM core.cell AS cell
JOIN core.report AS report ON report.report_no = cell.report_no
JOIN core.organ AS organ USING (organ_id)
LEFT JOIN raw.page AS page USING (page_id)
