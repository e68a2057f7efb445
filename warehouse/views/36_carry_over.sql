-- How far what was carried in lies, in the column where it lies farthest, from what the year before carried out: known where
-- every column of both was read. A blank is zero where its row has figures, and a blank total the sum of its parts.
CREATE OR REPLACE VIEW main.carry_over_gap AS
WITH carried AS (
    SELECT
        report_no, row_code,
        [
            coalesce(max(value) FILTER (column_code = 'natural_person'), 0),
            coalesce(max(value) FILTER (column_code = 'commercial_enterprise'), 0),
            coalesce(max(value) FILTER (column_code = 'research_institution'), 0),
            coalesce(max(value) FILTER (column_code = 'public_welfare_organization'), 0),
            coalesce(max(value) FILTER (column_code = 'legal_service_organization'), 0),
            coalesce(max(value) FILTER (column_code = 'other'), 0)
        ] AS parts,
        list_append(parts, coalesce(max(value) FILTER (column_code = 'total'), list_sum(parts))) AS cases
    FROM core.cell
    WHERE table_code = 'applications' AND row_code IN ('carried_in', 'carried_out')
    GROUP BY report_no, row_code
    HAVING count(*) FILTER (state <> 'unreadable') = 7 AND count(value) > 0
)
SELECT
    this_year.report_id,
    list_max(list_transform(list_zip(carried_in.cases, carried_out.cases), lambda pair: abs(pair[1] - pair[2]))) AS gap
FROM core.report AS this_year
JOIN core.report AS before
    ON before.organ_id = this_year.organ_id AND before.year = this_year.year - 1 AND before.is_current
JOIN carried AS carried_in ON carried_in.report_no = this_year.report_no AND carried_in.row_code = 'carried_in'
JOIN carried AS carried_out ON carried_out.report_no = before.report_no AND carried_out.row_code = 'carried_out'
WHERE this_year.is_current;

CREATE OR REPLACE VIEW main.carry_over AS
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
LEFT JOIN main.carry_over_gap AS apart ON apart.report_id = this_year.report_id
