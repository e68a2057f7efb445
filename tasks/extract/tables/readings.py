"""What a reading of a document yields before editions are decided: rows of figures with their labels."""

from dataclasses import dataclass
from functools import cached_property

from tasks.extract.figures import read_figure
from tasks.extract.report import BLANK, DASH, NUMBER, Place
from warehouse.forms import FORMS, STATUTORY_EDITIONS, STATUTORY_TABLES, TableCode

PlacedText = tuple[str, Place]
"""A text and where it stood."""


@dataclass
class RowReading:
    """One row of a statutory table as read; only its ``table`` and ``row`` change afterwards.

    ``values`` is everything behind the label, padding included; of a line that fits in no place or in several it is
    empty, and ``unclear`` is set. ``header`` holds the texts of the header in force, ``header_lines`` its lines cell
    by cell, ``columns`` the columns that the header names in their order, ``None`` among them for one that is not of
    the form; ``columns`` is ``None`` where the header is lost or does not tell. ``beside`` tells that figures of other
    years stand in the same row, and were left out.
    """

    table: TableCode
    row: str
    label: str
    values: list[PlacedText]
    header: tuple[str, ...] = ()
    columns: tuple[str | None, ...] | None = None
    hidden: bool = False
    header_lines: tuple[tuple[str, ...], ...] = ()
    unclear: bool = False
    beside: bool = False

    @property
    def stands_in(self) -> int | None:
        """The ordinal of the table that its values stand in, ``None`` if it has none."""
        return self.values[0][1].table if self.values else None

    @property
    def is_filled(self) -> bool:
        """Whether a reader sees figures in it, read or not."""
        return not self.hidden and (self.unclear or bool(self.figures))

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The texts that are not blank, in order."""
        return tuple([value[0] for value in self.values if value[0] and read_figure(value[0])[0] is not BLANK])


FEWEST_VALUES = {
    (table, row): min(
        len(FORMS[table, edition].block_of(row).columns)
        for edition in STATUTORY_EDITIONS
        if row in FORMS[table, edition].rows
    )
    for table in STATUTORY_TABLES
    for row in {code for edition in STATUTORY_EDITIONS for code in FORMS[table, edition].rows}
}
"""How many figures a row has at least, in the edition that has fewer."""


WRITTEN = frozenset({NUMBER, DASH})
"""States of cells in which a figure, or a sign for none, was written."""
