-- How a rate is distributed among organs of one level and kind in a region: only rates of enough cases
-- that are not faulty, and of organs whose kind and level are known.
WITH rated AS (
    UNPIVOT (
        SELECT year, region_code, level, kind, granted_rate, partially_granted_rate, denied_rate, unavailable_rate,
            not_processed_rate, other_rate, corrected_rate, faulty_rates
        FROM mart.report WHERE level IS NOT NULL AND kind IS NOT NULL
    )
    ON granted_rate, partially_granted_rate, denied_rate, unavailable_rate, not_processed_rate, other_rate,
        corrected_rate
    INTO NAME measure VALUE rate
), placed AS (
    SELECT unnest(list_distinct(['000000', rpad(region_code[:2], 6, '0'), rpad(region_code[:4], 6, '0')]))
        AS region_code, year, level, kind, measure, rate
    FROM rated WHERE NOT list_contains(faulty_rates, measure)
)
SELECT region_code, year, level, kind, measure, count(*) AS ranked,
    quantile_cont(rate, 0.1) AS p10, quantile_cont(rate, 0.25) AS p25, quantile_cont(rate, 0.5) AS median,
    quantile_cont(rate, 0.75) AS p75, quantile_cont(rate, 0.9) AS p90
FROM placed GROUP BY ALL ORDER BY region_code, year, level, kind, measure
