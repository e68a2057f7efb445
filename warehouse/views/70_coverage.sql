-- Every organ that should have a report for a year: declared by its source, or with one for a neighbouring year, or
-- named by the title of one that its source lists and that could not be read.
CREATE OR REPLACE VIEW main.coverage AS
WITH loaded_year AS (
    SELECT DISTINCT source_id, year FROM main.report
    UNION SELECT DISTINCT source_id, year FROM core.expected_report
), expected AS (
    SELECT source_id, organ_id, organ_name AS organ, year, 'declared' AS basis FROM core.expected_report
    UNION ALL
    SELECT report.source_id, report.organ_id, report.organ, loaded_year.year, 'neighbouring year' AS basis
    FROM main.report AS report JOIN loaded_year ON loaded_year.source_id = report.source_id
        AND abs(loaded_year.year - report.year) = 1
    UNION ALL
    SELECT source_id, organ_id, organ, year, 'published' AS basis FROM main.report
), owed AS (
    SELECT source_id, organ_id, year, any_value(organ) AS organ, min(basis) AS basis
    FROM expected GROUP BY source_id, organ_id, year
), dated AS (
    SELECT owed.*, report.report_id, report.url, report.published_on, report.cells_read, report.cells_expected,
        main.due_on(organ.kind, owed.year) AS due_on
    FROM owed
    LEFT JOIN main.report AS report ON report.organ_id = owed.organ_id AND report.year = owed.year
    LEFT JOIN core.organ AS organ ON organ.organ_id = owed.organ_id
), match AS (
    SELECT dated.source_id, dated.organ_id, dated.year, link.url, problem.code
    FROM dated
    JOIN raw.link AS link ON link.source_id = dated.source_id AND link.year = dated.year
        AND (link.organ_id = dated.organ_id OR contains(link.title, dated.organ))
    LEFT JOIN main.problem AS problem ON problem.item = link.url AND problem.stage IN ('fetch', 'extract')
    -- 云泽市人民政府办公室 is another organ than 云泽市人民政府: what follows a name must not go on with it.
    WHERE dated.report_id IS NULL AND (link.organ_id = dated.organ_id OR regexp_matches(
        substr(link.title, strpos(link.title, dated.organ) + length(dated.organ)),
        '^\s*(本级|机关)?\s*($|关于|\d|[二一][〇○零九]|年|度|政府信息|政务|信息公开|[（(])'))
), listed AS (
    SELECT source_id, organ_id, year, min(code || ' ' || url) AS obstacle, min('listed as ' || url) AS listing
    FROM match GROUP BY source_id, organ_id, year
), latest AS (
    SELECT source_id, year, max(last_listed_at) AS last_listed_at FROM raw.link GROUP BY source_id, year
), obstructed AS (
    SELECT link.source_id, link.organ_id, link.organ_name, link.year, link.url, problem.code
    FROM raw.link AS link
    JOIN main.problem AS problem ON problem.item = link.url AND problem.stage IN ('fetch', 'extract')
    JOIN latest ON latest.source_id = link.source_id AND latest.year = link.year
        AND latest.last_listed_at = link.last_listed_at
    WHERE link.organ_id IS NOT NULL
), had AS (
    SELECT link.source_id, link.url FROM obstructed AS link JOIN dated
        ON dated.organ_id = link.organ_id AND dated.year = link.year
        AND (dated.source_id = link.source_id OR dated.report_id IS NOT NULL)
    UNION
    SELECT link.source_id, link.url FROM obstructed AS link JOIN core.reading AS reading
        ON split_part(reading.url, '#', 1) = link.url WHERE reading.report_id IS NOT NULL
    UNION
    SELECT source_id, url FROM match
), unread AS (
    SELECT link.source_id, link.organ_id, min(link.organ_name) AS organ, link.year,
        min(link.code || ' ' || link.url) AS obstacle
    FROM obstructed AS link ANTI JOIN had ON had.source_id = link.source_id AND had.url = link.url
    GROUP BY link.source_id, link.organ_id, link.year
)
SELECT dated.source_id, dated.organ_id, organ, dated.year, basis, due_on, published_on,
    CASE
        WHEN report_id IS NOT NULL AND published_on > due_on THEN 'late'
        WHEN report_id IS NOT NULL THEN 'published'
        WHEN listed.obstacle IS NOT NULL THEN 'unreadable'
        ELSE 'missing'
    END AS status,
    coalesce(dated.url, listed.obstacle, listed.listing, 'not listed') AS evidence
FROM dated LEFT JOIN listed ON listed.source_id = dated.source_id AND listed.organ_id = dated.organ_id
    AND listed.year = dated.year
UNION ALL
SELECT unread.source_id, unread.organ_id, unread.organ, unread.year, 'listed', main.due_on(organ.kind, unread.year), NULL,
    'unreadable', obstacle
FROM unread LEFT JOIN core.organ AS organ ON organ.organ_id = unread.organ_id
