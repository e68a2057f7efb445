"""``gouji show``: a report as it was read, every cell with what stood there and where, to compare with the page."""

from itertools import groupby
from pathlib import Path

import click

from flows.command_line.headings import heading
from flows.command_line.output import console, figure, json_option, language_option, print_json, print_table
from warehouse.errors import GoujiError
from warehouse.rows import Row

_REPORTS = """
    SELECT report_id, organ, year, title, url, first_seen_at AS read_at
    FROM main.report WHERE report_id LIKE $report || '%' OR url = $report ORDER BY report_id
"""

_CELLS = """
    SELECT cell.table_code AS "table", cell.edition, form.row_label, form.column_label, cell.value, cell.unit,
        cell.state, cell.raw, cell.place_table, cell.place_row, cell.place_cell
    FROM core.cell AS cell JOIN main.form_cell AS form
        ON form.table_code = cell.table_code AND form.edition = cell.edition
        AND form.row_code = cell.row_code AND form.column_code = cell.column_code
    WHERE cell.report_id = $report_id
    ORDER BY list_position(['proactive', 'applications', 'disputes'], cell.table_code), form.position
"""


class NoSuchReportError(GoujiError):
    """Neither a file nor exactly one report of the snapshot."""

    exit_code = 2


@click.command(
    epilog="""\b
Examples:
  gouji show report.html
  gouji show http://www.example.gov.cn/art/2020/1/21/art_1_2.html
  gouji show 4eaf06
"""
)
@click.argument("report")
@language_option
@json_option
def show(report: str, lang: str, as_json: bool) -> None:
    """Show a report cell by cell, as it was read.

    REPORT is a file, or the address or the beginning of the identity of a report in the snapshot. Every statutory
    cell with its value, the text that stood there, and its place: table, row and cell, counted from 0.
    """
    from warehouse.forms import EVERY_FORM, Edition, TableCode

    header, cells = _from_file(Path(report)) if Path(report).is_file() else _from_snapshot(report)
    if as_json:
        print_json({**header, "cells": cells})
        return
    out = console()
    for name, value in header.items():
        if isinstance(value, list):
            value = "; ".join(value) or None
        elif isinstance(value, dict):
            value = "; ".join(f"{key} {told}" for key, told in value.items()) or None
        out.print(f"{heading(name, lang)}: {figure(value)}", markup=False)
    for (table, edition), group in groupby(cells, key=lambda cell: (cell["table"], cell["edition"])):
        print_table(
            [heading(name, lang) for name in ("row", "column", "value", "unit", "state", "raw", "place")],
            [
                (
                    cell["row_label"],
                    cell["column_label"],
                    cell["value"],
                    cell["unit"],
                    cell["state"],
                    repr(cell["raw"]),
                    f"{cell['place_table']}.{cell['place_row']}.{cell['place_cell']}",
                )
                for cell in group
            ],
            title=f"{EVERY_FORM[TableCode(table), Edition(edition)].title.wording(lang)} ({edition})",
        )


def _from_file(path: Path) -> tuple[Row, list[Row]]:
    from flows.command_line.audit.reading import read_reports
    from warehouse.forms import FORMS

    (_, report), *_ = read_reports([str(path)], ())
    header: Row = {"file": str(path)}
    for name in ("organ", "year", "title", "published_on", "publisher", "document_number", "contact"):
        header[name] = getattr(report, name)
    header["period"] = " – ".join(map(str, report.period)) if report.period else None
    header["origins"] = report.origins
    header["completeness"] = {
        table.value: f"{counts.read} of {counts.expected} cells, {counts.blank} blank, {counts.unreadable} unreadable"
        for table, counts in report.completeness.items()
    }
    header["problems"] = [f"{problem.code}: {problem.detail}" for problem in report.problems]
    cells = []
    for cell in report.cells:
        address = FORMS[cell.table, cell.edition].cells[cell.row, cell.column]
        cells.append(
            {
                "table": cell.table.value,
                "edition": cell.edition.value,
                "row_label": address.row.label.chinese,
                "column_label": address.column.name.chinese,
                "value": cell.value,
                "unit": cell.unit,
                "state": cell.state.value,
                "raw": cell.raw,
                "place_table": cell.place.table,
                "place_row": cell.place.row,
                "place_cell": cell.place.cell,
            }
        )
    return header, cells


def _from_snapshot(report: str) -> tuple[Row, list[Row]]:
    from tasks.settings import Settings
    from warehouse.snapshots.query import rows

    snapshot = Settings().published
    found = rows(snapshot, _REPORTS, {"report": report})
    if len(found) != 1:
        what = (
            f"{len(found)} reports begin with it: give more of it"
            if found
            else "there is neither such a file nor report"
        )
        raise NoSuchReportError(f"{report}: {what}")
    return found[0], rows(snapshot, _CELLS, {"report_id": found[0]["report_id"]})
