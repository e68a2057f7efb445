"""Rules against the warehouse: findings refreshed, outcomes recorded. Needs no Great Expectations."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from expectations.checks.report import ReportCheck
from expectations.declarations import RULES
from expectations.findings import basis
from expectations.findings.catalogue import declare
from expectations.findings.places import CREATE_BROKEN, INSERT_BROKEN, describe
from expectations.findings.sight import AT_ONCE, in_sight, narrowed
from expectations.model import Batch, Reason, Rule, Scope, Verdict
from expectations.relations import judged, same_place
from warehouse.connection.optimizers import left_out
from warehouse.store import Connection, insert_values, transaction


@dataclass(frozen=True)
class Outcome:
    """One rule's outcome over the reports of one year, in one edition of the forms. ``suite`` names its place
    in Great Expectations; ``duration_ms`` is the time of the rule over all that was assessed, all years and editions.
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
    """What Great Expectations found for one rule in one suite: how many of the reports ``evaluated`` break it.

    ``success`` if no more than are tolerated do. An invariant of the warehouse is evaluated once, and ``failed`` counts
    examples.
    """

    suite: str
    rule_id: str
    edition: str
    success: bool
    evaluated: int
    failed: int


def validate(
    connection: Connection,
    *,
    run_id: str,
    validated_at: datetime,
    years: Iterable[int] | None = None,
    rules: Iterable[Rule] = RULES.values(),
    everything: bool = True,
) -> tuple[Outcome, ...]:
    """Assess every rule on the current reports of all years or some, and of the years after, which look back at them.

    Without ``everything``, only on those whose assessment rests on something else than the last time
    (:mod:`expectations.findings.basis`). Refreshes what is kept of these reports: in ``audit.finding`` the places where
    a rule is broken (one that no longer is disappears, one that still is keeps its ``first_found_at``), in
    ``audit.not_assessable`` those that cannot be assessed, in ``audit.assessed`` how often each rule held. Rewrites
    the catalogue, and appends to ``audit.validation`` what now holds of all reports of the years with a change.
    """
    rules = tuple(rules)
    years = None if years is None else tuple(years)
    durations: Counter[str] = Counter()
    try:
        with transaction(connection):
            count = basis.compare(connection, rules, years, everything=everything)
            declare(connection, rules)
        for first in range(0, count, AT_ONCE):
            with in_sight(connection, first) as batch, _verdicts(connection), left_out(connection, _IDLE):
                for rule in _with_subject(connection, rules):
                    started = time.perf_counter()
                    _evaluate(connection, rule, batch)
                    durations[rule.id] += round((time.perf_counter() - started) * 1000)
                describe(connection, {rule.id: rule for rule in rules})
                _keep(connection, run_id, validated_at)
        outcomes = _outcomes(connection, rules, years, durations)
    finally:
        basis.forget(connection)
    with transaction(connection):
        _record(connection, outcomes, run_id, validated_at)
    return outcomes


@contextmanager
def _verdicts(connection: Connection) -> Iterator[None]:
    """Hold what is found of some reports in tables of the session, in a transaction, until it is kept."""
    try:
        with transaction(connection):
            connection.execute(_CREATE_VERDICTS)
            yield
    finally:
        for table in ("tally", "counted", "aside", "failed", "broken", "description"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _with_subject(connection: Connection, rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield the rules that have something to look at: to plan one over nothing takes as long as to assess a report."""
    editions, stated, has_members = connection.execute(_SUBJECTS).fetchone() or ([], [], False)
    for rule in rules:
        if (
            not set(rule.editions).isdisjoint(editions)
            and (not rule.measures or not set(rule.measures).isdisjoint(stated))
            and (rule.scope is not Scope.GOVERNMENT or has_members)
        ):
            yield rule


def _evaluate(connection: Connection, rule: Rule, batch: Batch) -> None:
    """Assess one rule in one pass: count its verdicts by report, and keep the places where it did not pass."""
    assessments = judged(rule.check.assess(rule.severity, batch), "temp.doubted")
    connection.execute(_TALLY.format(assessments=assessments))
    connection.execute(_COUNT, {"rule": rule.id})
    has_failed, has_aside = connection.execute(_NOT_PASSED).fetchone() or (False, False)
    if has_aside:
        connection.execute(_SET_ASIDE, {"rule": rule.id, "version": rule.version})
    if has_failed:
        connection.execute(_CREATE_FAILED)
        needs_cells = not isinstance(rule.check, ReportCheck)
        around = narrowed(connection, batch, "temp.failed") if needs_cells else batch
        connection.execute(
            INSERT_BROKEN.format(
                rule_id=rule.id,
                version=rule.version,
                evidence=rule.check.evidence("temp.failed", around),
                same_place=same_place("contributing", "failed"),
            )
        )


def _keep(connection: Connection, run_id: str, validated_at: datetime) -> None:
    """Put what was found of the reports in place of what was known of them."""
    now = {"run_id": run_id, "validated_at": validated_at}
    connection.execute(_FORGET_MENDED)
    connection.execute(_MERGE_FINDINGS, now)
    connection.execute(f"DELETE FROM audit.not_assessable WHERE {_OF_ASSESSED}")
    connection.execute(_KEEP_ASIDE, now)
    connection.execute(f"DELETE FROM audit.assessed WHERE {_OF_ASSESSED}")
    connection.execute(_KEEP_ASSESSED, {"run_id": run_id})


def _outcomes(
    connection: Connection, rules: Iterable[Rule], years: tuple[int, ...] | None, durations: Counter[str]
) -> tuple[Outcome, ...]:
    """Add up what is kept of all current reports of the years that something changed in, rule by rule."""
    named = {rule.id: rule for rule in rules}
    counted = connection.execute(_OUTCOMES, {"years": years and list(years)}).fetchall()
    return tuple(
        Outcome(
            rule_id=rule_id,
            suite=named[rule_id].suite(edition),
            edition=edition,
            year=year,
            evaluated=passed + failed + not_assessable,
            passed=passed,
            failed=failed,
            not_assessable=not_assessable,
            duration_ms=durations[rule_id],
        )
        for rule_id, year, edition, passed, failed, not_assessable in counted
        if rule_id in named
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


_IDLE = "common_subplan"
"""The optimizer that looks for what a statement asks twice: rules name that once, as WITH, and are planned sooner."""

_SUBJECTS = """
    SELECT coalesce(list(DISTINCT edition), []),
        (SELECT coalesce(list(DISTINCT measure), []) FROM temp.assessed_statement),
        coalesce(bool_or(parent_organ_id IS NOT NULL), false)
    FROM temp.assessed_report
"""

_CREATE_VERDICTS = f"""
    {CREATE_BROKEN};
    CREATE OR REPLACE TEMP TABLE aside AS FROM audit.not_assessable LIMIT 0;
    CREATE OR REPLACE TEMP TABLE counted AS
    SELECT report_id, ''::VARCHAR AS rule_id, ''::VARCHAR AS edition, 0 AS passed, 0 AS failed, 0 AS not_assessable
    FROM audit.assessed LIMIT 0
"""

_KEPT = f"verdict <> '{Verdict.PASS}' AND reason IS DISTINCT FROM '{Reason.PREVIOUS_YEAR_MISSING}'"
"""The assessments that are kept; as a CASE, only these are put together as rows."""

_TALLY = f"""
    CREATE OR REPLACE TEMP TABLE tally AS
    SELECT report_id, edition, count(*) FILTER (verdict = '{Verdict.PASS}') AS passed,
        count(*) FILTER (verdict = '{Verdict.FAIL}') AS failed,
        count(*) FILTER (verdict = '{Verdict.NOT_ASSESSABLE}') AS not_assessable,
        list(CASE WHEN {_KEPT} THEN assessment END) FILTER ({_KEPT}) AS not_passed
    FROM ({{assessments}}) AS assessment
    WHERE report_id IN (SELECT report_id FROM temp.assessing)
    GROUP BY report_id, edition
"""

_COUNT = """
    INSERT INTO temp.counted SELECT report_id, $rule, edition, passed, failed, not_assessable FROM temp.tally
"""

_SET_ASIDE = f"""
    INSERT INTO temp.aside BY NAME
    SELECT report_id, $rule AS rule_id, $version AS rule_version, reason, severity, table_code, edition,
        list_sort(list({{row_code: row_code, column_code: column_code, statement_ordinal: statement_ordinal,
            left_value: left_value, right_value: right_value, strict_verdict: strict_verdict}})) AS places,
        now() AS last_found_at, '' AS run_id
    FROM (SELECT unnest(not_passed, max_depth := 2) FROM temp.tally WHERE not_assessable > 0)
    WHERE verdict = '{Verdict.NOT_ASSESSABLE}'
    GROUP BY report_id, reason, severity, table_code, edition
"""

_NOT_PASSED = "SELECT bool_or(failed > 0), bool_or(len(not_passed) > failed) FROM temp.tally"

_CREATE_FAILED = f"""
    CREATE OR REPLACE TEMP TABLE failed AS
    SELECT * FROM (SELECT unnest(not_passed, max_depth := 2) FROM temp.tally WHERE failed > 0)
    WHERE verdict = '{Verdict.FAIL}'
"""

_OUTCOMES = """
    WITH touched AS (
        SELECT DISTINCT year FROM temp.changed
        UNION SELECT year FROM audit.pending WHERE $years::INTEGER[] IS NULL OR list_contains($years::INTEGER[], year)
    ), counted AS (
        SELECT report.year, unnest(assessed.counts, max_depth := 2)
        FROM audit.assessed AS assessed JOIN core.report AS report ON report.report_id = assessed.report_id
        WHERE report.is_current AND report.year IN (SELECT year FROM touched)
    )
    SELECT rule_id, year, edition, sum(passed)::BIGINT, sum(failed)::BIGINT, sum(not_assessable)::BIGINT
    FROM counted GROUP BY rule_id, year, edition ORDER BY rule_id, year, edition
"""

_OF_ASSESSED = "report_id IN (SELECT report_id FROM temp.assessing)"

_FORGET_MENDED = f"""
    DELETE FROM audit.finding WHERE {_OF_ASSESSED} AND finding_id NOT IN (SELECT finding_id FROM temp.broken)
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

_KEEP_ASIDE = """
    INSERT INTO audit.not_assessable
    SELECT * REPLACE ($validated_at AS last_found_at, $run_id AS run_id) FROM temp.aside
"""

_KEEP_ASSESSED = """
    INSERT INTO audit.assessed
    SELECT assessing.report_id, any_value(assessing.basis),
        coalesce(list_sort(list({rule_id: rule_id, edition: edition, passed: passed, failed: failed,
            not_assessable: not_assessable}) FILTER (counted.rule_id IS NOT NULL)), []),
        false, $run_id
    FROM temp.assessing AS assessing LEFT JOIN temp.counted AS counted ON counted.report_id = assessing.report_id
    GROUP BY assessing.report_id
"""
