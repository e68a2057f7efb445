SELECT * EXCLUDE (organ_id, organ, year, cells_expected, cells_read, url) FROM main.report_quality
