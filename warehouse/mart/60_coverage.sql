SELECT coverage.*, organ.level, organ.kind, organ.region_code, report.report_id
FROM main.coverage AS coverage
LEFT JOIN core.organ AS organ ON organ.organ_id = coverage.organ_id
LEFT JOIN mart.report AS report ON report.organ_id = coverage.organ_id AND report.year = coverage.year
ORDER BY coverage.organ_id, coverage.year, coverage.source_id
