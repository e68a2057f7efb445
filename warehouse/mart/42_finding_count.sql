-- How many findings there are of every combination of facets: what a list counts without reading the findings.
SELECT rule_id, severity, year, region_code, level, kind, is_waived, count(*) AS findings
FROM mart.finding
GROUP BY ALL ORDER BY ALL
