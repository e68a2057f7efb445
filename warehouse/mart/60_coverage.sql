-- An organ that never published has no region of its own: it is looked for in that of the source that names it.
SELECT coverage.*, organ.level, organ.kind, coalesce(organ.region_code, source.region_code) AS region_code,
    report.report_id
FROM main.coverage AS coverage
LEFT JOIN core.organ AS organ ON organ.organ_id = coverage.organ_id
LEFT JOIN core.source AS source ON source.source_id = coverage.source_id
LEFT JOIN mart.report AS report ON report.organ_id = coverage.organ_id AND report.year = coverage.year
ORDER BY coverage.organ_id, coverage.year, coverage.source_id
