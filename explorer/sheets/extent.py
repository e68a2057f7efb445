"""How much of a report could be held against the rules, so that silence of the rules is not taken for praise."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from explorer.sheets.marks import Figure
from warehouse.forms import STATUTORY_TABLES
from warehouse.rows import Row


class Extent(StrEnum):
    """What the rules could be held against."""

    WHOLE = "whole"
    PARTLY = "partly"
    """Some figures, but not every cell of every table."""
    NOTHING = "nothing"
    """No figure at all: nothing was filled in, or nothing was read."""


def extent_of(figures: Iterable[Figure], tables: Mapping[str, Row]) -> Extent:
    """Tell it from a report's figures and the rows of ``core.report_table`` by table code."""
    if all(figure.value is None for figure in figures):
        return Extent.NOTHING
    is_whole = all(
        (counts := tables.get(table)) is not None
        and not counts["is_doubtful"]
        and not counts["cells_unreadable"]
        and counts["cells_read"] == counts["cells_expected"]
        for table in STATUTORY_TABLES
    )
    return Extent.WHOLE if is_whole else Extent.PARTLY
