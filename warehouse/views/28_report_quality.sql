-- What was not read whole is incomplete, whatever else; then comes a form that is not filled in; then the gravest
-- finding that no waiver excuses counts. Clean is what has none of any severity.
CREATE OR REPLACE VIEW main.report_quality AS
WITH read AS (
    SELECT
        report_id,
        count(*) FILTER (table_code IN ('proactive', 'applications', 'disputes')) AS tables_read,
        sum(cells_unreadable)::BIGINT AS cells_unreadable,
        sum(cells_read) = sum(cells_blank) AS is_blank,
        bool_or(is_doubtful) AS is_doubtful
    FROM core.report_table GROUP BY report_id
), broken AS (
    SELECT
        report_id,
        count(*) FILTER (verdict = 'fail' AND severity = 'critical' AND waiver IS NULL) AS critical,
        count(*) FILTER (verdict = 'fail' AND severity = 'warning' AND waiver IS NULL) AS warnings,
        count(*) FILTER (verdict = 'fail' AND severity = 'info' AND waiver IS NULL) AS infos,
        count(*) FILTER (verdict = 'fail' AND waiver IS NOT NULL) AS waived
    FROM audit.finding GROUP BY report_id
), aside AS (
    SELECT report_id, sum(len(places))::BIGINT AS not_assessable FROM audit.not_assessable GROUP BY report_id
)
SELECT
    report.report_id,
    report.organ_id,
    report.organ,
    report.year,
    coalesce(read.tables_read, 0) AS tables_read,
    report.cells_expected,
    report.cells_read,
    coalesce(read.cells_unreadable, 0) AS cells_unreadable,
    coalesce(broken.critical, 0) AS critical,
    coalesce(broken.warnings, 0) AS warnings,
    coalesce(broken.infos, 0) AS infos,
    coalesce(broken.waived, 0) AS waived,
    coalesce(aside.not_assessable, 0) AS not_assessable,
    CASE
        WHEN report.cells_read < report.cells_expected OR read.cells_unreadable > 0 OR read.is_doubtful
            OR (report.year >= 2019 AND coalesce(read.tables_read, 0) < 3) THEN 'incomplete'
        WHEN read.is_blank THEN 'blank'
        WHEN broken.critical > 0 THEN 'inconsistent'
        WHEN broken.warnings > 0 OR broken.infos > 0 THEN 'questionable'
        ELSE 'clean'
    END AS quality,
    report.url
FROM main.report AS report
LEFT JOIN read USING (report_id)
LEFT JOIN broken USING (report_id)
LEFT JOIN aside USING (report_id)
