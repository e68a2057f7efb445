FROM main.report_quality ORDER BY organ_id, year
