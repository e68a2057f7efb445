-- Decided is everything but what is pending, added up from its parts; unknown where one of them was not read, or where the sum
-- has more than fourteen digits.
CREATE OR REPLACE VIEW main.dispute_rates AS
WITH summed AS (
    SELECT
        report_no,
        count(*) FILTER (row_code = 'review' AND column_code <> 'total' AND state <> 'unreadable') = 4 AS is_review_read,
        count(*) FILTER (row_code <> 'review' AND column_code <> 'total' AND state <> 'unreadable') = 8
            AS is_litigation_read,
        sum(value) FILTER (row_code = 'review' AND column_code IN ('upheld', 'corrected', 'other_result'))
            AS review_decided,
        sum(value) FILTER (row_code = 'review' AND column_code = 'corrected') AS review_corrected,
        sum(value) FILTER (row_code <> 'review' AND column_code IN ('upheld', 'corrected', 'other_result'))
            AS litigation_decided,
        sum(value) FILTER (row_code <> 'review' AND column_code = 'corrected') AS litigation_corrected,
        sum(value) FILTER (column_code = 'pending') AS pending
    FROM core.cell WHERE table_code = 'disputes' GROUP BY report_no
), doubtful AS (
    SELECT report_id FROM core.report_table WHERE table_code = 'disputes' AND is_doubtful
), decided AS (
    SELECT
        report.report_id, report.organ_id, organ.name AS organ, report.year,
        is_review_read AND doubtful.report_id IS NULL AS is_review_known,
        is_litigation_read AND doubtful.report_id IS NULL AS is_litigation_known,
        CASE WHEN is_review_known THEN TRY_CAST(review_decided AS DECIMAL(18, 4)) END AS review_decided,
        CASE WHEN is_review_known THEN TRY_CAST(review_corrected AS DECIMAL(18, 4)) END AS review_corrected,
        CASE WHEN is_litigation_known THEN TRY_CAST(litigation_decided AS DECIMAL(18, 4)) END AS litigation_decided,
        CASE WHEN is_litigation_known THEN TRY_CAST(litigation_corrected AS DECIMAL(18, 4)) END AS litigation_corrected,
        CASE WHEN is_review_known AND is_litigation_known THEN TRY_CAST(pending AS DECIMAL(18, 4)) END AS pending
    FROM summed
    JOIN core.report AS report ON report.report_no = summed.report_no AND report.is_current
    JOIN core.organ AS organ ON organ.organ_id = report.organ_id
    LEFT JOIN doubtful ON doubtful.report_id = report.report_id
)
SELECT
    decided.* EXCLUDE (is_review_known, is_litigation_known),
    main.rate(review_corrected, review_decided) AS review_corrected_rate,
    main.rate(litigation_corrected, litigation_decided) AS litigation_corrected_rate,
    main.rate(review_corrected + litigation_corrected, review_decided + litigation_decided) AS corrected_rate,
    quality.quality
FROM decided
JOIN main.report_quality AS quality USING (report_id)
