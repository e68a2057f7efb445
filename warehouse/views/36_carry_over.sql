CREATE OR REPLACE VIEW main.carry_over AS
SELECT
    this_year.report_id,
    this_year.organ_id,
    this_year.organ,
    this_year.year,
    year_before.carried_out AS carried_out_before,
    this_year.carried_in,
    this_year.carried_in - year_before.carried_out AS gap,
    this_year.received_new,
    this_year.concluded,
    this_year.carried_out,
    this_year.received_new + this_year.carried_in - this_year.concluded - this_year.carried_out AS imbalance
FROM main.outcomes AS this_year
LEFT JOIN main.outcomes AS year_before
    ON year_before.organ_id = this_year.organ_id AND year_before.year = this_year.year - 1
