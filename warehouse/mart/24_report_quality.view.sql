SELECT
    report_id, organ_id, organ, year, tables_read, cells_expected, cells_read, cells_unreadable,
    critical, warnings, infos, waived, not_assessable, quality, url
FROM mart.report
