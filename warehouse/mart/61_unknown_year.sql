-- Organs and years of which nothing is known: no source expects a report there, and no neighbouring year has one.
WITH span AS (
    SELECT organ_id, any_value(organ) AS organ, any_value(level) AS level, any_value(kind) AS kind,
        any_value(region_code) AS region_code, min(year) AS first_year, max(year) AS last_year
    FROM mart.coverage GROUP BY organ_id
), gap AS (
    SELECT span.*, any_year.year FROM span CROSS JOIN (SELECT DISTINCT year FROM mart.coverage) AS any_year
    ANTI JOIN mart.coverage AS covered ON covered.organ_id = span.organ_id AND covered.year = any_year.year
), followed AS (
    SELECT succession.*, predecessor.name AS predecessor, successor.name AS successor
    FROM core.succession AS succession
    LEFT JOIN core.organ AS predecessor ON predecessor.organ_id = predecessor_organ_id
    LEFT JOIN core.organ AS successor ON successor.organ_id = successor_organ_id
    WHERE predecessor_organ_id <> successor_organ_id
), began AS (
    SELECT successor_organ_id AS organ_id, min(since_year) AS since_year,
        string_agg(DISTINCT predecessor, '、' ORDER BY predecessor) AS others
    FROM followed GROUP BY ALL
), ended AS (
    SELECT predecessor_organ_id AS organ_id, max(since_year) AS since_year,
        string_agg(DISTINCT successor, '、' ORDER BY successor) AS others
    FROM followed GROUP BY ALL
)
SELECT gap.organ_id, organ, level, kind, region_code, year,
    CASE
        WHEN began.since_year > year THEN 'not yet'
        WHEN ended.since_year <= year THEN 'no longer'
        WHEN year < first_year THEN 'before'
        WHEN year > last_year THEN 'after'
        ELSE 'between'
    END AS reason,
    CASE reason
        WHEN 'not yet' THEN began.since_year
        WHEN 'no longer' THEN ended.since_year
        WHEN 'before' THEN first_year
        WHEN 'after' THEN last_year
    END AS turning_year,
    CASE reason WHEN 'not yet' THEN began.others WHEN 'no longer' THEN ended.others END AS other_organs
FROM gap LEFT JOIN began USING (organ_id) LEFT JOIN ended USING (organ_id)
ORDER BY gap.organ_id, year
