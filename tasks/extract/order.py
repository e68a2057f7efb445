"""Reading by text order: labels followed by figures, without rows or columns.

It serves plain text in which every cell stands on its own line, and is the second, structurally different reading
of a document whose tables look irregular.
"""

from collections.abc import Iterable

from tasks.extract.figures import read_figure
from tasks.extract.readings import DISPUTE_FIGURES, PlacedText, RowReading, dispute_rows
from tasks.extract.vocabulary import RowLabel, group_of, meaning_of, stands_in
from tasks.records import CellState
from warehouse.forms import TableCode

_LABEL_LINES = 4
"""Lines over which one label may be broken."""
_HEADER_LINES = 40
"""Lines between two runs of figures that are kept as header."""


def read_order(texts: Iterable[PlacedText]) -> list[RowReading]:
    """Read rows of figures from texts in reading order: each a label, a part of a label, or a figure."""
    reader = _OrderReader()
    for text in texts:
        reader.read(text)
    reader.close()
    return reader.readings


class _OrderReader:
    """Gathers label lines until figures follow, then figures until the next label."""

    def __init__(self) -> None:
        self.readings: list[RowReading] = []
        self._labels: list[str] = []
        self._figures: list[PlacedText] = []
        self._header: tuple[str, ...] = ()
        self._table: TableCode | None = None
        self._group: str | None = None

    def read(self, text: PlacedText) -> None:
        if read_figure(text.text).state is CellState.UNREADABLE:
            if self._figures:
                self.close()
            self._remember(text.text)
        elif self._labels:
            self._figures.append(text)

    def close(self) -> None:
        """End a run of figures: it belongs to the label right before it."""
        labels, figures = self._labels, tuple(self._figures)
        self._labels, self._figures = [], []
        if not figures:
            return
        if self._table is TableCode.DISPUTES and len(figures) >= DISPUTE_FIGURES:
            self.readings += dispute_rows(figures[:DISPUTE_FIGURES], tuple(labels), hidden=False)
            self._table = None
            return
        found = self._row_label(labels)
        if found is None:
            return
        label, printed, lines = found
        if len(labels) > lines:
            self._header = tuple(labels[:-lines])
        self._table, self._group = label.table, group_of(label)
        self.readings.append(RowReading(label.table, label.row, printed, figures, self._header))

    def _remember(self, text: str) -> None:
        self._labels.append(text)
        del self._labels[:-_HEADER_LINES]
        meaning = meaning_of(text)
        if len(tables := meaning.tables) == 1:
            self._table = tables[0]
        for _, group in meaning.groups:
            self._group = group

    def _row_label(self, labels: list[str]) -> tuple[RowLabel, str, int] | None:
        """Return the row that the last lines name, their text, and how many lines that are."""
        for lines in range(1, min(_LABEL_LINES, len(labels)) + 1):
            printed = "".join(labels[-lines:])
            meaning = meaning_of(printed)
            for row in meaning.rows:
                if not meaning.columns or (row.table is self._table and stands_in(self._group, group_of(row))):
                    return row, printed, lines
        return None
