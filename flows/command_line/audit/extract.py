"""``gouji extract``: one report, as it was read."""

from typing import TYPE_CHECKING

import click

from flows.command_line.audit.reading import given_argument, read_reports
from flows.command_line.audit.tables import print_header, print_problems, print_tables
from flows.command_line.headings import heading
from flows.command_line.output import json_option, language_option, print_json, print_table

if TYPE_CHECKING:
    from tasks.extract.report import Cell, Report, StatisticsLine


@click.command(
    epilog="""\b
Examples:
  gouji extract report.html
  gouji extract report.html --json | jq '.cells[] | select(.state == "blank")'
"""
)
@given_argument
@language_option
@json_option
def extract(given: tuple[str, ...], hosts: tuple[str, ...], lang: str, as_json: bool) -> int:
    """Show what Gouji reads in each FILE.

    Its header, its statutory cells, and what it could not read. With --json one object per file and line; the
    appendix of 2014 to 2018 stands in it as "statistics", reports of other organs or years as "others". FILE may be
    an address, or - for what is piped in. Exit code 1 if one could not be read as a report.
    """
    reports = read_reports(given, hosts)
    for name, report in reports:
        if as_json:
            others = {"others": [_as_json(name, other) for other in report.others]} if report.others else {}
            print_json({**_as_json(name, report), **others})
        else:
            for each in (report, *report.others):
                _print_report(name, each, lang)
    return 0 if all(report.has_figures for _, report in reports) else 1


def header_as_json(name: str, report: "Report") -> dict[str, object]:
    """Return whose report it is, of which year, and which tables were read in it."""
    return {
        "file": name,
        "organ": report.organ,
        "year": report.year,
        "title": report.title,
        "published_on": report.published_on,
        "tables": {table.value: edition.value for table, edition in report.tables.items()},
    }


def problems_as_json(report: "Report") -> list[dict[str, str]]:
    """Return what could not be fetched or read."""
    return [{"code": problem.code, "detail": problem.detail} for problem in report.problems]


def _print_report(name: str, report: "Report", lang: str) -> None:
    print_header(name, report, lang)
    print_tables(report, lang)
    if report.statistics:
        lines = [(line.code or "", line.label, line.unit or "", line.raw) for line in report.statistics]
        print_table((heading("code", lang), "统计指标", "单位", "统计数"), lines, title="政府信息公开情况统计表")
    print_problems(name, report, lang)


def _as_json(name: str, report: "Report") -> dict[str, object]:
    statements = [
        {"measure": statement.measure, "value": statement.value, "quote": statement.quote}
        for statement in report.statements
    ]
    return {
        **header_as_json(name, report),
        "cells": [_cell(cell) for cell in report.cells],
        "statements": statements,
        **({"statistics": [_line(line) for line in report.statistics]} if report.statistics else {}),
        "problems": problems_as_json(report),
    }


def _cell(cell: "Cell") -> dict[str, object]:
    return {
        "table": cell.table.value,
        "row": cell.row,
        "column": cell.column,
        "value": cell.value,
        "state": cell.state.value,
        "raw": cell.raw,
    }


def _line(line: "StatisticsLine") -> dict[str, object]:
    """A line of the appendix of 2014 to 2018; local lines have no code."""
    return {
        "code": line.code,
        "label": line.label,
        "value": line.value,
        "unit": line.unit,
        "state": line.state.value,
        "raw": line.raw,
    }
