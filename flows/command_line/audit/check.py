"""``gouji extract`` and ``gouji check``: one report, read and held against the rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.command_line.output import (
    console,
    json_option,
    language_option,
    print_json,
    print_table,
)

if TYPE_CHECKING:
    from tasks.extract.report import Report

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
    """Show what Gouji reads in each FILE.

    Its header, its statutory cells, and what it could not read. With --json one object per file and line; the
    appendix of 2014 to 2018 stands in it as "statistics", reports of other organs or years as "others". Exit code 1
    if a file could not be read as a report.
    """
    reports = [(path, read_report(path)) for path in files]
    for path, report in reports:
        if as_json:
            others = {"others": [_as_read(path, other) for other in report.others]} if report.others else {}
            print_json({**_as_read(path, report), **others})
        else:
            for each in (report, *report.others):
                _print_report(path, each)
    return 0 if all(report.has_figures for _, report in reports) else 1


def _as_read(path: Path, report: "Report") -> dict[str, Any]:
    return {
        **_header(path, report),
        "cells": [_cell(cell) for cell in report.cells],
        "statements": [
            {"measure": statement.measure, "value": statement.value, "quote": statement.quote}
            for statement in report.statements
        ],
        **_statistics(report),
        "problems": _problems(report),
    }


_SEVERITIES = ("critical", "warning", "info")


@click.command(
    epilog="""\b
Examples:
  gouji check report.html
  gouji check 2022.html 2023.html            one organ's reports: also beside each other
  gouji check *.html --json --strict-blanks
  gouji check draft.docx --fail-on warning
"""
)
@_files_argument
@click.option("--strict-blanks", is_flag=True, help="Count a blank as 0: show also what would fail then.")
@click.option(
    "--fail-on",
    type=click.Choice([*_SEVERITIES, "never"]),
    default="critical",
    show_default=True,
    help="Severity from which on a finding makes the exit code 1.",
)
@language_option
@json_option
def check(files: tuple[Path, ...], strict_blanks: bool, fail_on: str, lang: str, as_json: bool) -> int:
    """Hold each FILE against the accounting rules.

    Before or after it is published; nothing is stored. Files of one organ are also held against each other, year by
    year. Exit code 1 if a rule of critical severity (or that of --fail-on) is broken, or a file could not be read
    as a report.
    """
    from flows.command_line.audit.verdicts import print_verdicts, verdicts_as_json
    from tasks.audit.check import check as check_reports

    read = [(path, each) for path in files for report in [read_report(path)] for each in (report, *report.others)]
    verdicts_of_all = check_reports([report for _, report in read])
    grave = _SEVERITIES[: _SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    failed = False
    for (path, report), verdicts in zip(read, verdicts_of_all, strict=True):
        if strict_blanks:
            verdicts = verdicts.under_strict_blanks()
        if as_json:
            print_json({**_header(path, report), **verdicts_as_json(verdicts, lang), "problems": _problems(report)})
        else:
            _print_title(path, report)
            print_verdicts(report, verdicts, lang)
            _print_problems(report)
        failed |= not report.has_figures or any(place.severity in grave for place in verdicts.findings)
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
    from flows.command_line.audit.verdicts import figures_of
    from warehouse.forms import FORMS

    _print_title(path, report)
    shown = figures_of(report)
    for table, edition in report.tables.items():
        form = FORMS[table, edition]
        for block in form.blocks:
            rows = [
                [row.label.chinese, *(shown.get((table, edition, row.code, c.code), "absent") for c in block.columns)]
                for row in block.rows
            ]
            caption = f" {block.caption.chinese}" if block.caption else ""
            header = ["", *(column.label.chinese for column in block.columns)]
            print_table(header, rows, title=f"{form.title.chinese} ({edition}){caption}")
    if report.statistics:
        lines = [(line.code or "", line.label, line.unit or "", line.raw) for line in report.statistics]
        print_table(("code", "统计指标", "单位", "统计数"), lines, title="政府信息公开情况统计表")
    _print_problems(report)
