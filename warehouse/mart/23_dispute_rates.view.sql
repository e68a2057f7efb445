SELECT
    report_id, organ_id, organ, year,
    review_decided, review_corrected, litigation_decided, litigation_corrected, pending,
    review_corrected_rate, litigation_corrected_rate, corrected_rate, quality
FROM mart.report WHERE disputes_edition IS NOT NULL
