-- Rates that nobody can trust: a critical finding that no waiver excuses speaks of a figure that they are made of. Of a
-- finding that names the figure which likely is wrong only that one counts, else every figure of the sum that does not
-- come out. A figure is the printed total of its row; where that is blank, what the applicants' columns add up to.
CREATE OR REPLACE VIEW main.faulty_rate AS
WITH found AS (
    SELECT report_id, table_code, unnest(CASE
        WHEN len(likely) > 0 THEN list_transform(likely, lambda each: {row: each.row_code, col: each.column_code})
        WHEN len(cells) > 0 THEN list_transform(cells, lambda each: {row: each.row_code, col: each.column_code})
        ELSE [{row: row_code, col: column_code}]
    END) AS cell
    FROM audit.finding
    WHERE verdict = 'fail' AND severity = 'critical' AND waiver IS NULL AND table_code IN ('applications', 'disputes')
), unstated AS (
    SELECT report_id, row_code FROM core.cell
    WHERE table_code = 'applications' AND column_code = 'total' AND state IN ('blank', 'dash')
        AND report_id IN (SELECT report_id FROM found)
), figure AS (
    SELECT found.report_id, main.measure_of(cell.row) AS figure
    FROM found LEFT JOIN unstated ON unstated.report_id = found.report_id AND unstated.row_code = cell.row
    WHERE table_code = 'applications' AND (cell.col = 'total' OR unstated.row_code IS NOT NULL)
    UNION ALL
    SELECT report_id, 'decided' FROM found
    WHERE table_code = 'disputes' AND cell.col IN ('upheld', 'corrected', 'other_result')
), rate AS (
    SELECT unnest(['granted', 'partially_granted', 'denied', 'unavailable', 'not_processed', 'other']) AS part,
        part || '_rate' AS measure, 'concluded' AS whole
    UNION ALL
    SELECT 'decided', 'corrected_rate', 'decided'
)
SELECT DISTINCT figure.report_id, rate.measure
FROM figure JOIN rate ON figure.figure IN (rate.part, rate.whole)
