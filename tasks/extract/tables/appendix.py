"""The legacy appendix of 2014 to 2018: lines of label, unit and figure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tasks.extract.documents import Document, Table
from tasks.extract.figures import Figure, read_figure
from tasks.extract.report import NUMBER, UNREADABLE, Place, StatisticsLine
from warehouse.forms.statistics import STATISTICS
from warehouse.labels import bare_label_key, label_key

_FEWEST_LINES = 6
"""Recognised lines below which a table is not taken for the appendix."""
_LEAST_SIMILARITY = 75.0
_LOOK_AHEAD = 12
"""Lines ahead among which a label that lost characters is looked for."""
_UNITS = frozenset({"条", "件", "次", "篇", "个", "人", "人次", "万元", "元", "——", "—", "-", "--", "场", "期"})
_WHOLE = re.compile(r"合计|总计|总数|统计数|全[省市县区州]")
"""Header of the column that stands for all, where there are several columns of figures."""
_OF_WHICH = re.compile(r"^\s*(?:其中|其 中)\s*[:：]?\s*(?:\d+[.、．])?")
_CODES = tuple(STATISTICS)


def _keys(text: str) -> frozenset[str]:
    plain = _OF_WHICH.sub("", text)
    return frozenset({label_key(plain), bare_label_key(plain)}) - {""}


_KEYS = {code: _keys(indicator.label.chinese) for code, indicator in STATISTICS.items()}
_ALL_KEYS = frozenset(key for keys in _KEYS.values() for key in keys)


@lru_cache(maxsize=4096)
def _is_line(text: str) -> bool:
    return bool(text) and len(text) < 80 and not _ALL_KEYS.isdisjoint(_keys(text))


def read_statistics(document: Document) -> tuple[StatisticsLine, ...]:
    """Read the appendix, if the document has one: its lines by code, local lines under their own label."""
    found: list[StatisticsLine] = []
    for table in document.tables:
        recognised = sum(any(_is_line(text) for text in row) for row in table.rows)
        if recognised >= _FEWEST_LINES or (found and recognised):
            found += _lines(table, found[-1].code if found else None)
    return tuple(found)


def _lines(table: Table, last_code: str | None) -> Iterator[StatisticsLine]:
    position = _CODES.index(last_code) + 1 if last_code in _CODES else 0
    offset = _value_column(table)
    for ordinal, row in enumerate(table.rows):
        label_at = _label_position(row)
        if label_at is None:
            continue
        code = _code(row[label_at], position)
        if code is not None:
            position = _CODES.index(code) + 1
        value_at, unit = _value_position(row, label_at)
        if value_at is None:
            continue
        figures = row[value_at:]
        raw = figures[offset] if offset is not None and offset < len(figures) else " ".join(filter(None, figures))
        figure = read_figure(raw) if offset is not None or len(figures) == 1 else Figure(UNREADABLE)
        if code is None and figure.state is not NUMBER:
            continue
        if code is not None and STATISTICS[code].unit is None and figure.state is not NUMBER:
            continue
        yield StatisticsLine(
            code,
            row[label_at],
            unit or (STATISTICS[code].unit if code else None),
            figure.value,
            figure.state,
            raw,
            Place(table.ordinal, ordinal, value_at + (offset or 0)),
        )


def _value_column(table: Table) -> int | None:
    """Return which of the columns behind the unit holds the figures: the only one, else that for all.

    ``None`` if there are several and no header tells.
    """
    behind = [
        row[at:]
        for row in table.rows
        if (label_at := _label_position(row)) is not None and (at := _value_position(row, label_at)[0]) is not None
    ]
    filled = {offset for figures in behind for offset, text in enumerate(figures) if read_figure(text).state is NUMBER}
    if filled <= {0}:
        return 0
    header = next((row for row in table.rows if any(text.strip() == "单位" for text in row)), [])
    names = header[next((at + 1 for at, text in enumerate(header) if text.strip() == "单位"), 0) :]
    whole = [offset for offset, name in enumerate(names) if _WHOLE.search(name)]
    if len(filled) == 1 and not whole:
        return filled.pop()
    return whole[0] if len(whole) == 1 else None


def _label_position(row: list[str]) -> int | None:
    """Return the place of the line's label: a text that is neither figure nor unit nor a running number."""
    return next(
        (
            index
            for index, text in enumerate(row[:-1])
            if text and text not in _UNITS and read_figure(text).state is UNREADABLE
        ),
        None,
    )


def _value_position(row: list[str], label_at: int) -> tuple[int | None, str | None]:
    unit_at = next((index for index in range(label_at + 1, len(row)) if row[index] in _UNITS), None)
    if unit_at is not None and unit_at + 1 < len(row):
        return unit_at + 1, row[unit_at]
    return (label_at + 1, None) if unit_at is None and label_at + 1 < len(row) else (None, None)


def _code(label: str, position: int) -> str | None:
    """Return the next line of the form with this label; one that lost characters is told by similarity."""
    keys = _keys(label)
    exact = next((code for code in _CODES[position:] if keys & _KEYS[code]), None)
    if exact is not None or not keys:
        return exact
    from rapidfuzz import fuzz

    ahead = _CODES[position : position + _LOOK_AHEAD]
    scored = [(max(fuzz.ratio(key, known) for key in keys for known in _KEYS[code]), code) for code in ahead]
    score, code = max(scored, default=(0.0, None))
    return code if score >= _LEAST_SIMILARITY else None
