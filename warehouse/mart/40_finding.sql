-- Findings in the order in which they are listed: the gravest of the latest year first.
SELECT finding.*, report.report_no, report.level, report.kind, report.region_code, report.source_id,
    finding.waiver IS NOT NULL AS is_waived
FROM main.finding AS finding
JOIN mart.report AS report ON report.report_id = finding.report_id
ORDER BY list_position(['critical', 'warning', 'info'], finding.severity), finding.year DESC, finding.organ_id,
    finding.rule_id, finding.table_code, finding.row_code, finding.column_code, finding.finding_id
