-- Cells are found by their report's number: it rises with the order of the rows, so that whoever asks for one report reads
-- the few blocks that hold it.
CREATE OR REPLACE VIEW main.cell AS
SELECT
    report.organ_id,
    organ.name AS organ,
    report.year,
    cell.* REPLACE (report.report_id AS report_id),
    report.url
FROM core.cell AS cell
JOIN core.report AS report ON report.report_no = cell.report_no
JOIN core.organ AS organ ON organ.organ_id = report.organ_id
WHERE report.is_current;

-- A figure that the prose claims.
CREATE OR REPLACE VIEW main.claim AS
SELECT
    report.report_id,
    report.organ_id,
    organ.name AS organ,
    report.year,
    statement.ordinal,
    statement.measure,
    statement.value,
    statement.quote,
    statement.parts,
    statement.paragraph,
    report.url
FROM core.statement AS statement
JOIN core.report AS report ON report.report_no = statement.report_no
JOIN core.organ AS organ ON organ.organ_id = report.organ_id
WHERE report.is_current
