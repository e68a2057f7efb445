SELECT
    report_id, organ_id, organ, year, applications_edition AS edition,
    received_new, carried_in, granted, partially_granted, denied, unavailable, not_processed, other, concluded,
    carried_out, rows_unread
FROM mart.report WHERE rows_unread IS NOT NULL
