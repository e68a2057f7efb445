-- Ranked are only rates of enough cases, among organs of one kind and level in one prefecture; those that
-- are faulty only where they are asked for, those of organs whose kind or level nobody knows never.
CREATE OR REPLACE MACRO main.ranking_of(with_faulty) AS TABLE
WITH rated AS (
    UNPIVOT (
        SELECT organ.region_code[:4] AS prefecture, organ.level, organ.kind,
            outcome.* EXCLUDE (rows_unread), dispute.corrected_rate
        FROM main.outcome_rates AS outcome
        JOIN core.organ AS organ ON organ.organ_id = outcome.organ_id
        LEFT JOIN main.dispute_rates AS dispute ON dispute.report_id = outcome.report_id
        WHERE organ.kind IS NOT NULL AND organ.level IS NOT NULL
    )
    ON granted_rate, partially_granted_rate, denied_rate, unavailable_rate, not_processed_rate, other_rate,
        corrected_rate
    INTO NAME measure VALUE rate
)
SELECT
    rated.year,
    prefecture,
    rated.level,
    rated.kind,
    rated.measure,
    rated.organ_id,
    rated.organ,
    rated.rate,
    rank() OVER peers AS rank,
    count(*) OVER (PARTITION BY rated.year, prefecture, rated.level, rated.kind, rated.measure) AS ranked,
    rated.quality
FROM rated
LEFT JOIN main.faulty_rate AS faulty ON faulty.report_id = rated.report_id AND faulty.measure = rated.measure
WHERE with_faulty OR faulty.measure IS NULL
WINDOW peers AS (
    PARTITION BY rated.year, prefecture, rated.level, rated.kind, rated.measure ORDER BY rated.rate DESC
);

CREATE OR REPLACE VIEW main.ranking AS
FROM main.ranking_of(false)
