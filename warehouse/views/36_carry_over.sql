-- The gap looks at every column: a blank is zero where its row has figures, and a blank total the sum of its parts.
CREATE OR REPLACE VIEW main.carry_over AS
WITH carried AS (
    SELECT
        report_id, organ_id, year, row_code, column_code,
        CASE
            WHEN state = 'number' THEN value
            WHEN state NOT IN ('blank', 'dash') THEN NULL
            WHEN column_code = 'total' THEN sum(value) FILTER (column_code <> 'total') OVER one_row
            WHEN count(value) OVER one_row > 0 THEN 0
        END AS cases
    FROM main.cell
    WHERE table_code = 'applications' AND row_code IN ('carried_in', 'carried_out')
    WINDOW one_row AS (PARTITION BY report_id, row_code)
), apart AS (
    SELECT this_year.report_id, max(abs(this_year.cases - before.cases)) AS gap
    FROM carried AS this_year
    JOIN carried AS before
        ON before.organ_id = this_year.organ_id AND before.year = this_year.year - 1
        AND before.column_code = this_year.column_code
    WHERE this_year.row_code = 'carried_in' AND before.row_code = 'carried_out'
    GROUP BY this_year.report_id
    HAVING count(this_year.cases - before.cases) = 7
)
SELECT
    this_year.report_id,
    this_year.organ_id,
    this_year.organ,
    this_year.year,
    year_before.carried_out AS carried_out_before,
    this_year.carried_in,
    CASE WHEN year_before.carried_out IS NOT NULL AND this_year.carried_in IS NOT NULL THEN apart.gap END AS gap,
    this_year.received_new,
    this_year.concluded,
    this_year.carried_out,
    this_year.received_new + this_year.carried_in - this_year.concluded - this_year.carried_out AS imbalance,
    quality.quality
FROM main.outcomes AS this_year
JOIN main.report_quality AS quality USING (report_id)
LEFT JOIN main.outcomes AS year_before
    ON year_before.organ_id = this_year.organ_id AND year_before.year = this_year.year - 1
LEFT JOIN apart ON apart.report_id = this_year.report_id
