"""Rows whose labels lost characters: recognised by their order among the rows around them and by similarity."""

import re
from collections.abc import Iterator, Sequence

from tasks.extract.tables.readings import FEWEST_VALUES, RowReading
from tasks.extract.vocabulary import ROW_ORDER
from warehouse.forms import FORMS, TableCode
from warehouse.labels import bare_label_key, label_key

LEAST_SIMILARITY = 60.0
"""Per cent of similarity below which a label is not taken for another."""
_EXPLANATION = re.compile("[:：].*", re.DOTALL)
_LEAST_MARGIN = 5.0
"""Per cent by which the most similar label must lead."""

_KEYS: dict[tuple[TableCode, str], frozenset[str]] = {}
for (_table, _edition), _form in FORMS.items():
    for _row in _form.rows.values():
        _KEYS[_table, _row.code] = _KEYS.get((_table, _row.code), frozenset()) | _row.label.keys


def name_unknown_rows(readings: Sequence[RowReading]) -> list[RowReading]:
    """Give the rows of unknown label (an empty ``row``) the statutory row they resemble, or leave them unknown.

    Only rows that the form has between the nearest recognised rows before and after come into question.
    """
    if all(reading.row for reading in readings):
        return list(readings)
    named = list(readings)
    for index, reading in enumerate(named):
        if not reading.row and reading.label:
            _name(named, index)
    return named


def _name(readings: Sequence[RowReading], index: int) -> None:
    """Try the table in force, and where a lost header hides a new table, that of the next recognised row."""
    reading = readings[index]
    following = next((later.table for later in readings[index + 1 :] if later.row), reading.table)
    for table in dict.fromkeys((reading.table, following)):
        if row := _most_similar(reading, table, _rows_between(readings, index, table)):
            reading.table, reading.row = table, row
            return


def _rows_between(readings: Sequence[RowReading], index: int, table: TableCode) -> list[str]:
    order = ROW_ORDER[table]
    before = _ascending(order, (r.row for r in reversed(readings[:index]) if r.table is table and r.row), -1)
    after = _ascending(order, (r.row for r in readings[index + 1 :] if r.table is table and r.row), 1)
    start = before[0] + 1 if before else 0
    end = after[0] if after else len(order)
    if before and end <= before[0]:
        return [*order[start:], *order[:end]]
    present = {*before, *after}
    return [row for at, row in enumerate(order[start:end], start) if at not in present]


def _ascending(order: Sequence[str], rows: Iterator[str], step: int) -> list[int]:
    """Return the places in the form of the rows of one copy: as far as they rise, or fall, from each to the next."""
    places: list[int] = []
    for place in map(order.index, rows):
        if places and (place - places[-1]) * step <= 0:
            break
        places.append(place)
    return places


def _most_similar(reading: RowReading, table: TableCode, candidates: Sequence[str]) -> str | None:
    from rapidfuzz import fuzz

    keys = {label_key(reading.label), bare_label_key(reading.label), label_key(_EXPLANATION.sub("", reading.label))}
    scores = sorted(
        (max(fuzz.ratio(key, known) for key in keys for known in _KEYS[table, row]), row)
        for row in candidates
        if len(reading.values) >= FEWEST_VALUES[table, row]
    )
    if not scores or scores[-1][0] < LEAST_SIMILARITY:
        return None
    leads = len(scores) == 1 or scores[-1][0] - scores[-2][0] >= _LEAST_MARGIN
    best = scores[-1][1]
    return (
        best if leads and not _holds_another(label_key(reading.label), _KEYS[table, best], table, candidates) else None
    )


def _holds_another(key: str, of_best: frozenset[str], table: TableCode, candidates: Sequence[str]) -> bool:
    """Tell whether a label holds that of another row as well, and is liker to the best without it: two rows in one."""
    from rapidfuzz import fuzz

    def likeness(text: str) -> float:
        return max(fuzz.ratio(text, known) for known in of_best)

    others = (known for row in candidates for known in _KEYS[table, row] - of_best if known in key)
    return any(likeness(key.replace(other, "", 1)) > likeness(key) for other in others)
