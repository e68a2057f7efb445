-- A number that rises in the order of loading, on a report version and on its cells and statements: whoever asks for one
-- report's cells reads the few blocks that hold them, not all.
ALTER TABLE core.report ADD COLUMN report_no INTEGER;
ALTER TABLE core.cell ADD COLUMN report_no INTEGER;
ALTER TABLE core.statement ADD COLUMN report_no INTEGER;

UPDATE core.report SET report_no = numbered.report_no
FROM (SELECT report_id, row_number() OVER (ORDER BY fetched_at, report_id) AS report_no FROM core.report) AS numbered
WHERE numbered.report_id = report.report_id;
UPDATE core.cell SET report_no = report.report_no FROM core.report AS report WHERE report.report_id = cell.report_id;
UPDATE core.statement SET report_no = report.report_no
FROM core.report AS report WHERE report.report_id = statement.report_id;
