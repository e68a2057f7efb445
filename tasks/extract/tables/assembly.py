"""From rows as read to statutory cells: copies, editions, columns, units."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tasks.extract.figures import MONEY_UNITS, Figure, fits_warehouse, read_figure, unit_in_label
from tasks.extract.problems import problem
from tasks.extract.report import BLANK, UNREADABLE, Cell, CellState, Completeness
from tasks.extract.tables.copies import contradicted, copies_of, without_forms
from tasks.extract.tables.placement import Placed, Placement, Rows
from tasks.extract.tables.readings import PlacedText, RowReading
from tasks.extract.vocabulary import editions_told
from tasks.problems import Problem
from warehouse.forms import FORMS, STATUTORY_EDITIONS, STATUTORY_TABLES, Column, Edition, Form, Measure, TableCode

YUAN = "yuan"
_MONEY = Measure.MONEY

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


def assemble(readings: Sequence[RowReading], item: str) -> StatutoryTables:
    """Make statutory cells of the rows that one reading yields; what is lacking or doubtful becomes a problem."""
    result = StatutoryTables(item)
    by_table: dict[TableCode, list[RowReading]] = {}
    for reading in without_forms(readings):
        by_table.setdefault(reading.table, []).append(reading)
    for table in STATUTORY_TABLES:
        copies = copies_of(by_table.get(table, ()))
        if not copies:
            result.report("table_missing", f"The table {table} was not found.")
            continue
        edition = _edition(table, copies[0], result.editions)
        if edition is None:
            result.report(
                "edition_unknown", f"The labels of the table {table} do not tell its edition; it was not read."
            )
            continue
        result.editions[table] = edition
        _read_table(FORMS[table, edition], copies, result)
    return result


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


def _read_table(form: Form, copies: Sequence[Rows], result: StatutoryTables) -> None:
    cells: list[Cell] = []
    lacking: list[str] = []
    rows = copies[0]
    values = _placed(form, copies, result)
    for block in form.blocks:
        for row in block.rows:
            placed = values.get(row.code, [])
            if len(placed) < len(block.columns):
                lacking.append(row.label.chinese)
            if placed:
                cells += _cells(form, rows[row.code], placed, result)
    expected = len(form.cells)
    states = [cell.state for cell in cells]
    result.cells += cells
    result.completeness[form.table] = Completeness(
        expected,
        len(cells),
        states.count(BLANK),
        states.count(UNREADABLE),
    )
    if lacking:
        result.report(
            "table_incomplete",
            f"{expected - len(cells)} of {expected} cells of {form.table} (edition {form.edition}) were not found, "
            f"in the rows {'; '.join(lacking)}.",
        )


def _placed(form: Form, copies: Sequence[Rows], result: StatutoryTables) -> Placed:
    """Give the values of every row their columns; where visible copies contradict each other, no figure stands."""
    first, *others = (Placement(form, copy) for copy in copies)
    first.take_columns_from(others)
    for label in first.of_another_edition:
        result.report(
            "labels_conflict",
            f"The header above {label} is not of edition {form.edition}, which {form.table} follows.",
        )
    if first.unclear:
        result.report(
            "columns_unclear", f"In {form.table}, the columns of these rows are not told: {'; '.join(first.unclear)}."
        )
    differing = contradicted(first.values, (other.values for other in others))
    if not differing:
        return first.values
    (row, column), text = next(iter(differing.items()))
    stands = next(placed[0] for named, placed in first.values[row] if named.code == column)
    result.doubt(
        form.table,
        "copies_differ",
        f"{form.table} stands twice and differs in {len(differing)} cells, first in {row}, {column}: "
        f"{stands or 'blank'} and {text or 'blank'}; no figure is taken from them.",
    )
    return {
        row: [
            (column, (f"{placed[0]} ≠ {differing[row, column.code]}", placed[1]))
            if (row, column.code) in differing
            else (column, placed)
            for column, placed in values
        ]
        for row, values in first.values.items()
    }


def _cells(
    form: Form, reading: RowReading, placed: Sequence[tuple[Column, PlacedText]], result: StatutoryTables
) -> Iterator[Cell]:
    table, edition, row = form.table, form.edition, reading.row
    for column, (text, place) in placed:
        figure = read_figure(text)
        state, value, _ = figure
        unit = None
        if column.measure is _MONEY or not (value is None or text.isdigit()) or state is UNREADABLE:
            state, value, unit = _scrutinise(figure, column, reading, text, result)
        # what Cell(...) makes, in half its time: there are hundreds of them
        yield tuple.__new__(Cell, (table, edition, row, column.code, value, state, text, place, unit))


def _scrutinise(
    figure: Figure, column: Column, reading: RowReading, text: str, result: StatutoryTables
) -> tuple[CellState, Decimal | None, str | None]:
    """Return state, value and unit of money and of whatever is not plainly digits or nothing."""
    state, value, scale = figure
    unit = None
    if column.measure is _MONEY and value is not None:
        value, unit = _money(figure, value, reading)
        if unit is None:
            result.report("unknown_unit", f"{reading.label}, {column.label.chinese}: {text} has no unit of money.")
    elif scale is not None:
        state = UNREADABLE
    if state is UNREADABLE or (value is not None and not fits_warehouse(value)):
        result.report("figure_unreadable", f"{reading.label}, {column.label.chinese}: {text!r} is no figure.")
        return UNREADABLE, None, None
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
