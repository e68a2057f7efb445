CREATE OR REPLACE VIEW main.year_on_year AS
WITH measured AS (
    UNPIVOT (
        SELECT outcome.* EXCLUDE (organ, edition, rows_unread), quality.quality
        FROM main.outcomes AS outcome JOIN main.report_quality AS quality USING (report_id)
    )
    ON received_new, carried_in, granted, partially_granted, denied, unavailable, not_processed, other, concluded,
        carried_out
    INTO NAME measure VALUE figure
)
SELECT
    this_year.organ_id,
    organ.name AS organ,
    this_year.year,
    this_year.measure,
    year_before.figure AS figure_before,
    this_year.figure,
    this_year.figure - year_before.figure AS change,
    main.rate(this_year.figure - year_before.figure, year_before.figure) AS change_rate,
    year_before.quality AS quality_before,
    this_year.quality
FROM measured AS this_year
JOIN core.organ AS organ USING (organ_id)
JOIN measured AS year_before
    ON year_before.organ_id = this_year.organ_id AND year_before.measure = this_year.measure
    AND year_before.year = this_year.year - 1
