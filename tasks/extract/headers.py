"""Which column stands where, told by the header of a table."""

from collections.abc import Sequence
from itertools import groupby

from tasks.extract.document import TableCell
from tasks.extract.vocabulary import meaning_of
from warehouse.forms import FORMS, Edition, TableCode

_APPLICANTS = tuple(FORMS[TableCode.APPLICATIONS, Edition.E2021].columns)
_USUAL = frozenset({_APPLICANTS, (_APPLICANTS[0], _APPLICANTS[-1], *_APPLICANTS[1:-1])})
"""The orders in which the applicant columns are printed: in one line, or the middle five in a line below."""


def column_order(header: Sequence[Sequence[TableCell]], table: TableCode) -> tuple[str | None, ...] | None:
    """Return the column codes that a header gives its values, ``None`` for columns it does not name.

    Returns ``None`` where the header is the form's own, is lost, or does not tell.
    """
    if not header or table is TableCode.DISPUTES:
        return None
    if table is TableCode.APPLICATIONS:
        printed = tuple(code for row in header for cell in row if (code := _code(cell.text, table)))
        if not printed or printed[-len(_APPLICANTS) :] in _USUAL:
            return None
        codes = [_lowest(column, table) for column in _columns(header)]
        return _without_labels([code for code, _ in groupby(codes)])
    return _without_labels([_code(cell.text, table) for cell in header[-1]])


def _code(text: str, table: TableCode) -> str | None:
    return next((code for owner, code in meaning_of(text).columns if owner is table), None)


def _without_labels(codes: list[str | None]) -> tuple[str | None, ...] | None:
    start = next((index for index, code in enumerate(codes) if code), None)
    return tuple(codes[start:]) if start is not None else None


def _lowest(column: Sequence[str], table: TableCode) -> str | None:
    return next((code for text in reversed(column) if (code := _code(text, table))), None)


def _columns(header: Sequence[Sequence[TableCell]]) -> list[list[str]]:
    """Lay the header's cells out by their spans and return its columns, top to bottom."""
    grid: list[dict[int, str]] = [{} for _ in header]
    for line, row in enumerate(header):
        position = 0
        for cell in row:
            while position in grid[line]:
                position += 1
            for below in range(line, min(line + cell.row_span, len(grid))):
                grid[below].update(dict.fromkeys(range(position, position + cell.column_span), cell.text))
            position += cell.column_span
    width = max((max(line, default=-1) for line in grid), default=-1) + 1
    return [[line.get(position, "") for line in grid] for position in range(width)]
