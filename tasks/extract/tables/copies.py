"""Tables that stand more than once in a document: which copy is read, and where copies contradict each other."""

from collections.abc import Iterable, Sequence

from tasks.extract.figures import read_figure
from tasks.extract.report import UNREADABLE
from tasks.extract.tables.placement import Placed
from tasks.extract.tables.readings import FEWEST_VALUES, RowReading
from tasks.extract.vocabulary import ROW_ORDER, RowLabel, editions_told
from warehouse.forms import FORMS, STATUTORY_TABLES, Edition, TableCode

_COLUMNS = {table: frozenset(FORMS[table, Edition.E2021].columns) for table in STATUTORY_TABLES}


def copies_of(readings: Iterable[RowReading]) -> list[dict[str, RowReading]]:
    """Part the rows of one table into its copies, the one to be read first.

    A row that is plainly less of the form's than another of its name, such as one of a summary, is no copy of it; a
    hidden row is one only where no visible one stands; a copy without any figure, such as a form to be filled in, is
    none beside one with figures.
    """
    by_row: dict[str, list[RowReading]] = {}
    for reading in _without_blank_runs(readings):
        by_row.setdefault(reading.row, []).append(reading)
    copies: list[dict[str, RowReading]] = []
    for row, found in by_row.items():
        for index, reading in enumerate(_of_the_form(found)):
            if index == len(copies):
                copies.append({})
            copies[index][row] = reading
    filled = [copy for copy in copies if any(reading.figures or reading.unclear for reading in copy.values())]
    return filled or copies[:1]


def without_forms(readings: Sequence[RowReading]) -> list[RowReading]:
    """Leave out the tables of a form to be filled in: without any figure, though their rows stand elsewhere with some.

    What of such a form stands before all figures is left out too, be it the only copy of its table.
    """
    filled_in = {reading.stands_in for reading in readings if reading.is_filled} - {None}
    blank = [reading for reading in readings if reading.values and reading.stands_in not in filled_in]
    if not blank:
        return list(readings)
    filled = {(reading.table, reading.row) for reading in readings if reading.unclear or reading.stands_in in filled_in}
    forms = {one.stands_in for one in blank if not one.hidden and (one.table, one.row) in filled}
    if forms and filled_in:
        first = min(table for table in filled_in if table is not None)
        forms |= {reading.stands_in for reading in blank if reading.values[0][1].table < first}
    return [reading for reading in readings if reading.stands_in not in forms]


def _without_blank_runs(readings: Iterable[RowReading]) -> list[RowReading]:
    """Leave out runs of rows in the form's order, without figures, whose rows all stand in another run with some."""
    runs: list[dict[str, RowReading]] = []
    place = 0
    for reading in readings:
        before, place = place, ROW_ORDER[reading.table].index(reading.row)
        if not runs or place <= before:
            runs.append({})
        runs[-1][reading.row] = reading
    filled = [run.keys() for run in runs if any(reading.is_filled for reading in run.values())]
    return [
        reading
        for run in runs
        if any(reading.is_filled for reading in run.values()) or not any(run.keys() <= other for other in filled)
        for reading in run.values()
    ]


def _of_the_form(found: list[RowReading]) -> list[RowReading]:
    if len(found) == 1:
        return found
    likest = max(map(_likeness, found))
    alike = [reading for reading in found if _likeness(reading) == likest]
    return [reading for reading in alike if not reading.hidden] or alike


def _likeness(reading: RowReading) -> int:
    """Return how much a row is like one of the form: values for all columns, and a header that names these.

    Of section two, the header need only tell the edition.
    """
    is_whole = len(reading.values) >= FEWEST_VALUES.get(RowLabel(reading.table, reading.row), 0)
    if reading.table is TableCode.PROACTIVE:
        return is_whole + bool(editions_told(reading.header))
    return is_whole + (_COLUMNS[reading.table] <= {*(reading.columns or ())})


def contradicted(first: Placed, others: Iterable[Placed]) -> dict[tuple[str, str], str]:
    """Return the cells in which another copy has another figure, by row and column, with the text there."""
    found: dict[tuple[str, str], str] = {}
    for other in others:
        for row, values in other.items():
            mine = {column.code: placed[0] for column, placed in first.get(row, ())}
            for column, placed in values:
                text = mine.get(column.code)
                if text is not None and not _same(text, placed[0]):
                    found.setdefault((row, column.code), placed[0])
    return found


def _same(text: str, other: str) -> bool:
    figure, against = read_figure(text), read_figure(other)
    return text == other if figure.state is UNREADABLE else figure == against
