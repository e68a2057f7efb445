"""A report as people see it: its header, its tables as the forms print them, and what could not be read."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.markup import escape

from flows.command_line.output import console, drawable, figure, print_table

if TYPE_CHECKING:
    from tasks.extract.report import Report
    from warehouse.forms import Edition, TableCode

Address = tuple[str, str, str]
"""A cell's table, row and column."""

_WORDS = {
    "zh": {"published": "发布日期", "cells": "格", "none": "没有读到表格", "absent": "（缺）", "unknown": "不详"},
    "en": {"published": "published", "cells": "cells", "none": "no tables", "absent": "absent", "unknown": "unknown"},
}


def print_header(name: str, report: "Report", lang: str) -> None:
    """Print whose report it is, of which year, and which tables were read in it."""
    words, out = _WORDS[lang], console()
    tables = [f"{_title(table, edition, lang)} {edition}" for table, edition in report.tables.items()]
    whose = f"{escape(report.organ or words['unknown'])} {report.year or words['unknown']}"
    out.print(f"[bold]{whose}[/]  {escape(report.title or '')}")
    facts = (
        name,
        f"{words['published']} {report.published_on or words['unknown']}",
        f"{len(report.cells)} {words['cells']}",
        *(tables or [words["none"]]),
    )
    out.print(" · ".join(facts), markup=False)


def print_tables(report: "Report", lang: str, marks: Mapping[Address, str] | None = None) -> None:
    """Print the tables block by block; with marks, only the blocks that have one, which stands behind the figure."""
    from warehouse.forms import EVERY_FORM

    shown = _figures_of(report)
    for table, edition in dict.fromkeys((table, edition) for table, edition, *_ in shown):
        form = EVERY_FORM[table, edition]
        for block in form.blocks:
            cells = {
                (row.code, column.code): shown.get((table, edition, row.code, column.code), _WORDS[lang]["absent"])
                for row in block.rows
                for column in block.columns
            }
            if marks is not None and not any((table, *place) in marks for place in cells):
                continue
            rows = [
                [
                    row.label.wording(lang),
                    *(
                        cells[row.code, column.code] + (marks or {}).get((table, row.code, column.code), "")
                        for column in block.columns
                    ),
                ]
                for row in block.rows
            ]
            caption = f" {block.caption.wording(lang)}" if block.caption else ""
            header = ["", *(column.name.wording(lang) for column in block.columns)]
            print_table(header, rows, title=f"{form.title.wording(lang)} ({edition}){caption}")


def print_problems(name: str, report: "Report", lang: str) -> None:
    """Print what of a file could not be read, and what to do; in Chinese by kind: the tables show the places."""
    from tasks.runbook import kind_of

    if lang == "zh":
        counted = Counter((problem.stage, problem.code) for problem in report.problems)
        lines = [
            f"未能读取 {name}：{kind.cause.chinese}；{kind.remedy.chinese}"
            f"（{kind.code}{f' ×{count}' if count > 1 else ''}）"
            for (stage, code), count in counted.items()
            for kind in (kind_of(stage, code),)
        ]
    else:
        lines = [
            f"problem {name}: {each.detail.rstrip('.')}; {kind_of(each.stage, each.code).remedy.english} ({each.code})"
            for each in report.problems
        ]
    for line in lines:
        console().print(f"  {line}", markup=False)


def _title(table: "TableCode", edition: "Edition", lang: str) -> str:
    from warehouse.forms import EVERY_FORM

    return EVERY_FORM[table, edition].title.wording(lang)


def _figures_of(report: "Report") -> "dict[tuple[TableCode, Edition, str, str], str]":
    """Return what stands in every cell of a report by table, edition, row and column; the appendix is a table too."""
    from warehouse.forms import APPENDIX, EVERY_FORM

    columns = dict(EVERY_FORM[APPENDIX].cells.keys())
    figures = {(cell.table, cell.edition, cell.row, cell.column): (cell.value, cell.raw) for cell in report.cells}
    for line in report.statistics:
        if line.code in columns:
            figures[*APPENDIX, line.code, columns[line.code]] = line.value, line.raw
    blank = drawable("␣", "_")
    return {
        place: figure(value) if value is not None else figure(raw.strip()) or blank
        for place, (value, raw) in figures.items()
    }
