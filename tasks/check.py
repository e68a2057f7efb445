"""One report against the rules, before or after it is published: nothing is fetched and nothing stored."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from expectations import validate
from tasks.records import Report
from tasks.rows import report_rows
from warehouse import store
from warehouse.staging import insert_rows

_PLACES = """
    SELECT rule_id, severity, table_code, row_code, column_code, verdict, reason, left_value, right_value, difference,
        strict_verdict, group_id, likely, quote, sentence_zh, sentence_en
    FROM audit.finding ORDER BY list_position(['critical', 'warning', 'info'], severity), rule_id, table_code
"""


@dataclass(frozen=True)
class Place:
    """One place where a rule did not pass; ``verdict`` is ``fail`` or ``not_assessable``, and then ``reason`` says why.

    ``strict_verdict`` is what it would be if blank meant zero. Findings of one ``group_id`` go back to one error;
    ``likely`` names the cells that likely are wrong, with the value that mends the group. ``quote`` is the sentence of
    the prose concerned.
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
    likely: list[dict[str, Any]]
    quote: str | None
    sentence_zh: str
    sentence_en: str


@dataclass(frozen=True)
class Verdicts:
    """What the rules say of one report: broken places, places not assessable, and how often each rule held."""

    findings: tuple[Place, ...]
    not_assessable: tuple[Place, ...]
    passed: dict[str, int]

    def under_strict_blanks(self) -> "Verdicts":
        """Return the verdicts with, as findings too, the places that would fail if blank meant zero."""
        would_fail = tuple(place for place in self.not_assessable if place.strict_verdict == "fail")
        rest = tuple(place for place in self.not_assessable if place.strict_verdict != "fail")
        return Verdicts(self.findings + would_fail, rest, self.passed)


def check(report: Report) -> Verdicts:
    """Assess one report with the same rules and the same SQL as the warehouse's reports."""
    now = datetime.now(UTC)
    with store.memory() as connection:
        insert_rows(
            connection,
            {"report": [_report_row(report, now)], **report_rows(_REPORT_ID, report)},
        )
        outcomes = validate(connection, run_id="check", validated_at=now)
        places = [Place(*row) for row in connection.execute(_PLACES).fetchall()]
    passed: Counter[str] = Counter()
    for outcome in outcomes:
        passed[outcome.rule_id] += outcome.passed
    return Verdicts(
        findings=tuple(place for place in places if place.verdict == "fail"),
        not_assessable=tuple(place for place in places if place.verdict == "not_assessable"),
        passed={rule: count for rule, count in passed.items() if count},
    )


_REPORT_ID = "report"


def _report_row(report: Report, now: datetime) -> dict[str, Any]:
    """The one report of a store in memory: what the rules look at, the rest empty."""
    return {
        "report_id": _REPORT_ID,
        "organ_id": report.organ or "",
        "organ_name": report.organ or "",
        "year": report.year or 0,
        "title": report.title,
        "published_on": report.published_on,
        "origins": "{}",
        "source_id": "",
        "page_id": "",
        "url": "",
        "page_sha256": "",
        "content_sha256": "",
        "cells_expected": len(report.cells),
        "cells_read": len(report.cells),
        "is_current": True,
        "fetched_at": now,
        "first_seen_at": now,
        "last_seen_at": now,
        "extractor_version": "",
        "run_id": "",
    }
