"""What the rules say of one report, for people and for programs."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from flows.command_line.output import console, figure, print_table, severity_mark

if TYPE_CHECKING:
    from tasks.audit.check import Verdicts
    from tasks.extract.report import Report
    from warehouse.forms import Edition, TableCode

_BROKEN, _LIKELY = " ✗", " ✗?"
_WORDS = {
    "zh": {
        "counts": "{findings} 处不符；相符：{passed}",
        "none": "无",
        "not assessable": "不作判断：{rule} {count} 处，{reason}",
        "strict": "（若空白按 0 计：{fail} 处不符，{pass} 处相符）",
        "marks": "✗ 不符所涉数字；✗? 疑为误填",
    },
    "en": {
        "counts": "findings: {findings}; held: {passed}",
        "none": "none",
        "not assessable": "not assessable: {rule} ×{count}, {reason}",
        "strict": " (if blank meant 0: {fail} would fail, {pass} would hold)",
        "marks": "✗ stands in a broken rule; ✗? is likely the wrong one",
    },
}


def verdicts_as_json(verdicts: "Verdicts", lang: str) -> dict[str, Any]:
    """Return the findings, what could not be assessed and why, and how often each rule held."""
    return {
        "findings": [
            {
                "rule": place.rule_id,
                "severity": place.severity,
                "table": place.table,
                "row": place.row,
                "column": place.column,
                "left": place.left,
                "right": place.right,
                "difference": place.difference,
                "sentence": place.sentence.wording(lang),
                "likely": [_likely(cell) for cell in place.likely],
                "quote": place.quote,
                "group": place.group_id,
                "not_stated": [_cell(cell) for cell in place.cells if cell["value"] is None],
            }
            for place in verdicts.findings
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
    _print_marked_tables(report, verdicts, lang)
    for place in verdicts.findings:
        out.print(f"  {severity_mark(place.severity)} {place.rule_id}  {escape(place.sentence.wording(lang))}")
    passed = ", ".join(f"{rule} ×{count}" for rule, count in verdicts.passed.items())
    out.print("  " + words["counts"].format(findings=len(verdicts.findings), passed=passed or words["none"]))
    for line in _left_aside(verdicts, lang):
        out.print(f"  {line}", markup=False)


def figures_of(report: "Report") -> dict[tuple["TableCode", "Edition", str, str], str]:
    """Return what stands in every cell of a report by table, edition, row and column; the appendix is a table too."""
    from warehouse.forms import APPENDIX, EVERY_FORM

    columns = dict(EVERY_FORM[APPENDIX].cells.keys())
    figures = {(cell.table, cell.edition, cell.row, cell.column): (cell.value, cell.raw) for cell in report.cells}
    for line in report.statistics:
        if line.code in columns:
            figures[*APPENDIX, line.code, columns[line.code]] = line.value, line.raw
    return {
        place: figure(value) if value is not None else raw.strip() or "␣" for place, (value, raw) in figures.items()
    }


def _likely(cell: dict[str, Any]) -> dict[str, Any]:
    return {
        "table": cell["table_code"],
        "row": cell["row_code"],
        "column": cell["column_code"],
        "published": cell["published"],
        "value": cell["value"],
        "slip": cell["slip"],
    }


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    return {"year": cell["year"], "row": cell["row_code"], "column": cell["column_code"], "state": cell["state"]}


def _left_aside(verdicts: "Verdicts", lang: str) -> list[str]:
    """Say for each rule and reason how often it could not be assessed, and what it would be if blank meant 0."""
    from expectations.wording import REASONS

    words, lines = _WORDS[lang], []
    counted = Counter((place.rule_id, place.reason) for place in verdicts.not_assessable)
    for (rule, reason), count in counted.items():
        places = [p for p in verdicts.not_assessable if (p.rule_id, p.reason) == (rule, reason)]
        strict = Counter(place.strict_verdict for place in places)
        text = REASONS[reason or ""]
        line = words["not assessable"].format(rule=rule, count=count, reason=text.wording(lang))
        if strict["fail"] or strict["pass"]:
            line += words["strict"].format(**{"fail": strict["fail"], "pass": strict["pass"]})
        lines.append(line)
    return lines


def _print_marked_tables(report: "Report", verdicts: "Verdicts", lang: str) -> None:
    """Print every block of a table that has a figure in a finding; the marks do not need colour."""
    from warehouse.forms import EVERY_FORM

    marks = _marks(report, verdicts)
    shown = figures_of(report)
    for table, edition in dict.fromkeys((table, edition) for table, edition, *_ in shown):
        form = EVERY_FORM[table, edition]
        for block in form.blocks:
            if not any((table, row.code, column.code) in marks for row in block.rows for column in block.columns):
                continue
            rows = [
                [
                    row.label.wording(lang),
                    *(
                        shown.get((table, edition, row.code, column.code), "")
                        + marks.get((table, row.code, column.code), "")
                        for column in block.columns
                    ),
                ]
                for row in block.rows
            ]
            header = ["", *(column.label.wording(lang) for column in block.columns)]
            print_table(header, rows, title=f"{form.title.wording(lang)} ({edition})")
    if marks:
        console().print(f"  {_WORDS[lang]['marks']}", markup=False, style="dim")


def _marks(report: "Report", verdicts: "Verdicts") -> dict[tuple[str, str, str], str]:
    """Return the mark of every cell of this report that stands in a finding."""
    marks = {
        (place.table, cell["row_code"], cell["column_code"]): _BROKEN
        for place in verdicts.findings
        for cell in place.cells
        if cell["year"] == (report.year or 0)
    }
    for place in verdicts.findings:
        marks |= {(cell["table_code"], cell["row_code"], cell["column_code"]): _LIKELY for cell in place.likely}
    return marks
