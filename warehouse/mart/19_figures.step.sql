-- What is known of a report's figures. Joined with all else at once, it would take more memory than there is for half a
-- million reports.
WITH fault AS (
    SELECT report_id, list(measure ORDER BY measure) AS measures FROM main.faulty_rate GROUP BY report_id
)
SELECT
    quality.*,
    outcome.* EXCLUDE (report_id),
    apart.carry_over_gap,
    main.rate(outcome.granted, outcome.concluded) AS granted_rate,
    main.rate(outcome.partially_granted, outcome.concluded) AS partially_granted_rate,
    main.rate(outcome.denied, outcome.concluded) AS denied_rate,
    main.rate(outcome.unavailable, outcome.concluded) AS unavailable_rate,
    main.rate(outcome.not_processed, outcome.concluded) AS not_processed_rate,
    main.rate(outcome.other, outcome.concluded) AS other_rate,
    dispute.* EXCLUDE (report_id),
    coalesce(fault.measures, []) AS faulty_rates,
    work.* EXCLUDE (report_id)
FROM report_quality_step AS quality
LEFT JOIN outcomes_step AS outcome ON outcome.report_id = quality.report_id
LEFT JOIN carry_over_gap_step AS apart ON apart.report_id = quality.report_id
LEFT JOIN dispute_rates_step AS dispute ON dispute.report_id = quality.report_id
LEFT JOIN fault ON fault.report_id = quality.report_id
LEFT JOIN work_step AS work ON work.report_id = quality.report_id
