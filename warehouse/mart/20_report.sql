-- Current reports with their quality, punctuality and key figures.
WITH version AS (
    SELECT organ_id, year, count(*) AS versions FROM core.report GROUP BY organ_id, year
), fault AS (
    SELECT report_id, list(measure ORDER BY measure) AS measures FROM main.faulty_rate GROUP BY report_id
)
SELECT
    report.*,
    stored.report_no,
    organ.parent_organ_id,
    version.versions,
    main.due_on(report.kind, report.year) AS due_on,
    report.published_on - main.due_on(report.kind, report.year) AS days_late,
    quality.* EXCLUDE (report_id),
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
FROM main.report AS report
JOIN core.report AS stored ON stored.report_id = report.report_id
JOIN core.organ AS organ ON organ.organ_id = report.organ_id
JOIN version ON version.organ_id = report.organ_id AND version.year = report.year
LEFT JOIN report_quality_step AS quality ON quality.report_id = report.report_id
LEFT JOIN outcomes_step AS outcome ON outcome.report_id = report.report_id
LEFT JOIN carry_over_gap_step AS apart ON apart.report_id = report.report_id
LEFT JOIN dispute_rates_step AS dispute ON dispute.report_id = report.report_id
LEFT JOIN fault ON fault.report_id = report.report_id
LEFT JOIN work_step AS work ON work.report_id = report.report_id
ORDER BY report.organ_id, report.year
