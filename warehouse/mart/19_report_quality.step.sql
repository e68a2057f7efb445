-- Joined with all else at once, it would take more memory than there is for half a million reports.
SELECT * EXCLUDE (organ_id, organ, year, cells_expected, cells_read, url) FROM main.report_quality
