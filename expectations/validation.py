"""Rules against the warehouse: findings refreshed, outcomes recorded. Needs no Great Expectations."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from expectations.compiler import ASSESSMENT_COLUMNS, assess, current_cells, evidence
from expectations.declarations import RULES
from expectations.model import Identity, Reason, Rule, Verdict
from expectations.wording import Assessment, sentence
from warehouse.forms import Edition, TableCode
from warehouse.store import Connection, transaction


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


def suite_name(edition: str) -> str:
    """Return the name of the suite that holds the rules of one edition of the forms."""
    return f"form-{edition}"


def declare(connection: Connection, rules: Iterable[Rule] = RULES.values()) -> None:
    """Write the catalogue into ``audit.rule`` and ``audit.rule_term``, in place of what stood there."""
    rules = tuple(rules)
    connection.execute("DELETE FROM audit.rule")
    connection.execute("DELETE FROM audit.rule_term")
    connection.executemany(
        "INSERT INTO audit.rule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [_rule_row(rule) for rule in rules]
    )
    connection.executemany(
        "INSERT INTO audit.rule_term VALUES (?, ?, ?, ?, ?, ?, ?)", [row for rule in rules for row in _term_rows(rule)]
    )


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
    keeps its ``first_found_at``), rewrites the catalogue, and appends the outcomes to ``audit.validation``.
    """
    rules = tuple(rules)
    years = None if years is None else tuple(years)
    cells = current_cells(years)
    connection.execute(_CREATE_BROKEN)
    outcomes = [outcome for rule in rules for outcome in _evaluate(connection, rule, cells)]
    _word(connection, {rule.id: rule for rule in rules})
    with transaction(connection):
        declare(connection, rules)
        connection.execute(_FORGET_MENDED, {"years": years})
        connection.execute(_MERGE_FINDINGS, {"run_id": run_id, "validated_at": validated_at})
        _record(connection, outcomes, run_id, validated_at)
    connection.execute("DROP TABLE temp.broken")
    return tuple(outcomes)


def _rule_row(rule: Rule) -> tuple[object, ...]:
    return (
        rule.id,
        rule.version,
        rule.title.chinese,
        rule.title.english,
        rule.explanation.chinese,
        rule.explanation.english,
        rule.severity,
        rule.scope,
        rule.table,
        list(rule.editions),
        rule.source,
    )


def _term_rows(rule: Rule) -> Iterator[tuple[object, ...]]:
    if not isinstance(rule.check, Identity):
        return
    for formula in rule.check.formulas:
        for position, (side, term) in enumerate(formula.terms()):
            yield rule.id, formula.edition, side, position, term.weight, term.row, term.column


def _evaluate(connection: Connection, rule: Rule, cells: str) -> Iterator[Outcome]:
    """Assess one rule in one pass: count its verdicts, and keep the places where it did not pass in ``broken``."""
    started = time.perf_counter()
    connection.execute(f"CREATE OR REPLACE TEMP TABLE tally AS {_TALLY.format(assessments=assess(rule, cells))}")
    connection.execute(
        "INSERT INTO temp.broken BY NAME "
        + _PLACES.format(rule_id=rule.id, version=rule.version, evidence=evidence(rule, "not_passed", cells))
    )
    duration_ms = round((time.perf_counter() - started) * 1000)
    for year, edition, evaluated, passed, failed in connection.execute(_TALLIES).fetchall():
        yield Outcome(
            rule_id=rule.id,
            suite=suite_name(edition),
            edition=edition,
            year=year,
            evaluated=evaluated,
            passed=passed,
            failed=failed,
            not_assessable=evaluated - passed - failed,
            duration_ms=duration_ms,
        )


def _word(connection: Connection, rules: dict[str, Rule]) -> None:
    """Give every broken place its sentences."""
    broken = connection.execute(_SELECT_BROKEN).fetchall()
    texts = [sentence(_assessment(rules[rule_id], *place)) for _, rule_id, *place in broken]
    connection.execute(
        _SET_SENTENCES,
        {
            "finding_id": [row[0] for row in broken],
            "chinese": [text.chinese for text in texts],
            "english": [text.english for text in texts],
        },
    )


def _assessment(
    rule: Rule,
    table: str,
    edition: str,
    row: str | None,
    column: str | None,
    verdict: str,
    reason: str | None,
    breach: int | None,
    left: Decimal | None,
    right: Decimal | None,
    strict_verdict: str,
    cells: Sequence[Mapping[str, Any]],
) -> Assessment:
    return Assessment(
        rule=rule,
        table=TableCode(table),
        edition=Edition(edition),
        row=row,
        column=column,
        verdict=Verdict(verdict),
        reason=None if reason is None else Reason(reason),
        breach=breach,
        left=left,
        right=right,
        strict_verdict=Verdict(strict_verdict),
        cells=cells,
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
    if rows:
        connection.executemany("INSERT INTO audit.validation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


_CREATE_BROKEN = """
    CREATE OR REPLACE TEMP TABLE broken AS
    SELECT finding_id, rule_id, rule_version, report_id, ''::VARCHAR AS edition, table_code, row_code, column_code,
        verdict, reason, severity, 0 AS breach, left_value, right_value, strict_verdict, cells
    FROM audit.finding LIMIT 0
"""

_TALLY = f"""
    SELECT year, edition, count(*) AS evaluated,
        count(*) FILTER (verdict = 'pass') AS passed, count(*) FILTER (verdict = 'fail') AS failed,
        list(assessment) FILTER (verdict <> 'pass') AS not_passed
    FROM (SELECT {ASSESSMENT_COLUMNS} FROM ({{assessments}})) AS assessment
    GROUP BY year, edition
"""

_TALLIES = "SELECT year, edition, evaluated, passed, failed FROM temp.tally ORDER BY year, edition"

_PLACES = """
    WITH not_passed AS (SELECT unnest(not_passed, max_depth := 2) FROM temp.tally)
    SELECT md5(concat_ws('|', '{rule_id}', not_passed.report_id, not_passed.table_code,
            coalesce(not_passed.row_code, '*'), coalesce(not_passed.column_code, '*'))) AS finding_id,
        '{rule_id}' AS rule_id, {version} AS rule_version, not_passed.report_id, not_passed.edition,
        not_passed.table_code, not_passed.row_code, not_passed.column_code, verdict, reason, severity, breach,
        left_value, right_value, strict_verdict, contributing.cells
    FROM not_passed JOIN ({evidence}) AS contributing
        ON contributing.report_id = not_passed.report_id AND contributing.table_code = not_passed.table_code
        AND contributing.edition = not_passed.edition
        AND contributing.row_code IS NOT DISTINCT FROM not_passed.row_code
        AND contributing.column_code IS NOT DISTINCT FROM not_passed.column_code
"""

_SELECT_BROKEN = """
    SELECT finding_id, rule_id, table_code, edition, row_code, column_code, verdict, reason, breach,
        left_value, right_value, strict_verdict, cells
    FROM temp.broken
"""

_SET_SENTENCES = """
    CREATE OR REPLACE TEMP TABLE wording AS
    SELECT unnest($finding_id::VARCHAR[]) AS finding_id, unnest($chinese::VARCHAR[]) AS chinese,
        unnest($english::VARCHAR[]) AS english
"""

_FORGET_MENDED = """
    DELETE FROM audit.finding
    WHERE finding_id NOT IN (SELECT finding_id FROM temp.broken) AND report_id IN (
        SELECT report_id FROM core.report WHERE is_current AND ($years IS NULL OR list_contains($years, year))
    )
"""

_MERGE_FINDINGS = """
    MERGE INTO audit.finding AS known USING (
        SELECT broken.*, wording.chinese, wording.english
        FROM temp.broken AS broken JOIN temp.wording AS wording ON wording.finding_id = broken.finding_id
    ) AS found ON known.finding_id = found.finding_id
    WHEN MATCHED THEN UPDATE SET rule_version = found.rule_version, verdict = found.verdict, reason = found.reason,
        severity = found.severity, left_value = found.left_value, right_value = found.right_value,
        difference = found.left_value - found.right_value, strict_verdict = found.strict_verdict,
        cells = found.cells, sentence_zh = found.chinese, sentence_en = found.english,
        last_found_at = $validated_at, run_id = $run_id
    WHEN NOT MATCHED THEN INSERT (finding_id, rule_id, rule_version, report_id, table_code, row_code, column_code,
        verdict, reason, severity, left_value, right_value, difference, strict_verdict, cells, sentence_zh,
        sentence_en, waiver, first_found_at, last_found_at, run_id)
    VALUES (found.finding_id, found.rule_id, found.rule_version, found.report_id, found.table_code, found.row_code,
        found.column_code, found.verdict, found.reason, found.severity, found.left_value, found.right_value,
        found.left_value - found.right_value, found.strict_verdict, found.cells, found.chinese, found.english,
        NULL, $validated_at, $validated_at, $run_id)
"""
