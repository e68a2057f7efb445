-- Reports rolled up along the region codes: country (000000), province, prefecture, county. Levels and kinds are kept
-- apart, for a government's report adds its departments' figures up; organs of which they are unknown are in none. The
-- sums are of what was read; `unread` says of how many reports some row was not.
SELECT
    code AS region_code,
    level,
    kind,
    year,
    count(*) AS reports,
    count(*) FILTER (quality = 'clean') AS clean,
    count(*) FILTER (quality = 'questionable') AS questionable,
    count(*) FILTER (quality = 'inconsistent') AS inconsistent,
    count(*) FILTER (quality = 'incomplete') AS incomplete,
    count(*) FILTER (quality = 'blank') AS blank,
    count(*) FILTER (days_late > 0) AS late,
    count(*) FILTER (rows_unread IS DISTINCT FROM 0) AS unread,
    sum(critical)::BIGINT AS critical,
    sum(received_new) AS received_new,
    sum(carried_in) AS carried_in,
    sum(granted) AS granted,
    sum(partially_granted) AS partially_granted,
    sum(denied) AS denied,
    sum(unavailable) AS unavailable,
    sum(not_processed) AS not_processed,
    sum(other) AS other,
    sum(concluded) AS concluded,
    sum(carried_out) AS carried_out
FROM (
    SELECT unnest(list_distinct([
        '000000',
        rpad(region_code[:2], 6, '0'),
        rpad(region_code[:4], 6, '0'),
        region_code
    ])) AS code, *
    FROM mart.report WHERE level IS NOT NULL AND kind IS NOT NULL
)
GROUP BY ALL ORDER BY region_code, year, level, kind
