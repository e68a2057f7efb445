"""The report sheet: one version of a report as it is printed, its failing cells marked, its findings beside it."""

from expectations import RULES, Severity
from expectations.checks.at_most_government import AtMostGovernment
from expectations.checks.sum_of_members import SumOfMembers
from expectations.findings.not_assessable import told
from explorer.asking import Question
from explorer.pages.page import Context, Page, found
from explorer.sheets import NO_MARKS, Address, Change, Figure, Marks, by_quote, extent_of, groups_of, marks_of, sections
from tasks.runbook import kind_of
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease

REPORT = """
    SELECT report.report_id, report.report_no, report.organ_id, organ.name AS organ, organ.level, organ.kind,
        organ.region_code, report.year, report.title, report.published_on, report.publisher, report.document_number,
        report.source_id, source.title AS source, report.url, report.page_sha256, report.document_url,
        report.document_sha256, report.fetched_at, report.is_current, report.first_seen_at, report.last_seen_at,
        report.cells_expected, report.cells_read, main.due_on(organ.kind, report.year) AS due_on,
        known.quality, known.days_late
    FROM core.report AS report
    JOIN core.organ AS organ ON organ.organ_id = report.organ_id
    LEFT JOIN core.source AS source ON source.source_id = report.source_id
    LEFT JOIN mart.report AS known ON known.report_no = report.report_no
    WHERE report.report_id = $report
"""

CELLS = """
    SELECT table_code, row_code, column_code, value, unit, state, raw, place_table, place_row, place_cell
    FROM core.cell WHERE report_no = $report_no
"""

_TABLES = """
    SELECT table_code, edition, cells_expected, cells_read, cells_blank, cells_unreadable, is_doubtful
    FROM core.report_table WHERE report_id = $report_id
"""

FINDINGS = """
    SELECT finding_id, rule_id, table_code, row_code, column_code, statement_ordinal, quote, verdict, reason, severity,
        left_value, right_value, difference, strict_verdict, cells, group_id, likely, sentence_zh, sentence_en, waiver
    FROM audit.finding WHERE report_id = $report_id AND verdict = 'fail'
    ORDER BY list_position(['critical', 'warning', 'info'], severity), rule_id, table_code, row_code, column_code
"""

_TOLD = (
    *("finding_id", "rule_id", "table_code", "row_code", "column_code", "statement_ordinal", "quote", "verdict"),
    *("reason", "severity", "left_value", "right_value", "difference", "strict_verdict", "cells", "group_id", "likely"),
    *("sentence_zh", "sentence_en", "waiver"),
)
"""What is told of a place that could not be assessed: the columns of a finding."""

_STATEMENTS = """
    SELECT ordinal, measure, value, quote FROM core.statement WHERE report_no = $report_no ORDER BY ordinal
"""

_LINES = """
    SELECT ordinal, code, label, unit, state, raw FROM core.statistics_line
    WHERE report_id = $report_id ORDER BY ordinal
"""

VERSIONS = """
    SELECT report_id, report_no, is_current, first_seen_at, last_seen_at, url FROM core.report
    WHERE organ_id = $organ_id AND year = $year ORDER BY first_seen_at, report_no
"""

_CHANGES = """
    SELECT table_code, row_code, column_code, later_report_id <> $report_id AS is_later,
        CASE WHEN is_later THEN value_after ELSE value_before END AS value
    FROM mart.correction WHERE $report_id IN (earlier_report_id, later_report_id) ORDER BY first_seen_after_at
"""

_YEARS = "SELECT year, report_id, quality FROM mart.report WHERE organ_id = $organ_id ORDER BY year"

_PROBLEMS = """
    SELECT code, detail, stage FROM main.problem WHERE item IN ($url, $document_url) ORDER BY stage, code
"""


_MEMBERS = """
    SELECT finding.report_id, finding.organ, finding.likely FROM mart.finding AS finding
    JOIN mart.organ AS organ ON organ.organ_id = finding.organ_id
    WHERE organ.parent_organ_id = $organ_id AND finding.year = $year AND len(finding.likely) > 0
        AND NOT finding.is_waived
    ORDER BY finding.organ_id, finding.finding_id
"""
_GOVERNMENTS = (AtMostGovernment, SumOfMembers)
"""Checks that hold a government's figure against its members'."""


def _members_suspected(lease: Lease, report: Row, findings: list[Row]) -> dict[str, list[Row]]:
    """Tell for each finding that holds a government against its members which of them likely have that figure wrong."""
    compared = [
        each for each in findings if each["rule_id"] in RULES and isinstance(RULES[each["rule_id"]].check, _GOVERNMENTS)
    ]
    if not compared:
        return {}
    suspected = {
        (row["report_id"], cell["table_code"], cell["row_code"], cell["column_code"]): {**row, "value": cell["value"]}
        for row in lease.rows(_MEMBERS, **report)
        for cell in row["likely"]
    }
    return {
        each["finding_id"]: [
            {**row, "cell": "/".join(place[1:])}
            for place, row in suspected.items()
            if place[1:] == (each["table_code"], each["row_code"], each["column_code"])
        ]
        for each in compared
    }


def _changes(lease: Lease, report: Row) -> dict[Address, tuple[Change, ...]]:
    """Tell of each figure of a version that was corrected in silence what other versions have there."""
    changes: dict[Address, tuple[Change, ...]] = {}
    for row in lease.rows(_CHANGES, **report):
        address = (row["table_code"], row["row_code"], row["column_code"])
        change = Change(row["is_later"], row["value"])
        if change not in changes.get(address, ()):
            changes[address] = (*changes.get(address, ()), change)
    return changes


def figure_of(cell: Row, marks: Marks = NO_MARKS) -> Figure:
    """Make a figure of a row of :data:`CELLS`, with what findings mark it with."""
    place = f"{cell['place_table']}.{cell['place_row']}.{cell['place_cell']}"
    address = (cell["table_code"], cell["row_code"], cell["column_code"])
    return marks.on(Figure(address, cell["raw"], cell["state"], cell["value"], cell["unit"], place))


def not_assessable(lease: Lease, report_id: str) -> list[Row]:
    """Return the places of a report that could not be assessed, the gravest rules first."""
    severities = list(Severity)
    places = sorted(told(lease.rows, report_id), key=lambda place: severities.index(place["severity"]))
    return [{name: place[name] for name in _TOLD} for place in places]


def view(asked: Question, lease: Lease) -> Context:
    """Gather all that a report says, and all that is said of it."""
    report = found(lease.row(REPORT, report=asked.parts["report"]), asked.parts["report"])
    findings = lease.rows(FINDINGS, **report)
    groups = groups_of(findings)
    cells = [figure_of(cell) for cell in lease.rows(CELLS, **report)]
    versions = lease.rows(VERSIONS, **report)
    tables = {row["table_code"]: row for row in lease.rows(_TABLES, **report)}
    marks = marks_of(groups, report["year"], _changes(lease, report))
    return {
        "report": report,
        "groups": groups,
        "extent": extent_of(cells, tables),
        "not_assessable": not_assessable(lease, report["report_id"]),
        "sections": sections(tables, {cell.address: cell for cell in cells}, marks),
        "statements": (statements := lease.rows(_STATEMENTS, **report)),
        "quotes": by_quote(statements, groups),
        "lines": lease.rows(_LINES, **report) if report["year"] <= 2018 else [],
        "versions": versions,
        "position": next(n for n, each in enumerate(versions, 1) if each["report_id"] == report["report_id"]),
        "current": next((each for each in versions if each["is_current"]), None),
        "years": (years := lease.rows(_YEARS, **report)),
        "before": next((each for each in years if each["year"] == report["year"] - 1), None),
        "problems": lease.rows(_PROBLEMS, **report),
        "kind_of": kind_of,
        "members": _members_suspected(lease, report, findings),
        "cells": cells,
        "has_changes": bool(marks.changes),
    }


def _data(context: Context) -> dict[str, object]:
    report: Row = context["report"]
    return {
        **{key: value for key, value in report.items() if key != "report_no"},
        "versions": [each["report_id"] for each in context["versions"]],
        "cells": [
            {
                "table": cell.address[0],
                "row": cell.address[1],
                "column": cell.address[2],
                "value": cell.value,
                "unit": cell.unit,
                "state": cell.state,
                "raw": cell.raw,
                "place": cell.place,
            }
            for cell in context["cells"]
        ],
        "statements": [{key: each[key] for key in ("measure", "value", "quote")} for each in context["statements"]],
        "findings": [dict(each) for group in context["groups"] for each in group.findings],
        "not_assessable": context["not_assessable"],
    }


PAGE = Page("/reports/{report}", "report.html", view, data=_data)
