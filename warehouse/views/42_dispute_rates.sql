-- Decided is everything but what is pending, added up from its parts.
CREATE OR REPLACE VIEW main.dispute_rates AS
WITH decided AS (
    SELECT
        report_id, organ_id, organ, year,
        sum(list_sum([upheld, corrected, other_result])) FILTER (row_code = 'review') AS review_decided,
        sum(corrected) FILTER (row_code = 'review') AS review_corrected,
        sum(list_sum([upheld, corrected, other_result])) FILTER (row_code <> 'review') AS litigation_decided,
        sum(corrected) FILTER (row_code <> 'review') AS litigation_corrected,
        sum(pending) AS pending
    FROM main.disputes
    GROUP BY report_id, organ_id, organ, year
)
SELECT
    *,
    main.rate(review_corrected, review_decided) AS review_corrected_rate,
    main.rate(litigation_corrected, litigation_decided) AS litigation_corrected_rate,
    main.rate(review_corrected + litigation_corrected, review_decided + litigation_decided) AS corrected_rate
FROM decided
