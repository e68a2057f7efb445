"""``gouji extract`` and ``gouji check``: one report, read and held against the rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.markup import escape

from flows.command_line.output import (
    console,
    figure,
    json_option,
    language_option,
    print_json,
    print_table,
    severity_mark,
)

if TYPE_CHECKING:
    from tasks.check import Verdicts
    from tasks.records import Report

_files_argument = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)


@click.command(
    epilog="""\b
Examples:
  gouji extract report.html
  gouji extract report.html --json | jq '.cells[] | select(.state == "blank")'
"""
)
@_files_argument
@json_option
def extract(files: tuple[Path, ...], as_json: bool) -> int:
    """Show what Gouji reads in each FILE: its header, its statutory cells, and what it could not read.

    With --json one object per file and line; the appendix of 2014 to 2018 stands in it as "statistics". Exit code 1
    if a file could not be read as a report.
    """
    reports = [(path, read_report(path)) for path in files]
    for path, report in reports:
        if as_json:
            print_json(
                {
                    **_header(path, report),
                    "cells": [_cell(cell) for cell in report.cells],
                    "statements": [
                        {"measure": statement.measure, "value": statement.value, "quote": statement.quote}
                        for statement in report.statements
                    ],
                    **_statistics(report),
                    "problems": _problems(report),
                }
            )
        else:
            _print_report(path, report)
    return 0 if all(report.cells or report.statistics for _, report in reports) else 1


@click.command(
    epilog="""\b
Examples:
  gouji check report.html
  gouji check *.html --json --strict-blanks
"""
)
@_files_argument
@click.option("--strict-blanks", is_flag=True, help="Count a blank as 0: show also what would fail then.")
@language_option
@json_option
def check(files: tuple[Path, ...], strict_blanks: bool, lang: str, as_json: bool) -> int:
    """Hold each FILE against the accounting rules, before or after it is published. Nothing is stored.

    Exit code 1 if a rule of critical severity is broken, or a file could not be read as a report.
    """
    from tasks.check import check as check_report

    failed = False
    for path in files:
        report = read_report(path)
        verdicts = check_report(report)
        if strict_blanks:
            verdicts = verdicts.under_strict_blanks()
        if as_json:
            print_json({**_header(path, report), **_verdicts(verdicts, lang), "problems": _problems(report)})
        else:
            _print_verdicts(path, report, verdicts, lang)
        failed |= not report.cells or any(place.severity == "critical" for place in verdicts.findings)
    return 1 if failed else 0


def read_report(path: Path) -> "Report":
    """Read a file; ``click.FileError`` if it cannot be opened."""
    from tasks.extract import extract as extract_report

    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.FileError(str(path), error.strerror or "cannot be read") from error
    return extract_report(data, item=str(path))


def _header(path: Path, report: "Report") -> dict[str, Any]:
    return {
        "file": str(path),
        "organ": report.organ,
        "year": report.year,
        "title": report.title,
        "published_on": report.published_on,
        "tables": {table.value: edition.value for table, edition in report.tables.items()},
    }


def _cell(cell: Any) -> dict[str, Any]:
    return {
        "table": cell.table.value,
        "row": cell.row,
        "column": cell.column,
        "value": cell.value,
        "state": cell.state.value,
        "raw": cell.raw,
    }


def _statistics(report: "Report") -> dict[str, list[dict[str, Any]]]:
    """Return the appendix of 2014 to 2018, if the report has one; local lines have no code."""
    lines = [
        {
            "code": line.code,
            "label": line.label,
            "value": line.value,
            "unit": line.unit,
            "state": line.state.value,
            "raw": line.raw,
        }
        for line in report.statistics
    ]
    return {"statistics": lines} if lines else {}


def _problems(report: "Report") -> list[dict[str, str]]:
    return [{"code": problem.code, "detail": problem.detail} for problem in report.problems]


def _verdicts(verdicts: "Verdicts", lang: str) -> dict[str, Any]:
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
                "sentence": place.sentence_en if lang == "en" else place.sentence_zh,
                "quote": place.quote,
                "group": place.group_id,
                "likely": place.likely,
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
            }
            for place in verdicts.not_assessable
        ],
        "passed": verdicts.passed,
    }


def _print_title(path: Path, report: "Report") -> None:
    editions = ", ".join(f"{table} {edition}" for table, edition in report.tables.items())
    out = console()
    out.print(f"[bold]{report.organ or '?'} {report.year or '?'}[/]  {report.title or ''}")
    out.print(
        f"{path} · published {report.published_on or '?'} · {len(report.cells)} cells · {editions or 'no tables'}"
    )


def _print_problems(report: "Report") -> None:
    for problem in report.problems:
        click.echo(f"problem {problem.code}: {problem.detail}", err=True)


def _print_report(path: Path, report: "Report") -> None:
    from warehouse.forms import FORMS

    _print_title(path, report)
    for table, edition in report.tables.items():
        form = FORMS[table, edition]
        for block in form.blocks:
            rows = [
                [form.rows[row.code].label.chinese, *(_shown(report, table, row.code, c.code) for c in block.columns)]
                for row in block.rows
            ]
            caption = f" {block.caption.chinese}" if block.caption else ""
            header = ["", *(column.label.chinese for column in block.columns)]
            print_table(header, rows, title=f"{form.title.chinese} ({edition}){caption}")
    if report.statistics:
        lines = [(line.code or "", line.label, line.unit or "", line.raw) for line in report.statistics]
        print_table(("code", "统计指标", "单位", "统计数"), lines, title="政府信息公开情况统计表")
    _print_problems(report)


def _shown(report: "Report", table: str, row: str, column: str) -> str:
    for cell in report.cells:
        if (cell.table, cell.row, cell.column) == (table, row, column):
            return figure(cell.value) if cell.value is not None else (cell.raw.strip() or "␣")
    return "absent"


def _print_verdicts(path: Path, report: "Report", verdicts: "Verdicts", lang: str) -> None:
    _print_title(path, report)
    out = console()
    for place in verdicts.findings:
        sentence = place.sentence_en if lang == "en" else place.sentence_zh
        out.print(f"  {severity_mark(place.severity)} {place.rule_id}  {escape(sentence)}")
    passed = ", ".join(f"{rule} ×{count}" for rule, count in verdicts.passed.items())
    out.print(f"  {len(verdicts.findings)} findings; held: {passed or 'none'}")
    reasons: dict[tuple[str, str | None], int] = {}
    for place in verdicts.not_assessable:
        reasons[place.rule_id, place.reason] = reasons.get((place.rule_id, place.reason), 0) + 1
    for (rule, reason), count in reasons.items():
        out.print(f"  not assessable: {rule} in {count} places, {reason}")
    _print_problems(report)
