"""Rows of a form whose label stands for several lines of figures: 网络申请, 信函申请, 小计 behind one 本年新收."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from tasks.extract.figures import read_figure
from tasks.extract.report import BLANK, UNREADABLE
from tasks.extract.tables.readings import WRITTEN, RowReading
from tasks.extract.tables.rows import ROWS_KEPT, Row
from tasks.extract.tables.sums_below import SUMS, adds_up
from tasks.extract.vocabulary import Meaning, meaning_of
from warehouse.forms import FORMS, STATUTORY_EDITIONS, TableCode
from warehouse.labels import compact

_AMONG = "其中"
_AND = " + "
"""Between figures of which the page does not say what they make together: as a whole, no figure."""


class _Begin(NamedTuple):
    """Where a row has its label, and how many figures it ends in; ``part`` tells that a text stands between them."""

    label: int
    figures: int
    part: bool
    is_of_applications: bool


class _Line(NamedTuple):
    """What a line of a row is called, and its figures as a row without labels."""

    name: str
    figures: Row


def with_parted_rows_joined(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a table with one line for each row of the form.

    Of the lines that stand behind one label, that named 合计, or one without a name, stands for the row if it adds up
    the others, or if they are said to be among it. Where none does, the figures of the lines stand together in one
    cell: what the row's are is not told.
    """
    left: list[Row] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        begin = _begin(row.texts)
        lines = _lines(begin, islice(rows, at, None)) if begin else []
        if begin and (len(lines) > 1 or lines[0].name in SUMS):
            row = _joined(row.until(begin.label + 1), lines)
        left.append(row)
        at += max(1, len(lines))
    return left


def with_nameless_lines_joined(readings: Sequence[RowReading]) -> list[RowReading]:
    """Return the readings that have a row, with the figures of lines of section three that have no label below one.

    Such a line is the row's above it where no row of the form is missing that it could be.
    """
    found = {reading.row for reading in readings if reading.table is TableCode.APPLICATIONS}
    is_whole = any(found >= FORMS[TableCode.APPLICATIONS, edition].rows.keys() for edition in STATUTORY_EDITIONS)
    left: list[RowReading] = []
    for reading in readings:
        if reading.row:
            left.append(reading)
        elif is_whole and not reading.label and left and _stands_below(reading, left[-1]):
            pairs = zip(left[-1].values, reading.values, strict=True)
            values = [(_together((text, other)), place) for (text, place), (other, _) in pairs]
            left[-1] = replace(left[-1], values=values)
    return left


def _stands_below(reading: RowReading, above: RowReading) -> bool:
    if reading.table is not above.table or len(reading.values) != len(above.values):
        return False
    place, other = reading.values[0][1], above.values[0][1]
    return (place.table, place.row) == (other.table, other.row + 1)


def _lines(begin: _Begin, rows: Iterator[Row]) -> list[_Line]:
    """Return the lines of the first row: its own, and those that go on with as many figures but no label."""
    lines = [_line(next(rows), begin.label + 1, begin.figures)]
    for row in rows:
        texts = row.texts[1:] if len(row.texts) > begin.figures and not row.texts[0] else row.texts
        line = _line(row, 0, begin.figures) if _ends_in_figures(texts, begin.figures) else None
        if line is None or not _goes_on(begin, texts, line, lines):
            break
        lines.append(line)
    return lines


def _goes_on(begin: _Begin, texts: Sequence[str], line: _Line, lines: Sequence[_Line]) -> bool:
    named = len(texts) == begin.figures + 1
    if begin.part:
        return named and (line.name in SUMS or _is_unknown(texts[0]))
    if named:
        return line.name in SUMS and len(lines) > 1 and _is_sum(line, lines)
    return len(texts) == begin.figures and not begin.is_of_applications


def _joined(label: Row, lines: Sequence[_Line]) -> Row:
    total = next((line for at, line in enumerate(lines) if _is_total(at, lines)), None)
    if total:
        return _appended(label, total.figures)
    columns = zip(*(line.figures.texts for line in lines), strict=True)
    return _appended(label, lines[0].figures._replace(texts=tuple(map(_together, columns))))


def _is_total(at: int, lines: Sequence[_Line]) -> bool:
    line, others = lines[at], [*lines[:at], *lines[at + 1 :]]
    if line.name in SUMS:
        return _is_sum(line, others) or (at == 0 and all(other.name.startswith(_AMONG) for other in others[:1]))
    return not line.name and at in (0, len(lines) - 1) and len(others) > 1 and _is_sum(line, others)


def _is_sum(line: _Line, others: Sequence[_Line]) -> bool:
    return adds_up(_amounts(line), map(_amounts, others))


def _together(texts: Sequence[str]) -> str:
    """Return the one figure among others that are nought or blank, else all of them."""
    counting = [text for text in texts if _amount(text)]
    return _AND.join(counting) if counting else max(texts, key=len)


def _amounts(line: _Line) -> list[Decimal]:
    return [_amount(text) for text in line.figures.texts]


def _amount(text: str) -> Decimal:
    _, value, scale = read_figure(text)
    return (value or Decimal(0)) * (scale or 1)


def _line(row: Row, labels: int, figures: int) -> _Line:
    first = len(row.texts) - figures
    name = "".join(row.texts[labels:first])
    return _Line(compact(name), Row(row.texts[first:], row.places[first:], row.beside))


def _appended(label: Row, figures: Row) -> Row:
    return Row((*label.texts, *figures.texts), (*label.places, *figures.places), figures.beside)


@lru_cache(maxsize=ROWS_KEPT)
def _begin(texts: tuple[str, ...]) -> _Begin | None:
    """Tell the label of a row of the form, and how many figures follow it, behind the name of a part at the most."""
    meanings = tuple(map(meaning_of, texts))
    at = max((at for at, meaning in enumerate(meanings) if _is_label(texts[at], meaning)), default=None)
    if at is None:
        return None
    part = len(texts) > at + 1 and (compact(texts[at + 1]) in SUMS or _is_unknown(texts[at + 1]))
    figures = len(texts) - at - 1 - part
    if not _ends_in_figures(texts, figures):
        return None
    return _Begin(at, figures, part, meanings[at].only_table is TableCode.APPLICATIONS)


def _is_label(text: str, meaning: Meaning) -> bool:
    return bool(meaning.rows) and not meaning.groups and compact(text) not in SUMS


def _is_unknown(text: str) -> bool:
    return read_figure(text).state is UNREADABLE and not meaning_of(text).known


def _ends_in_figures(texts: Sequence[str], count: int) -> bool:
    """Tell whether texts end in so many figures or signs for none, of which at least one is written."""
    states = [read_figure(text).state for text in texts[len(texts) - count :]] if 0 < count <= len(texts) else []
    return all(state is BLANK or state in WRITTEN for state in states) and not WRITTEN.isdisjoint(states)
