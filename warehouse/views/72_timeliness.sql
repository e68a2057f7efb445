CREATE OR REPLACE VIEW main.timeliness AS
SELECT
    report_id,
    organ_id,
    organ,
    kind,
    year,
    main.due_on(kind, year) AS due_on,
    published_on,
    published_on - main.due_on(kind, year) AS days_late,
    url
FROM main.report;

CREATE OR REPLACE VIEW main.coverage_by_year AS
SELECT
    source_id,
    year,
    count(*) AS expected,
    count(*) FILTER (status = 'published') AS published,
    count(*) FILTER (status = 'late') AS late,
    count(*) FILTER (status = 'unreadable') AS unreadable,
    count(*) FILTER (status = 'missing') AS missing
FROM main.coverage
GROUP BY source_id, year
