SELECT
    this_year.report_id, this_year.organ_id, this_year.organ, this_year.year,
    year_before.carried_out AS carried_out_before,
    this_year.carried_in,
    CASE WHEN year_before.carried_out IS NOT NULL AND this_year.carried_in IS NOT NULL
        THEN this_year.carry_over_gap END AS gap,
    this_year.received_new, this_year.concluded, this_year.carried_out,
    this_year.received_new + this_year.carried_in - this_year.concluded - this_year.carried_out AS imbalance,
    this_year.quality
FROM mart.report AS this_year
LEFT JOIN mart.report AS year_before
    ON year_before.organ_id = this_year.organ_id AND year_before.year = this_year.year - 1
WHERE this_year.rows_unread IS NOT NULL
