-- What every report version was assessed with, so that the next audit assesses only what changed; and what could not be
-- assessed, counted by report, rule and reason: its sentence is made when somebody asks.
CREATE TABLE audit.assessed (
    report_id VARCHAR NOT NULL,
    basis UBIGINT NOT NULL,
    counts STRUCT(rule_id VARCHAR, edition VARCHAR, passed INTEGER, failed INTEGER, not_assessable INTEGER)[] NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    run_id VARCHAR NOT NULL
);

CREATE TABLE audit.not_assessable (
    report_id VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    rule_version INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    table_code VARCHAR,
    edition VARCHAR NOT NULL,
    places STRUCT(row_code VARCHAR, column_code VARCHAR, statement_ordinal INTEGER, left_value DECIMAL(20, 4), right_value DECIMAL(20, 4), strict_verdict VARCHAR)[] NOT NULL,
    last_found_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL
);

-- Why a rule could not be assessed, in words.
CREATE TABLE audit.reason (
    reason VARCHAR NOT NULL,
    title_zh VARCHAR NOT NULL,
    title_en VARCHAR NOT NULL
);

INSERT INTO audit.not_assessable
SELECT finding.report_id, rule_id, rule_version, reason, severity, finding.table_code,
    coalesce(part.edition, CASE WHEN report.year >= 2021 THEN '2021' WHEN report.year >= 2019 THEN '2019' ELSE '2014' END),
    list({row_code: row_code, column_code: column_code, statement_ordinal: statement_ordinal, left_value: left_value,
        right_value: right_value, strict_verdict: strict_verdict} ORDER BY finding_id),
    max(last_found_at), max_by(finding.run_id, last_found_at)
FROM audit.finding AS finding
JOIN core.report AS report ON report.report_id = finding.report_id
LEFT JOIN core.report_table AS part
    ON part.report_id = finding.report_id AND part.table_code = finding.table_code
WHERE verdict <> 'fail'
GROUP BY ALL;

DELETE FROM audit.finding WHERE verdict <> 'fail';
