-- Ranked are only rates of enough cases, among organs of one kind and level in one prefecture; those of reports with a
-- critical finding only where they are asked for, those of organs whose kind or level nobody knows never.
CREATE OR REPLACE MACRO main.ranking_of(with_inconsistent) AS TABLE
WITH rated AS (
    UNPIVOT (
        SELECT outcome.* EXCLUDE (rows_unread), dispute.corrected_rate
        FROM main.outcome_rates AS outcome LEFT JOIN main.dispute_rates AS dispute USING (report_id)
        WHERE with_inconsistent OR outcome.quality <> 'inconsistent'
    )
    ON granted_rate, partially_granted_rate, denied_rate, unavailable_rate, not_processed_rate, other_rate,
        corrected_rate
    INTO NAME measure VALUE rate
)
SELECT
    rated.year,
    report.region_code[:4] AS prefecture,
    report.level,
    report.kind,
    rated.measure,
    rated.organ_id,
    rated.organ,
    rated.rate,
    rank() OVER peers AS rank,
    count(*) OVER (PARTITION BY rated.year, prefecture, report.level, report.kind, rated.measure) AS ranked,
    rated.quality
FROM rated
JOIN main.report AS report USING (report_id)
WHERE report.kind IS NOT NULL AND report.level IS NOT NULL
WINDOW peers AS (
    PARTITION BY rated.year, prefecture, report.level, report.kind, rated.measure ORDER BY rated.rate DESC
);

CREATE OR REPLACE VIEW main.ranking AS
FROM main.ranking_of(false)
