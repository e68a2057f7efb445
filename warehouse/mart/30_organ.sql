-- Every organ, with how many reports it has and how they fare.
WITH reported AS (
    SELECT organ_id, min(year) AS first_year, max(year) AS last_year, count(*) AS reports,
        count(*) FILTER (quality = 'clean') AS clean,
        count(*) FILTER (quality = 'questionable') AS questionable,
        count(*) FILTER (quality = 'inconsistent') AS inconsistent,
        count(*) FILTER (quality = 'incomplete') AS incomplete,
        count(*) FILTER (quality = 'blank') AS blank,
        sum(critical)::BIGINT AS critical
    FROM mart.report GROUP BY organ_id
), named AS (
    SELECT organ_id, list(alias ORDER BY alias) AS aliases FROM core.organ_alias GROUP BY organ_id
)
SELECT organ.*, parent.name AS parent, coalesce(named.aliases, []) AS aliases,
    reported.first_year, reported.last_year, coalesce(reported.reports, 0) AS reports,
    coalesce(reported.clean, 0) AS clean, coalesce(reported.questionable, 0) AS questionable,
    coalesce(reported.inconsistent, 0) AS inconsistent, coalesce(reported.incomplete, 0) AS incomplete,
    coalesce(reported.blank, 0) AS blank, coalesce(reported.critical, 0) AS critical
FROM core.organ AS organ
LEFT JOIN core.organ AS parent ON parent.organ_id = organ.parent_organ_id
LEFT JOIN reported ON reported.organ_id = organ.organ_id
LEFT JOIN named ON named.organ_id = organ.organ_id
ORDER BY organ.organ_id
