"""From rows as read to statutory cells: copies, editions, columns, units."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from tasks.extract.figures import MONEY_UNITS, Figure, fits_warehouse, read_figure, unit_in_label
from tasks.extract.problems import problem
from tasks.extract.report import Cell, CellState, Completeness, Place
from tasks.extract.tables.alignment import ValueRow, align, without_running_numbers
from tasks.extract.tables.readings import FEWEST_VALUES, PlacedText, RowReading
from tasks.extract.vocabulary import RowLabel, editions_told
from tasks.problems import Problem
from warehouse.forms import FORMS, STATUTORY_EDITIONS, STATUTORY_TABLES, Column, Edition, Form, Measure, TableCode

YUAN = "yuan"
_place = lru_cache(maxsize=65536)(Place)

Rows = Mapping[str, RowReading]
"""The rows of one table by row code."""

_TELLING_ROWS = {
    (table, row): edition
    for (table, edition), form in FORMS.items()
    for row in form.rows
    if not any(row in FORMS[table, other].rows for other in STATUTORY_EDITIONS if other is not edition)
}
"""Rows that only one edition has."""


@dataclass(slots=True)
class StatutoryTables:
    """The statutory tables of one report: editions, cells in printed order, completeness, and what went wrong."""

    item: str
    editions: dict[TableCode, Edition] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    completeness: dict[TableCode, Completeness] = field(default_factory=dict)
    doubtful: set[TableCode] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, detail: str) -> None:
        """Record a problem."""
        self.problems.append(problem(self.item, code, detail))

    def doubt(self, table: TableCode, code: str, detail: str) -> None:
        """Record a problem that makes every finding on a table doubtful."""
        self.doubtful.add(table)
        self.report(code, detail)


def assemble(readings: Iterable[RowReading], item: str) -> StatutoryTables:
    """Make statutory cells of the rows that one reading yields; what is lacking or doubtful becomes a problem."""
    result = StatutoryTables(item)
    tables: dict[TableCode, dict[str, RowReading]] = {}
    for reading in readings:
        _add(tables.setdefault(reading.table, {}), reading, result)
    for table in STATUTORY_TABLES:
        rows = tables.get(table)
        if not rows:
            result.report("table_missing", f"The table {table} was not found.")
            continue
        edition = _edition(table, rows, result.editions)
        if edition is None:
            result.report(
                "edition_unknown", f"The labels of the table {table} do not tell its edition; it was not read."
            )
            continue
        result.editions[table] = edition
        _read_table(FORMS[table, edition], rows, result)
    return result


def _add(rows: dict[str, RowReading], reading: RowReading, result: StatutoryTables) -> None:
    """Keep a row, or compare it with its earlier copy; a visible copy is preferred to a hidden one.

    A row that is plainly less of the form's than the other, such as one of a summary, is no copy of it.
    """
    earlier = rows.get(reading.row)
    if earlier is None or _likeness(reading) > _likeness(earlier):
        rows[reading.row] = reading
        return
    if _likeness(reading) < _likeness(earlier):
        return
    if earlier.figures != reading.figures and reading.table not in result.doubtful:
        result.doubt(
            reading.table,
            "copies_differ",
            f"The row {reading.row} of {reading.table} stands twice: {_shown(earlier)} and {_shown(reading)}.",
        )
    if earlier.hidden and not reading.hidden:
        rows[reading.row] = reading


def _likeness(reading: RowReading) -> int:
    """Return how much a row is like one of the form: it has values for all columns, a header that tells its edition."""
    is_whole = len(reading.values) >= FEWEST_VALUES.get(RowLabel(reading.table, reading.row), 0)
    return is_whole + (reading.table is TableCode.PROACTIVE and bool(editions_told(reading.header)))


def _shown(reading: RowReading) -> str:
    return " ".join(value[0] or "·" for value in reading.values)


def _edition(table: TableCode, rows: Rows, known: Mapping[TableCode, Edition]) -> Edition | None:
    """Tell a table's edition from its own labels; section four, alike in both, takes that of the others."""
    if table is TableCode.DISPUTES:
        return known.get(TableCode.APPLICATIONS) or known.get(TableCode.PROACTIVE) or Edition.E2021
    if table is TableCode.APPLICATIONS:
        told = {_TELLING_ROWS.get((table, row)) for row in rows} - {None}
        if Edition.E2021 in told:
            return Edition.E2021
        return Edition.E2019 if told else known.get(TableCode.PROACTIVE)
    return _proactive_edition(rows)


def _proactive_edition(rows: Rows) -> Edition | None:
    votes: Counter[Edition] = Counter()
    for reading in rows.values():
        told = editions_told(reading.header)
        if len(told) == 1:
            votes.update(told)
        if edition := _TELLING_ROWS.get((TableCode.PROACTIVE, reading.row)):
            votes[edition] += 1
    if not votes:
        votes.update(edition for edition in STATUTORY_EDITIONS if _fits_exactly(edition, rows))
    first, second = ([*votes.most_common(2), (None, 0), (None, 0)])[:2]
    return first[0] if first[1] > second[1] else None


def _fits_exactly(edition: Edition, rows: Rows) -> bool:
    """Tell whether every row has just as many figures as in an edition's form."""
    form = FORMS[TableCode.PROACTIVE, edition]
    return all(code in form.rows and len(rows[code].values) == len(form.block_of(code).columns) for code in rows)


def _read_table(form: Form, rows: Rows, result: StatutoryTables) -> None:
    cells: list[Cell] = []
    lacking: list[str] = []
    by_row = _by_column(form, rows, result)
    for block in form.blocks:
        for row in block.rows:
            values = by_row.get(row.code, [])
            if len(values) < len(block.columns):
                lacking.append(row.label.chinese)
            cells += [_cell(form, column, rows[row.code], placed, result) for column, placed in values]
    expected = len(form.cells)
    states = [cell.state for cell in cells]
    result.cells += cells
    result.completeness[form.table] = Completeness(
        expected,
        len(cells),
        states.count(CellState.BLANK),
        states.count(CellState.UNREADABLE),
    )
    if lacking:
        result.report(
            "table_incomplete",
            f"{expected - len(cells)} of {expected} cells of {form.table} (edition {form.edition}) were not found, "
            f"in the rows {'; '.join(lacking)}.",
        )


def _by_column(form: Form, rows: Rows, result: StatutoryTables) -> dict[str, list[tuple[Column, PlacedText]]]:
    """Give the values of every row their columns: by the header where it names each, else by ordinal."""
    placed: dict[str, list[tuple[Column, PlacedText]]] = {}
    by_ordinal: list[ValueRow] = []
    unclear: list[str] = []
    readings = without_running_numbers([rows[code] for code in form.rows if code in rows])
    remarks = _ends_in_remarks(readings)
    for reading in readings:
        if _is_of_another_edition(form, reading, result):
            continue
        code = reading.row
        columns = form.block_of(code).columns
        if by_name := _by_name(columns, reading):
            placed[code] = by_name
        elif reading.unclear or remarks:
            unclear.append(reading.label)
        else:
            by_ordinal.append(ValueRow(reading, columns))
    for row, starts in zip(by_ordinal, align(by_ordinal), strict=True):
        if len(starts) == 1:
            values = row.reading.values[starts[0] : starts[0] + len(row.columns)]
            placed[row.reading.row] = list(zip(row.columns, values, strict=True))
        elif starts:
            unclear.append(row.reading.label)
    if unclear:
        result.report(
            "columns_unclear", f"In {form.table}, the columns of these rows are not told: {'; '.join(unclear)}."
        )
    return placed


def _ends_in_remarks(readings: Sequence[RowReading]) -> bool:
    """Tell whether a column that is not of the form, such as 备注, says the same behind the figures of every row.

    Where the header does not tell how far it reaches, its cells could be taken for figures.
    """
    if not readings or not all(each.columns and each.columns[-1] is None for each in readings):
        return False
    written = [figures for each in readings if (figures := each.figures)]
    remarks = {figures[-1] for figures in written}
    return len(remarks) == 1 and any(text not in remarks for figures in written for text in figures)


def _is_of_another_edition(form: Form, reading: RowReading, result: StatutoryTables) -> bool:
    if form.table is not TableCode.PROACTIVE or form.edition in (
        editions_told(reading.header) or set(STATUTORY_EDITIONS)
    ):
        return False
    result.report(
        "labels_conflict",
        f"The header above {reading.label} is not of edition {form.edition}, which {form.table} follows.",
    )
    return True


def _by_name(columns: tuple[Column, ...], reading: RowReading) -> list[tuple[Column, PlacedText]]:
    """Use a header that names every column, or one of another length; else it is another block's and says nothing."""
    codes, named = {column.code for column in columns}, reading.columns
    if not named or len(named) != len(reading.values):
        return []
    if not (codes <= set(named) or (len(named) != len(columns) and codes & set(named))):
        return []
    by_code = dict(zip(named, reading.values, strict=True))
    return [(column, by_code[column.code]) for column in columns if column.code in by_code]


def _cell(form: Form, column: Column, reading: RowReading, placed: PlacedText, result: StatutoryTables) -> Cell:
    text, table, row, cell = placed
    figure = read_figure(text)
    state, value, _ = figure
    unit = None
    if column.measure is Measure.MONEY or not (value is None or text.isdigit()) or state is CellState.UNREADABLE:
        state, value, unit = _scrutinise(figure, column, reading, text, result)
    return Cell(form.table, form.edition, reading.row, column.code, value, state, text, _place(table, row, cell), unit)


def _scrutinise(
    figure: Figure, column: Column, reading: RowReading, text: str, result: StatutoryTables
) -> tuple[CellState, Decimal | None, str | None]:
    """Return state, value and unit of money and of whatever is not plainly digits or nothing."""
    state, value, scale = figure
    unit = None
    if column.measure is Measure.MONEY and value is not None:
        value, unit = _money(figure, value, reading)
        if unit is None:
            result.report("unknown_unit", f"{reading.label}, {column.label.chinese}: {text} has no unit of money.")
    elif scale is not None:
        state = CellState.UNREADABLE
    if state is CellState.UNREADABLE or (value is not None and not fits_warehouse(value)):
        result.report("figure_unreadable", f"{reading.label}, {column.label.chinese}: {text!r} is no figure.")
        return CellState.UNREADABLE, None, None
    return state, value, unit


def _money(figure: Figure, value: Decimal, reading: RowReading) -> tuple[Decimal, str | None]:
    """Return an amount in yuan, its unit taken from the cell, else the labels, else a cell that holds only a unit.

    Zero is zero yuan in any unit.
    """
    labels = (*reading.header, reading.label, *(text for text, *_ in reading.values if text in MONEY_UNITS))
    scale = figure.scale or next((unit for label in labels if (unit := unit_in_label(label))), None)
    if scale is None:
        return value, None if value else YUAN
    return value * scale, YUAN
