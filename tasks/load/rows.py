"""What was read in a report, as rows of the warehouse, and the digest that tells its versions apart."""

import hashlib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from tasks.extract.figures import fits_warehouse
from tasks.extract.report import Cell, CellState, Completeness, Report, StatisticsLine
from tasks.problems import Problem, Stage
from warehouse.forms import APPENDIX, EVERY_FORM, Edition, TableCode
from warehouse.labels import label_key

Row = dict[str, Any]

_Figure = TypeVar("_Figure", Cell, StatisticsLine)


def content_sha256(report: Report) -> str:
    """Digest what a report version says: its figures and claims, not how the page wrote or dressed them."""
    figures = sorted(
        (cell.table, cell.edition, cell.row, cell.column, cell.state, _canonical(cell.value)) for cell in report.cells
    )
    claims = sorted((statement.measure, _canonical(statement.value)) for statement in report.statements)
    lines = [
        (line.code or label_key(line.label), line.unit or "", line.state, _canonical(line.value))
        for line in report.statistics
    ]
    said = (figures, claims, lines) if lines else (figures, claims)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _canonical(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def report_rows(report_id: str, report: Report) -> dict[str, list[Row]]:
    """Return the parts of a report version as rows: its tables, its figures and its statements."""
    return {
        "report_table": [
            {
                "report_id": report_id,
                "table_code": table.value,
                "edition": edition.value,
                "cells_expected": completeness.expected,
                "cells_read": completeness.read,
                "cells_blank": completeness.blank,
                "cells_unreadable": completeness.unreadable,
                "is_doubtful": table in report.doubtful,
            }
            for (table, edition), completeness in completeness_of(report).items()
        ],
        "cell": [_cell_row(report_id, cell) for cell in report.cells],
        "statistics_line": [_line_row(report_id, ordinal, line) for ordinal, line in enumerate(report.statistics)],
        "statement": [
            {
                "report_id": report_id,
                "ordinal": ordinal,
                "measure": statement.measure,
                "value": statement.value,
                "quote": statement.quote,
                "parts": list(statement.parts),
                "paragraph": statement.paragraph,
            }
            for ordinal, statement in enumerate(report.statements)
        ],
    }


def completeness_of(report: Report) -> dict[tuple[TableCode, Edition], Completeness]:
    """Return how much was read of each table of a report, the appendix of 2014 to 2018 included."""
    completeness = {(table, report.tables[table]): found for table, found in report.completeness.items()}
    lines = [line for line in report.statistics if line.code in EVERY_FORM[APPENDIX].rows]
    if lines:
        states = Counter(line.state for line in lines)
        completeness[APPENDIX] = Completeness(
            expected=len(EVERY_FORM[APPENDIX].rows),
            read=len({line.code for line in lines}),
            blank=states[CellState.BLANK] + states[CellState.DASH],
            unreadable=states[CellState.UNREADABLE],
        )
    return completeness


def _cell_row(report_id: str, cell: Cell) -> Row:
    return {
        "report_id": report_id,
        "table_code": cell.table.value,
        "edition": cell.edition.value,
        "row_code": cell.row,
        "column_code": cell.column,
        "value": cell.value,
        "state": cell.state.value,
        "unit": cell.unit,
        "raw": cell.raw,
        "place_table": cell.place.table,
        "place_row": cell.place.row,
        "place_cell": cell.place.cell,
    }


def _line_row(report_id: str, ordinal: int, line: StatisticsLine) -> Row:
    return {
        "report_id": report_id,
        "ordinal": ordinal,
        "code": line.code,
        "label": line.label,
        "value": line.value,
        "state": line.state.value,
        "unit": line.unit,
        "raw": line.raw,
        "place_table": line.place.table,
        "place_row": line.place.row,
        "place_cell": line.place.cell,
    }


def representable(report: Report, item: str) -> tuple[Report, list[Problem]]:
    """Keep every figure exact: one that the warehouse's decimals cannot hold is unreadable, and a problem."""
    problems: list[Problem] = []

    def kept(figure: _Figure, place: str) -> _Figure:
        if figure.value is None or fits_warehouse(figure.value):
            return figure
        detail = f"{place}: {figure.raw!r} has more digits than the warehouse keeps"
        problems.append(Problem(Stage.EXTRACT, item, "figure_out_of_range", detail))
        return figure._replace(value=None, state=CellState.UNREADABLE)

    cells = tuple(kept(cell, f"{cell.table} {cell.row} {cell.column}") for cell in report.cells)
    lines = tuple(kept(line, line.label) for line in report.statistics)
    return replace(report, cells=cells, statistics=lines), problems
