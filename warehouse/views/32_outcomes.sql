-- A figure is the printed total of its row; where that is blank, the sum of the applicants' columns. A measure of which
-- some row was not read, or of which the table was read in two ways that disagree, is unknown.
CREATE OR REPLACE VIEW main.outcomes AS
WITH row_of AS (
    SELECT
        cell.report_id, organ_id, organ, year, cell.edition, row_code,
        max(value) FILTER (column_code = 'total') AS total,
        bool_or(column_code = 'total' AND state IN ('blank', 'dash')) AS is_total_blank,
        sum(value) FILTER (column_code <> 'total') AS parts,
        count(*) FILTER (column_code <> 'total' AND state <> 'unreadable') AS parts_read,
        any_value(table_read.is_doubtful) AS is_doubtful
    FROM main.cell AS cell
    LEFT JOIN core.report_table AS table_read
        ON table_read.report_id = cell.report_id AND table_read.table_code = 'applications'
    WHERE cell.table_code = 'applications'
    GROUP BY cell.report_id, organ_id, organ, year, cell.edition, row_code
), measured AS (
    SELECT
        report_id, organ_id, organ, year, edition, main.measure_of(row_code) AS measure,
        sum(coalesce(total, parts)) AS cases,
        count(*) FILTER (
            (total IS NOT NULL OR is_total_blank AND parts_read = 6) AND is_doubtful IS NOT TRUE
        ) AS rows_read
    FROM row_of
    GROUP BY report_id, organ_id, organ, year, edition, measure
), declared AS (
    SELECT edition, main.measure_of(row_code) AS measure, count(*) AS rows
    FROM main.form_cell
    WHERE table_code = 'applications' AND column_code = 'total'
    GROUP BY edition, measure
), known AS (
    SELECT
        measured.* EXCLUDE (cases),
        CASE WHEN rows_read = declared.rows THEN cases END AS cases,
        form.rows AS form_rows
    FROM measured
    JOIN declared ON declared.edition = measured.edition AND declared.measure = measured.measure
    JOIN (SELECT edition, sum(rows) AS rows FROM declared GROUP BY edition) AS form
        ON form.edition = measured.edition
)
SELECT
    report_id,
    organ_id,
    organ,
    year,
    edition,
    max(cases) FILTER (measure = 'received_new') AS received_new,
    max(cases) FILTER (measure = 'carried_in') AS carried_in,
    max(cases) FILTER (measure = 'granted') AS granted,
    max(cases) FILTER (measure = 'partially_granted') AS partially_granted,
    max(cases) FILTER (measure = 'denied') AS denied,
    max(cases) FILTER (measure = 'unavailable') AS unavailable,
    max(cases) FILTER (measure = 'not_processed') AS not_processed,
    max(cases) FILTER (measure = 'other') AS other,
    max(cases) FILTER (measure = 'concluded') AS concluded,
    max(cases) FILTER (measure = 'carried_out') AS carried_out,
    (any_value(form_rows) - sum(rows_read))::INTEGER AS rows_unread
FROM known
GROUP BY report_id, organ_id, organ, year, edition;

CREATE OR REPLACE VIEW main.outcome_rates AS
SELECT
    outcome.report_id,
    outcome.organ_id,
    outcome.organ,
    outcome.year,
    concluded,
    main.rate(granted, concluded) AS granted_rate,
    main.rate(partially_granted, concluded) AS partially_granted_rate,
    main.rate(denied, concluded) AS denied_rate,
    main.rate(unavailable, concluded) AS unavailable_rate,
    main.rate(not_processed, concluded) AS not_processed_rate,
    main.rate(other, concluded) AS other_rate,
    rows_unread,
    quality.quality
FROM main.outcomes AS outcome
JOIN main.report_quality AS quality USING (report_id)
