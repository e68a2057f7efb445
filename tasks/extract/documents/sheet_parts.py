"""Tables that stand beside each other on a sheet, with empty columns between them."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from tasks.extract.vocabulary import meaning_of

_FEWEST_ROWS = 2
"""Rows of figures by which columns are a table of their own."""


def columns_of_parts(
    texts: Mapping[tuple[int, int], str], covered: Collection[tuple[int, int]], columns: Sequence[int]
) -> list[list[int]]:
    """Return the columns of each table of a sheet, from left to right; all of them together where there is only one.

    ``texts`` has what is shown by row and column, ``covered`` the places that merged cells cover.
    """
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        if text:
            rows.setdefault(row, {})[column] = text
    lone = {row for row, cells in rows.items() if len(cells) == 1}
    used = {column for cells in rows.values() for column in cells}
    used |= {column for row, column in covered if row in rows and row not in lone}
    runs = [(is_used, list(run)) for is_used, run in groupby(columns, lambda column: column in used)]
    parts: list[list[int]] = [[]]
    for is_used, run in runs:
        if is_used and _is_table(rows, parts[-1]) and _is_table(rows, run):
            parts.append([])
        parts[-1] += run
    return parts


def _is_table(rows: Mapping[int, Mapping[int, str]], columns: Sequence[int]) -> bool:
    """Tell whether columns hold labels of rows that the forms know, and figures behind them."""
    found = 0
    for cells in rows.values():
        own = [cells[column] for column in columns if column in cells]
        labels = [at for at, text in enumerate(own) if meaning_of(text).only_row]
        found += bool(labels) and any(text.replace(",", "").isdigit() for text in own[labels[-1] + 1 :])
    return found >= _FEWEST_ROWS
