"""Rows of section three whose labels stand elsewhere, as where a text was made of a PDF: told by the form's order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tasks.extract.figures import read_figure
from tasks.extract.tables.readings import RowReading
from warehouse.forms import FORMS, STATUTORY_EDITIONS, Edition, TableCode
from warehouse.labels import label_key

_TOTAL, _CARRIED_IN = "concluded_total", "carried_in"


def name_by_order(readings: Sequence[RowReading]) -> list[RowReading]:
    """Give rows without a telling label (an empty ``row``) the rows that the form has in their place.

    They are named only if, in one edition alone, every outcome is there then, and the outcomes add up to their total.
    """
    if all(reading.row for reading in readings):
        return list(readings)
    named = [names for edition in STATUTORY_EDITIONS if (names := _names(readings, edition))]
    if len(named) != 1:
        return list(readings)
    return [
        replace(reading, row=named[0][index]) if index in named[0] else reading
        for index, reading in enumerate(readings)
    ]


def _names(readings: Sequence[RowReading], edition: Edition) -> dict[int, str]:
    """Return the rows of an edition that readings are by their place, none of them if the sums do not agree."""
    order = list(FORMS[TableCode.APPLICATIONS, edition].rows)
    own = [(at, reading) for at, reading in enumerate(readings) if reading.table is TableCode.APPLICATIONS]
    found = {reading.row: reading for _, reading in own if reading.row}
    if len(found) < sum(1 for _, reading in own if reading.row) or not found.keys() <= set(order):
        return {}
    names: dict[int, str] = {}
    waiting: list[int] = []
    expected = 0
    for at, reading in own:
        if not reading.row:
            waiting.append(at)
            continue
        rows = order[expected : order.index(reading.row)]
        if len(rows) == len(waiting) and all(
            _may_be(readings[one], row) for one, row in zip(waiting, rows, strict=True)
        ):
            names |= dict(zip(waiting, rows, strict=True))
        waiting, expected = [], order.index(reading.row) + 1
    return names if _adds_up({**found, **{row: readings[at] for at, row in names.items()}}, order) else {}


def _may_be(reading: RowReading, row: str) -> bool:
    """Tell whether what is printed as a row's label is none, or a part of the form's."""
    key = label_key(reading.label)
    labels = (FORMS[TableCode.APPLICATIONS, edition].rows.get(row) for edition in STATUTORY_EDITIONS)
    return any(key in known for label in labels if label for known in label.label.keys)


def _adds_up(rows: Mapping[str, RowReading], order: Sequence[str]) -> bool:
    outcomes = order[order.index(_CARRIED_IN) + 1 : order.index(_TOTAL)]
    if not rows.keys() >= {*outcomes, _TOTAL}:
        return False
    columns = len(FORMS[TableCode.APPLICATIONS, Edition.E2021].columns)
    return all(
        sum((_figure(rows[row], column) for row in outcomes), Decimal(0)) == _figure(rows[_TOTAL], column)
        for column in range(columns)
    )


def _figure(reading: RowReading, column: int) -> Decimal:
    return (read_figure(reading.values[column][0]).value if column < len(reading.values) else None) or Decimal(0)
