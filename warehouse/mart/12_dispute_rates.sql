-- Decided is everything but what is pending, added up from its parts.
WITH figure AS (
    SELECT
        report_no,
        sum(value) FILTER (row_code = 'review' AND column_code IN ('upheld', 'corrected', 'other_result'))
            AS review_decided,
        sum(value) FILTER (row_code = 'review' AND column_code = 'corrected') AS review_corrected,
        sum(value) FILTER (row_code <> 'review' AND column_code IN ('upheld', 'corrected', 'other_result'))
            AS litigation_decided,
        sum(value) FILTER (row_code <> 'review' AND column_code = 'corrected') AS litigation_corrected,
        sum(value) FILTER (column_code = 'pending') AS pending
    FROM core.cell WHERE table_code = 'disputes' GROUP BY report_no
)
SELECT report.report_id, report.organ_id, organ.name AS organ, report.year, figure.* EXCLUDE (report_no),
    main.rate(review_corrected, review_decided) AS review_corrected_rate,
    main.rate(litigation_corrected, litigation_decided) AS litigation_corrected_rate,
    main.rate(review_corrected + litigation_corrected, review_decided + litigation_decided) AS corrected_rate
FROM figure
JOIN core.report AS report ON report.report_no = figure.report_no AND report.is_current
JOIN core.organ AS organ ON organ.organ_id = report.organ_id
ORDER BY report.organ_id, report.year
