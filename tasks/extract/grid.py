"""The first reading: by the rows of the tables.

The rows of all tables are one stream, because pages split, join and nest the statutory tables at will. A row's
values are told by their ordinal behind its label; the spans of cells matter only where ordinals do not suffice.
"""

from collections import Counter
from collections.abc import Iterator

from tasks.extract.document import Document, Table
from tasks.extract.figures import read_figure
from tasks.extract.readings import (
    DISPUTE_FIGURES,
    FEWEST_VALUES,
    PlacedText,
    RowReading,
    dispute_rows,
    window,
)
from tasks.extract.vocabulary import Meaning, RowLabel, group_of, meaning_of, stands_in
from tasks.records import CellState, Place
from warehouse.forms import TableCode


def read_grid(document: Document) -> list[RowReading]:
    """Read every row of figures of the statutory tables, in printed order, copies included."""
    reader = _GridReader()
    return [reading for table in document.tables for reading in reader.read_table(table)]


class _GridReader:
    """Walks the rows and remembers the table, the group and the header in force."""

    def __init__(self) -> None:
        self._table: TableCode | None = None
        self._group: str | None = None
        self._header: list[list[str]] = []
        self._header_complete = False
        self._disputes: list[PlacedText] = []

    def read_table(self, table: Table) -> Iterator[RowReading]:
        for ordinal, row in enumerate(table.rows):
            texts = [cell.text for cell in row]
            meanings = [meaning_of(text) for text in texts]
            reading = self._row_of_figures(table, ordinal, texts, meanings)
            if reading:
                yield reading
            elif any(meaning.known for meaning in meanings):
                self._remember_header(texts, meanings)
            elif self._table is TableCode.DISPUTES:
                yield from self._line_of_disputes(table, ordinal, texts)

    def _row_of_figures(
        self, table: Table, ordinal: int, texts: list[str], meanings: list[Meaning]
    ) -> RowReading | None:
        at = next((index for index in reversed(range(len(meanings))) if meanings[index].known), None)
        if at is None or not meanings[at].rows:
            return None
        label = self._row_label(meanings[at], meanings[:at])
        values = texts[at + 1 :]
        if label is None or not self._plausible(label, values):
            return None
        self._table = label.table
        self._group = meanings[at].groups[0][1] if meanings[at].groups else group_of(label)
        self._header_complete = True
        return RowReading(
            label.table,
            label.row,
            texts[at],
            tuple(PlacedText(text, Place(table.ordinal, ordinal, at + 1 + i)) for i, text in enumerate(values)),
            tuple(text for row in self._header for text in row),
            self._columns(len(values)),
            table.hidden,
        )

    def _row_label(self, meaning: Meaning, before: list[Meaning]) -> RowLabel | None:
        """Tell which row a label means here: ``其他`` and ``总计`` are rows only in their group and table."""
        if any(other.rows and not other.groups and other != meaning for other in before):
            return None
        for other in before:
            for _, group in other.groups:
                self._group = group
        if not meaning.columns:
            return meaning.rows[0]
        if any(other.columns for other in before):
            return None
        return next(
            (row for row in meaning.rows if row.table is self._table and stands_in(self._group, group_of(row))), None
        )

    @staticmethod
    def _plausible(label: RowLabel, values: list[str]) -> bool:
        return len(values) >= FEWEST_VALUES[label] or any(
            read_figure(text).state is CellState.NUMBER for text in values
        )

    def _remember_header(self, texts: list[str], meanings: list[Meaning]) -> None:
        if self._header_complete:
            self._header, self._header_complete = [], False
        self._header.append(texts)
        tables = Counter(tables[0] for meaning in meanings if len(tables := meaning.tables) == 1)
        if tables:
            self._table = tables.most_common(1)[0][0]
        for meaning in meanings:
            for _, group in meaning.groups:
                self._group = group

    def _columns(self, count: int) -> tuple[str | None, ...] | None:
        """Return the columns that the last line of the header names, if it names one for each value."""
        if not self._header:
            return None
        line = [meaning_of(text) for text in self._header[-1]]
        start = next((index for index, meaning in enumerate(line) if meaning.columns), len(line))
        codes = tuple(next((code for table, code in m.columns if table is self._table), None) for m in line[start:])
        return codes if len(codes) == count else None

    def _line_of_disputes(self, table: Table, ordinal: int, texts: list[str]) -> list[RowReading]:
        start = window(texts, DISPUTE_FIGURES) or 0
        cells = texts[start : start + DISPUTE_FIGURES] if len(texts) >= DISPUTE_FIGURES else texts
        if all(read_figure(text).state is CellState.BLANK for text in cells) and len(cells) < DISPUTE_FIGURES:
            return []
        self._disputes += (PlacedText(text, Place(table.ordinal, ordinal, start + i)) for i, text in enumerate(cells))
        if len(self._disputes) < DISPUTE_FIGURES:
            return []
        values, self._disputes, self._table = tuple(self._disputes), [], None
        header = tuple(text for row in self._header for text in row)
        self._header_complete = True
        return dispute_rows(values, header, table.hidden) if len(values) == DISPUTE_FIGURES else []
