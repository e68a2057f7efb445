-- Decided is everything but what is pending, added up from its parts; unknown where one of them was not read, or where the sum
-- has more than fourteen digits.
CREATE OR REPLACE VIEW main.dispute_rates AS
WITH row_of AS (
    SELECT
        cell.report_id, organ_id, organ, year, row_code = 'review' AS is_review,
        sum(value) FILTER (column_code IN ('upheld', 'corrected', 'other_result')) AS decided,
        max(value) FILTER (column_code = 'corrected') AS corrected,
        max(value) FILTER (column_code = 'pending') AS pending,
        count(*) FILTER (column_code <> 'total' AND state <> 'unreadable') = 4
            AND any_value(table_read.is_doubtful) IS NOT TRUE AS is_read
    FROM main.cell AS cell
    LEFT JOIN core.report_table AS table_read
        ON table_read.report_id = cell.report_id AND table_read.table_code = 'disputes'
    WHERE cell.table_code = 'disputes'
    GROUP BY cell.report_id, organ_id, organ, year, row_code
), decided AS (
    SELECT
        report_id, organ_id, organ, year,
        count(*) FILTER (is_read AND is_review) = 1 AS is_review_read,
        count(*) FILTER (is_read AND NOT is_review) = 2 AS is_litigation_read,
        CASE WHEN is_review_read THEN TRY_CAST(sum(decided) FILTER (is_review) AS DECIMAL(18, 4)) END AS review_decided,
        CASE WHEN is_review_read THEN TRY_CAST(sum(corrected) FILTER (is_review) AS DECIMAL(18, 4)) END AS review_corrected,
        CASE WHEN is_litigation_read THEN TRY_CAST(sum(decided) FILTER (NOT is_review) AS DECIMAL(18, 4)) END AS litigation_decided,
        CASE WHEN is_litigation_read THEN TRY_CAST(sum(corrected) FILTER (NOT is_review) AS DECIMAL(18, 4)) END AS litigation_corrected,
        CASE WHEN is_review_read AND is_litigation_read THEN TRY_CAST(sum(pending) AS DECIMAL(18, 4)) END AS pending
    FROM row_of
    GROUP BY report_id, organ_id, organ, year
)
SELECT
    decided.* EXCLUDE (is_review_read, is_litigation_read),
    main.rate(review_corrected, review_decided) AS review_corrected_rate,
    main.rate(litigation_corrected, litigation_decided) AS litigation_corrected_rate,
    main.rate(review_corrected + litigation_corrected, review_decided + litigation_decided) AS corrected_rate,
    quality.quality
FROM decided
JOIN main.report_quality AS quality USING (report_id)
