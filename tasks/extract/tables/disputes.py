"""Section four: one line of fifteen figures, five for reviews and five for either way to court, as its header says."""

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import pairwise

from tasks.extract.figures import read_figure
from tasks.extract.report import BLANK, UNREADABLE
from tasks.extract.tables.alignment import ValueRow, align, is_begin_told
from tasks.extract.tables.headers import DISPUTE_ORDER, columns_in_text
from tasks.extract.tables.readings import PlacedText, RowReading
from tasks.extract.vocabulary import DISPUTE_WAYS, meaning_of
from warehouse.forms import FORMS, Edition, TableCode
from warehouse.labels import label_key

_DISPUTES = FORMS[TableCode.DISPUTES, Edition.E2021]
_ROWS = tuple(_DISPUTES.rows)
_COLUMNS = len(DISPUTE_ORDER)
_HALF = re.compile("结果|维持|纠正|其他|尚未|审结|总计")
_FOLLOWING = {
    pair
    for line in (
        "结果 维持 结果 纠正 其他 结果 尚未 审结 总计 结果",
        "结果 结果 其他 尚未 总计 结果",
        "总计 维持 纠正 结果 审结 维持",
        "审结 总计",
        "审结 结果",
        "尚未 结果",
    )
    for pair in pairwise(line.split())
}
"""Halves of the columns' labels that follow each other: in whole labels, in the upper halves, and in the lower ones."""
_BEGINS = frozenset({"结果", "维持", "总计"})
_OF_OTHERS = frozenset({"其他", "总计"})
"""Those that are labels of rows of section three as well."""
DISPUTE_LINE = tuple(_DISPUTES.columns.values()) * len(_ROWS)
DISPUTE_FIGURES = len(DISPUTE_LINE)
"""Section four is printed as one line of this many figures."""


def figures_of_line(line: RowReading) -> list[PlacedText]:
    """Return the fifteen figures among the cells of a line; none if it stays open where they begin.

    Where cells are left over and figures blank, what stands at the end may check them: then the header tells, or all
    totals, written and right, do.
    """
    if named := _below_columns(line):
        return named
    row = ValueRow(line, DISPUTE_LINE)
    starts = align([row])[0]
    if len(starts) != 1:
        return []
    values = line.values[starts[0] : starts[0] + DISPUTE_FIGURES]
    states = {read_figure(placed[0]).state for placed in values}
    if is_begin_told(row, starts[0]) or BLANK not in states or states == {BLANK}:
        return values
    pieces = [values[at : at + _COLUMNS] for at in range(0, len(values), _COLUMNS)]
    return values if all(piece[-1][0] for piece in pieces) and _sums_agree(pieces) else []


def _below_columns(line: RowReading) -> list[PlacedText]:
    """Return the cells below the fifteen columns of a header as wide as the line, if it heads all else written."""
    header = line.header_lines[-1]
    if len(header) != len(line.values):
        return []
    below = [value for value, text in zip(line.values, header, strict=True) if _is_column(text)]
    is_headed = all(text or not value[0] for value, text in zip(line.values, header, strict=True))
    return below if is_headed and len(below) == DISPUTE_FIGURES else []


def _is_column(text: str) -> bool:
    return any(table is TableCode.DISPUTES for table, _ in meaning_of(text).columns)


def dispute_rows(
    values: Sequence[PlacedText], header: tuple[str, ...], hidden: bool = False, beside: bool = False
) -> list[RowReading]:
    """Cut the one line of section four into its three rows, in the order of the form.

    Rows and columns are those that the header names. Where it is lost or broken, the form's order holds if the sums
    agree; else, and where there are no values, the rows are found but unclear.
    """
    pieces = [values[at : at + _COLUMNS] for at in range(0, len(values), _COLUMNS)]
    rows, orders = _rows_named(header), _orders_named(header)
    if not orders and rows == _ROWS and _may_be_in_order(header) and _sums_agree(pieces):
        orders = (DISPUTE_ORDER,) * len(_ROWS)
    if rows != _ROWS and len(set(orders)) > 1:
        orders = ()
    ordered = {
        row: [piece[order.index(column)] for column in DISPUTE_ORDER]
        for row, piece, order in zip(rows, pieces, orders, strict=False)
    }
    told = partial(RowReading, TableCode.DISPUTES, header=header, hidden=hidden, beside=beside)
    return [
        told(row, row, ordered[row], columns=DISPUTE_ORDER) if row in ordered else told(row, row, [], unclear=True)
        for row in _ROWS
    ]


@lru_cache(maxsize=512)
def _rows_named(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the rows in the order in which the header's last mention of each stands, the form's if it lacks one."""
    joined = "".join(map(label_key, header))
    review, litigation, *ways = (joined.rfind(key) for key in DISPUTE_WAYS)
    if min(review, litigation, *ways) < 0:
        return _ROWS
    courts = [row for _, row in sorted(zip(ways, _ROWS[1:], strict=True))]
    return (_ROWS[0], *courts) if review < litigation else (*courts, _ROWS[0])


@lru_cache(maxsize=512)
def _orders_named(header: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the columns of each of the three pieces as the header names them, none if it does not name all."""
    named = columns_in_text(header, TableCode.DISPUTES)[-DISPUTE_FIGURES:]
    if len(named) == _COLUMNS:
        named *= len(_ROWS)
    pieces = tuple(named[at : at + _COLUMNS] for at in range(0, len(named), _COLUMNS))
    whole = all(sorted(piece) == sorted(DISPUTE_ORDER) for piece in pieces)
    return pieces if whole and len(pieces) == len(_ROWS) else ()


def _may_be_in_order(header: Sequence[str]) -> bool:
    """Tell whether the halves of a header's labels, broken over lines, follow each other as they do in the form."""
    joined = "".join(map(label_key, header))
    halves = _HALF.findall(joined, max(joined.rfind(DISPUTE_WAYS[0]), 0))
    pairs = [pair for pair in pairwise(halves) if not _OF_OTHERS.issuperset(pair)]
    return all(first in _BEGINS for first, _ in pairs[:1]) and all(pair in _FOLLOWING for pair in pairs)


def _sums_agree(pieces: Sequence[Sequence[PlacedText]]) -> bool:
    """Tell whether the last figure of each piece is the sum of those before it; blanks count as nothing."""
    for piece in pieces:
        figures = [read_figure(placed[0]) for placed in piece]
        if any(figure.state is UNREADABLE for figure in figures):
            continue
        *parts, total = (figure.value or 0 for figure in figures)
        if sum(parts) != total:
            return False
    return True
