"""What the rules say of one report, for people and for programs."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.markup import escape

from flows.command_line.audit.tables import Address, print_tables
from flows.command_line.output import console, drawable, severity_mark
from warehouse.rows import Row

if TYPE_CHECKING:
    from tasks.audit.check import Verdicts
    from tasks.extract.report import Report

_WORDS = {
    "zh": {
        "counts": "{findings} 处不符；相符：{passed}",
        "none": "无",
        "not assessable": "不作判断：{rule} {count} 处，{reason}",
        "strict": "（若空白按 0 计：{fail} 处不符，{pass} 处相符）",
        "marks": "{suspect} 疑为误填；{involved} 不符的等式所涉数字；{unread} 未能识读",
    },
    "en": {
        "counts": "findings: {findings}; held: {passed}",
        "none": "none",
        "not assessable": "not assessable: {rule} ×{count}, {reason}",
        "strict": " (if blank meant 0: {fail} would fail, {pass} would hold)",
        "marks": "{suspect} likely the wrong one; {involved} stands in a broken rule; {unread} could not be read",
    },
}


def verdicts_as_json(verdicts: "Verdicts", lang: str) -> dict[str, object]:
    """Return the findings, what could not be assessed and why, and how often each rule held."""
    return {
        "findings": [
            {
                "rule": finding.rule_id,
                "severity": finding.severity,
                "table": finding.table,
                "row": finding.row,
                "column": finding.column,
                "left": finding.left,
                "right": finding.right,
                "difference": finding.difference,
                "sentence": finding.sentence.wording(lang),
                "likely": [_likely(cell) for cell in finding.likely],
                "quote": finding.quote,
                "group": finding.group_id,
                "not_stated": [_cell(cell) for cell in finding.cells if cell["value"] is None],
            }
            for finding in verdicts.findings
        ],
        "not_assessable": [
            {
                "rule": place.rule_id,
                "table": place.table,
                "row": place.row,
                "column": place.column,
                "reason": place.reason,
                "if_blank_is_zero": None if place.strict_verdict == "not_assessable" else place.strict_verdict,
                "sentence": place.sentence.wording(lang),
            }
            for place in verdicts.not_assessable
        ],
        "passed": verdicts.passed,
    }


def print_verdicts(report: "Report", verdicts: "Verdicts", lang: str) -> None:
    """Print the tables that have findings with the cells concerned marked, the sentences, and what was left aside."""
    words, out = _WORDS[lang], console()
    signs = {"suspect": drawable("✗", "×"), "involved": "·", "unread": "?"}
    marks = _marks(report, verdicts, signs)
    print_tables(report, lang, marks)
    if marks:
        out.print(f"  {words['marks'].format(**signs)}", markup=False, style="dim")
    for finding in verdicts.findings:
        mark = severity_mark(finding.severity, lang)
        out.print(f"  {mark} {finding.rule_id}  {escape(finding.sentence.wording(lang))}")
    passed = ", ".join(f"{rule} ×{count}" for rule, count in verdicts.passed.items())
    out.print("  " + words["counts"].format(findings=len(verdicts.findings), passed=passed or words["none"]))
    for line in _left_aside(verdicts, lang):
        out.print(f"  {line}", markup=False)


def _likely(cell: Row) -> Row:
    return {
        "table": cell["table_code"],
        "row": cell["row_code"],
        "column": cell["column_code"],
        "published": cell["published"],
        "value": cell["value"],
        "slip": cell["slip"],
    }


def _cell(cell: Row) -> Row:
    return {"year": cell["year"], "row": cell["row_code"], "column": cell["column_code"], "state": cell["state"]}


def _left_aside(verdicts: "Verdicts", lang: str) -> Iterator[str]:
    """Say for each rule and reason how often it could not be assessed, and what it would be if blank meant 0."""
    from expectations.wording import REASONS

    words = _WORDS[lang]
    for (rule, reason), count in Counter((each.rule_id, each.reason) for each in verdicts.not_assessable).items():
        strict = Counter(
            each.strict_verdict for each in verdicts.not_assessable if (each.rule_id, each.reason) == (rule, reason)
        )
        why = REASONS[reason or ""].wording(lang)
        line = words["not assessable"].format(rule=rule, count=count, reason=why)
        if strict["fail"] or strict["pass"]:
            line += words["strict"].format(**{"fail": strict["fail"], "pass": strict["pass"]})
        yield line


def _marks(report: "Report", verdicts: "Verdicts", signs: dict[str, str]) -> dict[Address, str]:
    """Return the mark of every cell of this report that could not be read, or that a finding is about.

    Cells of a broken equation are marked quietly, what likely is wrong in it loudly; marks do not need colour.
    """
    marks: dict[Address, str] = {
        (finding.table, cell["row_code"], cell["column_code"]): f" {signs['involved']}"
        for finding in verdicts.findings
        for cell in finding.cells
        if cell["year"] == (report.year or 0)
    }
    for finding in verdicts.findings:
        for cell in finding.likely:
            marks[cell["table_code"], cell["row_code"], cell["column_code"]] = f" {signs['suspect']}"
    for each in report.cells:
        if each.state == "unreadable":
            marks[each.table, each.row, each.column] = f" {signs['unread']}"
    return marks
