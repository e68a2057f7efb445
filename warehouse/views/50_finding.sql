CREATE OR REPLACE VIEW main.finding AS
SELECT report.organ_id, report.organ, report.year, finding.*, report.url
FROM audit.finding AS finding
JOIN main.report AS report USING (report_id)
WHERE finding.verdict = 'fail';

CREATE OR REPLACE VIEW main.not_assessable AS
SELECT report.organ_id, report.organ, report.year, finding.*, report.url
FROM audit.finding AS finding
JOIN main.report AS report USING (report_id)
WHERE finding.verdict = 'not_assessable'
