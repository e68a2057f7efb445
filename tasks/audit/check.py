"""Reports against the rules, before or after they are published: nothing is fetched and nothing stored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from expectations import Outcome, Severity, validate
from expectations.findings.not_assessable import told
from tasks.extract.report import Report
from tasks.load.rows import completeness_of, report_rows
from tasks.sources.organs import Organ, organ_of
from warehouse import store
from warehouse.lean import without_pandas
from warehouse.loading.staging import insert_rows
from warehouse.rows import Row, rows_of
from warehouse.text import Text

_FINDINGS = """
    SELECT finding_id, rule_id, severity, table_code, row_code, column_code, verdict, reason, left_value, right_value,
        difference, strict_verdict, group_id, likely, cells, quote, sentence_zh, sentence_en
    FROM audit.finding WHERE report_id = $report_id
    ORDER BY list_position(['critical', 'warning', 'info'], severity), rule_id, table_code, row_code, column_code,
        statement_ordinal, finding_id
"""


@dataclass(frozen=True)
class Finding:
    """One place where a rule did not pass; ``verdict`` is ``fail`` or ``not_assessable``, and then ``reason`` says why.

    ``strict_verdict`` is what it would be if blank meant zero. Findings of one ``group_id`` go back to one error;
    ``likely`` names the cells that likely are wrong, with the value that mends the group. ``cells`` are those that
    contribute, blank and absent ones included. ``quote`` is the sentence of the prose concerned.
    """

    rule_id: str
    severity: str
    table: str
    row: str | None
    column: str | None
    verdict: str
    reason: str | None
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    strict_verdict: str
    group_id: str
    likely: list[Row]
    cells: list[Row]
    quote: str | None
    sentence: Text


@dataclass(frozen=True)
class Verdicts:
    """What the rules say of one report: broken places, places not assessable, and how often each rule held.

    ``follows`` says whether the report of the year before stood beside it.
    """

    findings: tuple[Finding, ...]
    not_assessable: tuple[Finding, ...]
    passed: dict[str, int]
    follows: bool

    def under_strict_blanks(self) -> "Verdicts":
        """Return the verdicts with, as findings too, the places that would fail if blank meant zero."""
        would_fail = tuple(place for place in self.not_assessable if place.strict_verdict == "fail")
        rest = tuple(place for place in self.not_assessable if place.strict_verdict != "fail")
        return replace(self, findings=self.findings + would_fail, not_assessable=rest)


def check(reports: Sequence[Report]) -> list[Verdicts]:
    """Assess reports with the same rules and the same SQL as the warehouse's; those of one organ across the years too.

    The verdicts are in the order of the reports. Files without organ or year, and a second one of the same year, are
    assessed on their own.
    """
    verdicts: dict[int, Verdicts] = {}
    with without_pandas():
        for group in _groups(reports):
            verdicts |= _check_group({position: reports[position] for position in group})
    return [verdicts[position] for position in range(len(reports))]


def _groups(reports: Sequence[Report]) -> Iterable[list[int]]:
    """Yield the positions of reports that belong beside each other: of one organ, each of another year."""
    groups: dict[tuple[object, int], list[int]] = {}
    seen: Counter[tuple[object, int | None]] = Counter()
    for position, report in enumerate(reports):
        organ = report.organ if report.organ and report.year else position
        groups.setdefault((organ, seen[organ, report.year]), []).append(position)
        seen[organ, report.year] += 1
    return groups.values()


def _check_group(reports: Mapping[int, Report]) -> dict[int, Verdicts]:
    now = datetime.now(UTC)
    organ = organ_of(next(iter(reports.values())).organ or "", None)
    with store.memory(views=False) as connection:
        named = {"organ_id": organ.organ_id, "name": organ.name, "kind": organ.kind, "level": organ.level}
        insert_rows(connection, {"organ": [named]})
        for position, report in reports.items():
            parts = report_rows(str(position), report)
            insert_rows(connection, {"report": [_report_row(str(position), organ, report, now)], **parts})
        outcomes = validate(connection, run_id="check", validated_at=now)
        return {
            position: Verdicts(
                findings=tuple(map(_finding, rows_of(connection, _FINDINGS, {"report_id": str(position)}))),
                not_assessable=tuple(map(_finding, _by_severity(told(partial(rows_of, connection), str(position))))),
                passed=_passed(outcomes, report.year or 0),
                follows=any(other.year == (report.year or 0) - 1 for other in reports.values()),
            )
            for position, report in reports.items()
        }


def _by_severity(places: Iterable[Row]) -> list[Row]:
    return sorted(places, key=lambda place: list(Severity).index(place["severity"]))


def _finding(row: Row) -> Finding:
    return Finding(
        rule_id=row["rule_id"],
        severity=row["severity"],
        table=row["table_code"],
        row=row["row_code"],
        column=row["column_code"],
        verdict=row["verdict"],
        reason=row["reason"],
        left=row["left_value"],
        right=row["right_value"],
        difference=row["difference"],
        strict_verdict=row["strict_verdict"],
        group_id=row["group_id"],
        likely=row["likely"],
        cells=row["cells"],
        quote=row["quote"],
        sentence=Text(row["sentence_zh"], row["sentence_en"]),
    )


def _passed(outcomes: Iterable[Outcome], year: int) -> dict[str, int]:
    passed: Counter[str] = Counter()
    for outcome in outcomes:
        if outcome.year == year:
            passed[outcome.rule_id] += outcome.passed
    return dict(+passed)


def _report_row(report_id: str, organ: Organ, report: Report, now: datetime) -> Row:
    """A report of a store in memory: what the rules look at, the rest empty."""
    texts = ("source_id", "page_id", "url", "page_sha256", "content_sha256", "extractor_version", "run_id")
    completeness = completeness_of(report)
    return {
        **dict.fromkeys(texts, ""),
        "report_id": report_id,
        "organ_id": organ.organ_id,
        "organ_name": report.organ or "",
        "year": report.year or 0,
        "title": report.title,
        "published_on": report.published_on,
        "origins": "{}",
        "cells_expected": sum(table.expected for table in completeness.values()),
        "cells_read": sum(table.read for table in completeness.values()),
        "prose_digest": report.prose_digest,
        "is_current": True,
        "fetched_at": now,
        "first_seen_at": now,
        "last_seen_at": now,
    }
