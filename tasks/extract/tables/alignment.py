"""Which of a row's cells are its values, where blank cells stand around them: decided over all rows of a table.

Pages pad rows on either side and leave zeros blank, so that one row alone often fits in several places. What the
header and the other rows leave open is not guessed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from tasks.extract.figures import read_figure
from tasks.extract.tables.readings import FEWEST_VALUES, WRITTEN, PlacedText, RowReading
from tasks.extract.vocabulary import RowLabel, meaning_of
from warehouse.forms import Column


class ValueRow(NamedTuple):
    """A row as read, and the columns that its values have in the form."""

    reading: RowReading
    columns: tuple[Column, ...]


Starts = tuple[int, ...]
"""Ordinals behind a row's label at which its values may begin; none if no place fits, several if it stays open."""

_FEWEST_NUMBERED_ROWS = 8
"""Rows of figures that rise from each to the next by no chance."""
_ALIKE: tuple[Callable[[int, ValueRow], int], ...] = (
    lambda start, row: start,
    lambda start, row: row.reading.values[0][1].cell + start,
    lambda start, row: len(row.reading.values) - len(row.columns) - start,
)
"""How the rows of one table are alike: in cells behind the label, in cells from the row's begin, or from its end."""


def without_running_numbers(rows: Sequence[RowReading]) -> Sequence[RowReading]:
    """Drop a column 行次 between the labels and the figures of a table: numbers that rise from each row to the next."""
    if len(rows) < _FEWEST_NUMBERED_ROWS:
        return rows
    before = Decimal(0)
    for row in rows:
        has_room = len(row.values) > FEWEST_VALUES[RowLabel(row.table, row.row)]
        number = read_figure(row.values[0][0]).value if has_room else None
        if number is None or number <= before:
            return rows
        before = number
    return [replace(row, values=row.values[1:]) for row in rows]


def align(rows: Sequence[ValueRow]) -> list[Starts]:
    """Return where the values of each row begin, told by their figures, the header, and what all rows have in common.

    Several starts are left only where the row would have different figures by them. Where a row has too many figures,
    some column is not of the form, and which one is not told: no row of as many cells has a start.
    """
    fitting = [possible_starts(row.reading.values, len(row.columns)) for row in rows]
    crowded = {_shape(row) for row, starts in zip(rows, fitting, strict=True) if not starts}
    fitting = [() if _shape(row) in crowded else starts for row, starts in zip(rows, fitting, strict=True)]
    if all(len(starts) <= 1 for starts in fitting):
        return fitting
    told = [start_by_header(row) for row in rows]
    if all(start is None or start in starts for start, starts in zip(told, fitting, strict=True)):
        fitting = [starts if start is None else (start,) for start, starts in zip(told, fitting, strict=True)]
    placed = [(row, starts) for row, starts in zip(rows, fitting, strict=True) if starts]
    commons = [
        (key, set.intersection(*({key(start, row) for start in starts} for row, starts in placed))) for key in _ALIKE
    ]
    return [
        _settled(
            row, [start for start in starts if any(key(start, row) in common for key, common in commons)] or starts
        )
        for row, starts in zip(rows, fitting, strict=True)
    ]


def _shape(row: ValueRow) -> tuple[int, int]:
    return len(row.reading.values), len(row.columns)


def possible_starts(values: Sequence[PlacedText], count: int) -> Starts:
    """Return where a run of ``count`` values may begin so that no figure is left outside, in ascending order."""
    filled = [index for index, value in enumerate(values) if read_figure(value[0])[0] in WRITTEN]
    highest = len(values) - count
    return tuple(range(max(0, filled[-1] - count + 1), min(highest, filled[0]) + 1) if filled else range(highest + 1))


def start_by_header(row: ValueRow) -> int | None:
    """Return where values begin that end as their header does: with as many blank cells behind the last column.

    A header says so only if it has as many cells as the row, or leaves over just what the row does.
    """
    values, last = row.reading.values, (row.reading.table, row.columns[-1].code)
    for line in reversed(row.reading.header_lines):
        end = max((index for index, text in enumerate(line) if text), default=-1)
        if end >= 0 and last in meaning_of(line[end]).columns:
            blank = len(line) - end - 1
            start = len(values) - len(row.columns) - blank
            same_width = len(line) == values[0][1].cell + len(values)
            return start if start == 0 or (start > 0 and same_width) else None
    return None


def is_begin_told(row: ValueRow, start: int) -> bool:
    """Tell whether values surely begin there: no cell is left over, or the header says so."""
    return len(row.reading.values) == len(row.columns) or start == start_by_header(row)


def _settled(row: ValueRow, starts: Iterable[int]) -> Starts:
    """Leave one start where the row has the same figures by all of them."""
    figures: dict[tuple[object, ...], int] = {}
    for start in starts:
        run = row.reading.values[start : start + len(row.columns)]
        figures.setdefault(tuple(read_figure(value[0]) for value in run), start)
    return tuple(figures.values())
