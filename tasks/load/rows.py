"""What was read in a report, as rows of the warehouse, and the digest that tells its versions apart."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from tasks.extract.figures import fits_warehouse
from tasks.extract.report import Cell, CellState, Completeness, Report, StatisticsLine
from tasks.problems import Problem, Stage
from warehouse.forms import APPENDIX, EVERY_FORM, Edition, TableCode
from warehouse.labels import label_key
from warehouse.rows import Row

Columns = dict[str, Sequence[object]]
_SAYING = Cell._fields.index("state") + 1
"""How many fields of a cell, from the first on, say what it is and holds, and not how it was written."""

_Figure = TypeVar("_Figure", Cell, StatisticsLine)


def content_sha256(report: Report) -> str:
    """Digest what a report version says: its figures and claims, not how the page wrote or dressed them."""
    figures = sorted([_written(cell[:_SAYING]) for cell in report.cells])
    claims = sorted((statement.measure, _canonical(statement.value)) for statement in report.statements)
    lines = [
        (line.code or label_key(line.label), line.unit or "", line.state, _canonical(line.value))
        for line in report.statistics
    ]
    said = (f"[{', '.join(figures)}]", repr(claims), *([repr(lines)] if lines else []))
    return hashlib.sha256(f"({', '.join(said)})".encode()).hexdigest()


@lru_cache(maxsize=16384)
def _written(said: tuple[Any, ...]) -> str:
    """Write a figure; most stand in many reports, blank or small numbers. So written they sort as themselves."""
    table, edition, row, column, value, state = said
    return repr((table, edition, row, column, state, _canonical(value)))


def _canonical(value: Decimal | None) -> str:
    if value is None:
        return ""
    written = str(value)
    return written if written.isdigit() else format(value.normalize(), "f")


def report_rows(report_id: str, report: Report) -> dict[str, list[Row]]:
    """Return the parts of a report version as rows: its tables, its figures and its statements."""
    columns = cell_columns(report_id, report.cells)
    cells = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return {**part_rows(report_id, report), "cell": cells}


def part_rows(report_id: str, report: Report) -> dict[str, list[Row]]:
    """Return the parts of a report version but for its cells as rows."""
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


def cell_columns(report_id: str, cells: Sequence[Cell]) -> Columns:
    """Return the cells of a report version as columns of the warehouse."""
    if not cells:
        return {}
    tables, editions, rows, columns, values, states, raw, places, units = zip(*cells, strict=True)
    place_tables, place_rows, place_cells = zip(*places, strict=True)
    return {
        "report_id": [report_id] * len(cells),
        "table_code": tables,
        "edition": editions,
        "row_code": rows,
        "column_code": columns,
        "value": values,
        "state": states,
        "unit": units,
        "raw": raw,
        "place_table": place_tables,
        "place_row": place_rows,
        "place_cell": place_cells,
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
    values = {cell.value for cell in report.cells} | {line.value for line in report.statistics}
    if all(value is None or fits_warehouse(value) for value in values):
        return report, []
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
