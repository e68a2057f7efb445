"""Two readings of one document, compared: where they differ, the error may be ours and no finding is raised."""

from collections.abc import Iterable, Mapping

from tasks.extract.figures import read_figure
from tasks.extract.report import UNREADABLE
from tasks.extract.tables.readings import FEWEST_VALUES, RowReading
from warehouse.forms import TableCode


def disagreements(first: Iterable[RowReading], second: Iterable[RowReading]) -> Mapping[TableCode, str]:
    """Return the tables in which the second reading has other figures for a row, each with one example.

    Rows that only one reading knows say nothing, nor do blank copies of rows with figures, rows without a label, or
    with a cell that is no figure. The second reading does not know where a row ends, so a few figures may follow those
    of the row.
    """
    first = list(first)
    filled = {(reading.table, reading.row) for reading in first if reading.figures}
    others: dict[tuple[TableCode, str], list[RowReading]] = {}
    for reading in second:
        others.setdefault((reading.table, reading.row), []).append(reading)
    found: dict[TableCode, str] = {}
    for reading in first:
        if not reading.figures and (reading.table, reading.row) in filled:
            continue
        seen = others.get((reading.table, reading.row))
        if seen and reading.label and reading.table not in found and not any(_agree(reading, other) for other in seen):
            found[reading.table] = (
                f"The row {reading.row} of {reading.table} reads {' '.join(reading.figures)} by grid "
                f"and {' '.join(seen[0].figures)} by text order."
            )
    return found


def _agree(reading: RowReading, other: RowReading) -> bool:
    """Tell whether the figures are the same; the order of section four's columns is in the header, which lines lose."""
    if reading.values == other.values:
        return True
    first, second = reading.figures, other.figures
    in_any_order = reading.table is TableCode.DISPUTES and sorted(first) == sorted(second)
    if first == second or in_any_order or not second or any(read_figure(text).state is UNREADABLE for text in first):
        return True
    if reading.beside:
        share = max(len(second) // len(first), 1)
        return any(first in (second[at : at + len(first)], second[at::share]) for at in range(len(second)))
    longer_than_row = len(other.values) > FEWEST_VALUES[reading.table, reading.row]
    return longer_than_row and second[: len(first)] == first
