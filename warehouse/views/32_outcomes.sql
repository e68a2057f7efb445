-- A figure is the printed total of its row; where that is blank, the sum of the applicants' columns. A measure of which
-- some row was not read, or of which the table was read in two ways that disagree, is unknown; so is a sum of more than
-- fourteen digits.
CREATE OR REPLACE VIEW main.outcomes AS
WITH total AS (
    SELECT report_no, edition, row_code, value, state
    FROM core.cell WHERE table_code = 'applications' AND column_code = 'total'
), part AS (
    SELECT cell.report_no, cell.row_code, sum(cell.value) AS cases
    FROM core.cell AS cell
    SEMI JOIN (SELECT * FROM total WHERE state IN ('blank', 'dash')) AS unstated
        ON unstated.report_no = cell.report_no AND unstated.row_code = cell.row_code
    WHERE cell.table_code = 'applications' AND cell.column_code <> 'total' AND cell.state <> 'unreadable'
    GROUP BY cell.report_no, cell.row_code
    HAVING count(*) = 6
), measured AS (
    SELECT
        total.report_no, total.edition, main.measure_of(total.row_code) AS measure,
        TRY_CAST(sum(coalesce(total.value, part.cases)) AS DECIMAL(18, 4)) AS cases,
        count(*) FILTER ((total.state = 'number' OR part.report_no IS NOT NULL) AND doubt.report_no IS NULL) AS rows_read
    FROM total
    LEFT JOIN part ON part.report_no = total.report_no AND part.row_code = total.row_code
    LEFT JOIN (
        SELECT DISTINCT report_no FROM core.report_table JOIN core.report USING (report_id)
        WHERE table_code = 'applications' AND is_doubtful
    ) AS doubt ON doubt.report_no = total.report_no
    GROUP BY total.report_no, total.edition, measure
), declared AS (
    SELECT edition, main.measure_of(row_code) AS measure, count(*) AS rows
    FROM main.form_cell
    WHERE table_code = 'applications' AND column_code = 'total'
    GROUP BY edition, measure
), known AS (
    SELECT
        measured.report_no,
        measured.edition,
        measured.measure,
        measured.rows_read,
        CASE WHEN measured.rows_read = declared.rows THEN measured.cases END AS cases
    FROM measured
    JOIN declared ON declared.edition = measured.edition AND declared.measure = measured.measure
), outcome AS (
    SELECT
        report_no,
        any_value(edition) AS edition,
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
        sum(rows_read) AS rows_read
    FROM known GROUP BY report_no
)
SELECT
    report.report_id,
    report.organ_id,
    organ.name AS organ,
    report.year,
    outcome.* EXCLUDE (report_no, rows_read),
    (form.rows - outcome.rows_read)::INTEGER AS rows_unread
FROM outcome
JOIN (SELECT edition, sum(rows) AS rows FROM declared GROUP BY edition) AS form ON form.edition = outcome.edition
JOIN core.report AS report ON report.report_no = outcome.report_no AND report.is_current
JOIN core.organ AS organ ON organ.organ_id = report.organ_id;

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
