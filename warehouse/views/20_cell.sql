CREATE OR REPLACE VIEW main.cell AS
SELECT
    report.organ_id,
    report.organ,
    report.year,
    cell.*,
    report.url
FROM core.cell AS cell
JOIN main.report AS report USING (report_id);

-- A figure that the prose claims.
CREATE OR REPLACE VIEW main.claim AS
SELECT
    report.report_id,
    report.organ_id,
    report.organ,
    report.year,
    statement.ordinal,
    statement.measure,
    statement.value,
    statement.quote,
    statement.parts,
    statement.paragraph,
    report.url
FROM core.statement AS statement
JOIN main.report AS report USING (report_id)
