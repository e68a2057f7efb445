-- Every organ that should have a report for a year: declared by its source, or with one for a neighbouring year.
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
), unreadable AS (
    SELECT page.source_id, page.link_title, problem.year, min(problem.code) AS code, min(page.url) AS url
    FROM main.problem AS problem JOIN raw.page AS page ON page.url = problem.item
    WHERE problem.stage IN ('fetch', 'extract') AND page.link_title IS NOT NULL
    GROUP BY page.source_id, page.link_title, problem.year
), dated AS (
    SELECT owed.*, report.report_id, report.url, report.published_on, report.cells_read, report.cells_expected,
        CASE WHEN organ.kind IN ('government', 'township', 'subdistrict') THEN make_date(owed.year + 1, 3, 31)
            ELSE make_date(owed.year + 1, 1, 31) END AS due_on
    FROM owed
    LEFT JOIN main.report AS report ON report.organ_id = owed.organ_id AND report.year = owed.year
    LEFT JOIN core.organ AS organ ON organ.organ_id = owed.organ_id
), obstructed AS (
    SELECT dated.*, (
        SELECT min(unreadable.code || ' ' || unreadable.url) FROM unreadable
        WHERE unreadable.source_id = dated.source_id AND unreadable.year = dated.year
            AND contains(unreadable.link_title, dated.organ)
    ) AS obstacle
    FROM dated
)
SELECT source_id, organ_id, organ, year, basis, due_on, published_on,
    CASE
        WHEN report_id IS NOT NULL AND published_on > due_on THEN 'late'
        WHEN report_id IS NOT NULL THEN 'published'
        WHEN obstacle IS NOT NULL THEN 'unreadable'
        ELSE 'missing'
    END AS status,
    coalesce(url, obstacle, 'not listed') AS evidence
FROM obstructed
