-- What the latest audit of a year said of every rule, all editions together.
WITH latest AS (
    FROM audit.validation WHERE year IS NOT NULL
    QUALIFY rank() OVER (PARTITION BY rule_id, year ORDER BY validated_at DESC) = 1
), judged AS (
    SELECT rule_id, year, sum(evaluated)::BIGINT AS evaluated, sum(passed)::BIGINT AS passed,
        sum(failed)::BIGINT AS failed, sum(not_assessable)::BIGINT AS not_assessable
    FROM latest GROUP BY rule_id, year
), found AS (
    SELECT rule_id, year, count(*) FILTER (is_waived) AS waived, count(DISTINCT report_id) AS reports
    FROM mart.finding GROUP BY rule_id, year
)
SELECT judged.*, coalesce(found.waived, 0) AS waived, coalesce(found.reports, 0) AS reports
FROM judged LEFT JOIN found USING (rule_id, year)
ORDER BY ALL
