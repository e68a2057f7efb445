"""Rules against the warehouse: findings refreshed, outcomes recorded. Needs no Great Expectations."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from expectations.declarations import RULES
from expectations.findings.catalogue import declare
from expectations.findings.places import CREATE_BROKEN, INSERT_BROKEN, describe
from expectations.model import Batch, Reason, Rule, Scope
from expectations.relations import (
    CURRENT_REPORTS,
    batch_of_years,
    current_cells,
    editions_of,
    judged,
    same_place,
)
from warehouse.store import Connection, insert_values, transaction


@dataclass(frozen=True)
class Outcome:
    """One rule's outcome over the reports of one year, in one edition of the forms. ``suite`` names its place
    in Great Expectations; ``duration_ms`` is the time of the rule over the whole batch, all years and editions.
    """

    rule_id: str
    suite: str
    edition: str
    year: int
    evaluated: int
    passed: int
    failed: int
    not_assessable: int
    duration_ms: int


@dataclass(frozen=True)
class ExpectationOutcome:
    """What Great Expectations found for one rule in one suite: ``failed`` places, ``success`` if there are none."""

    suite: str
    rule_id: str
    edition: str
    success: bool
    failed: int


def validate(
    connection: Connection,
    *,
    run_id: str,
    validated_at: datetime,
    years: Iterable[int] | None = None,
    rules: Iterable[Rule] = RULES.values(),
) -> tuple[Outcome, ...]:
    """Assess every rule on the current reports, of all years or some.

    Refreshes ``audit.finding`` for those reports (a finding that no longer holds disappears, one that still holds
    keeps its ``first_found_at``), rewrites the catalogue, and appends the outcomes to ``audit.validation``. Rules
    that look at the year before are also assessed on the reports of the year after.
    """
    rules = tuple(rules)
    years = None if years is None else tuple(years)
    looking_back = [rule.id for rule in rules if rule.scope is Scope.YEARS]
    with _snapshot(connection, years) as batch, transaction(connection):
        connection.execute(CREATE_BROKEN)
        outcomes = [outcome for rule in rules for outcome in _evaluate(connection, rule, batch, years)]
        describe(connection, {rule.id: rule for rule in rules})
        declare(connection, rules)
        connection.execute(
            _FORGET_MENDED, {"years": None if years is None else list(years), "looking_back": looking_back}
        )
        connection.execute(_MERGE_FINDINGS, {"run_id": run_id, "validated_at": validated_at})
        _record(connection, outcomes, run_id, validated_at)
    return tuple(outcomes)


@contextmanager
def _snapshot(connection: Connection, years: tuple[int, ...] | None) -> Iterator[Batch]:
    """Keep the current reports and their cells in tables of the session, joined once for all rules.

    They are committed before the rules read them: a table that the same transaction made is scanned without
    statistics, and the whole validation takes twice as long. Reports that another machine loads meanwhile are left
    for the next validation.
    """
    try:
        with transaction(connection):
            connection.execute(_CREATE_ASSESSED_CELL.format(cells=current_cells(beside(years))))
            connection.execute(_CREATE_ASSESSED_REPORT)
        yield _SNAPSHOT
    finally:
        for table in ("assessed_cell", "assessed_report", "tally", "broken", "description"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def beside(years: Iterable[int] | None) -> frozenset[int] | None:
    """Return some years with their neighbours: what the rules that look at the year before must see."""
    return None if years is None else frozenset(year + step for year in years for step in (-1, 0, 1))


def _evaluate(connection: Connection, rule: Rule, batch: Batch, years: tuple[int, ...] | None) -> Iterator[Outcome]:
    """Assess one rule in one pass: count its verdicts, and keep the places where it did not pass."""
    started = time.perf_counter()
    looks_back = rule.scope is Scope.YEARS
    batch = batch if years is None or looks_back else batch_of_years(batch, years)
    concerned = None if years is None else {year + step for year in years for step in ((0, 1) if looks_back else (0,))}
    condition = "true" if concerned is None else f"list_contains({sorted(concerned)}, year)"
    connection.execute(_TALLY.format(assessments=judged(rule.check.assess(rule.severity, batch)), condition=condition))
    tallies = connection.execute(_TALLIES).fetchall()
    if any(has_broken for *_, has_broken in tallies):
        connection.execute(
            INSERT_BROKEN.format(
                rule_id=rule.id,
                version=rule.version,
                evidence=rule.check.evidence("not_passed", batch),
                same_place=same_place("contributing", "not_passed"),
            )
        )
    duration_ms = round((time.perf_counter() - started) * 1000)
    for year, edition, evaluated, passed, failed, _ in tallies:
        yield Outcome(
            rule_id=rule.id,
            suite=rule.suite(edition),
            edition=edition,
            year=year,
            evaluated=evaluated,
            passed=passed,
            failed=failed,
            not_assessable=evaluated - passed - failed,
            duration_ms=duration_ms,
        )


def _record(connection: Connection, outcomes: Iterable[Outcome], run_id: str, validated_at: datetime) -> None:
    rows = [
        (
            run_id,
            outcome.year,
            outcome.suite,
            outcome.rule_id,
            outcome.edition,
            outcome.evaluated,
            outcome.passed,
            outcome.failed,
            outcome.not_assessable,
            None,
            outcome.duration_ms,
            validated_at,
        )
        for outcome in outcomes
    ]
    insert_values(connection, "audit.validation", rows)


_CREATE_ASSESSED_CELL = """
    CREATE OR REPLACE TEMP TABLE assessed_cell AS
    SELECT report_id, organ_id, next_organ_id, merged, year, table_code, edition, row_code, column_code, value, state
    FROM {cells} AS cell
"""

_CREATE_ASSESSED_REPORT = f"""
    CREATE OR REPLACE TEMP TABLE assessed_report AS
    SELECT report.*, stem.edition FROM {CURRENT_REPORTS} AS report
    LEFT JOIN {editions_of("temp.assessed_cell")} AS stem ON stem.report_id = report.report_id
"""

_SNAPSHOT = Batch(
    cells="temp.assessed_cell",
    reports="(SELECT * EXCLUDE (edition) FROM temp.assessed_report)",
    reports_with_cells="(SELECT * FROM temp.assessed_report WHERE edition IS NOT NULL)",
)

_KEPT = f"verdict <> 'pass' AND reason IS DISTINCT FROM '{Reason.PREVIOUS_YEAR_MISSING}'"
"""The assessments that become findings; as a CASE, only these are put together as rows."""

_TALLY = f"""
    CREATE OR REPLACE TEMP TABLE tally AS
    SELECT year, edition, count(*) AS evaluated,
        count(*) FILTER (verdict = 'pass') AS passed, count(*) FILTER (verdict = 'fail') AS failed,
        list(CASE WHEN {_KEPT} THEN assessment END) FILTER ({_KEPT}) AS not_passed
    FROM ({{assessments}}) AS assessment
    WHERE {{condition}}
    GROUP BY year, edition
"""

_TALLIES = """
    SELECT year, edition, evaluated, passed, failed, len(not_passed) > 0 FROM temp.tally ORDER BY year, edition
"""

_FORGET_MENDED = """
    DELETE FROM audit.finding
    WHERE finding_id NOT IN (SELECT finding_id FROM temp.broken) AND report_id IN (
        SELECT report_id FROM temp.assessed_report AS report
        WHERE $years IS NULL OR list_contains($years, report.year)
            OR list_contains($looking_back, rule_id) AND list_contains($years, report.year - 1)
    )
"""

_MERGE_FINDINGS = """
    MERGE INTO audit.finding AS known USING (
        SELECT broken.*, description.group_id, description.likely, description.chinese, description.english
        FROM temp.broken AS broken JOIN temp.description AS description USING (finding_id)
    ) AS found ON known.finding_id = found.finding_id
    WHEN MATCHED THEN UPDATE SET rule_version = found.rule_version, verdict = found.verdict, reason = found.reason,
        severity = found.severity, left_value = found.left_value, right_value = found.right_value,
        difference = found.left_value - found.right_value, strict_verdict = found.strict_verdict,
        cells = found.cells, group_id = found.group_id, likely = found.likely, quote = found.quote,
        sentence_zh = found.chinese, sentence_en = found.english, last_found_at = $validated_at, run_id = $run_id,
        waiver = CASE WHEN known.left_value IS NOT DISTINCT FROM found.left_value
            AND known.right_value IS NOT DISTINCT FROM found.right_value THEN known.waiver END
    WHEN NOT MATCHED THEN INSERT (finding_id, rule_id, rule_version, report_id, table_code, row_code, column_code,
        statement_ordinal, quote, verdict, reason, severity, left_value, right_value, difference, strict_verdict,
        cells, group_id, likely, sentence_zh, sentence_en, waiver, first_found_at, last_found_at, run_id)
    VALUES (found.finding_id, found.rule_id, found.rule_version, found.report_id, found.table_code, found.row_code,
        found.column_code, found.statement_ordinal, found.quote, found.verdict, found.reason, found.severity,
        found.left_value, found.right_value, found.left_value - found.right_value, found.strict_verdict,
        found.cells, found.group_id, found.likely, found.chinese, found.english, NULL, $validated_at, $validated_at,
        $run_id)
"""
