"""A row of a table as it is read: texts, with where each of them stands."""

from collections.abc import Sequence
from typing import NamedTuple

from tasks.extract.tables.readings import PlacedText

ROWS_KEPT = 4096
"""Rows of which is kept what their texts alone say: most stand alike in many reports, blank or nought."""


class Row(NamedTuple):
    """The texts of a row, and for each the ordinals of the row and cell that it stands in.

    ``beside`` tells that figures of other years stand in the same row.
    """

    texts: tuple[str, ...]
    places: Sequence[tuple[int, int]]
    beside: bool = False

    @classmethod
    def of(cls, ordinal: int, texts: tuple[str, ...]) -> "Row":
        """Return a row as it is printed."""
        return cls(texts, [(ordinal, cell) for cell in range(len(texts))])

    def until(self, end: int) -> "Row":
        """Return the row without the texts from one on."""
        return self._replace(texts=self.texts[:end], places=self.places[:end])

    def only(self, cells: Sequence[int]) -> "Row":
        """Return the row with only these of its texts."""
        texts = tuple([self.texts[cell] for cell in cells])
        return self._replace(texts=texts, places=[self.places[cell] for cell in cells])

    def placed(self, table: int, since: int = 0) -> list[PlacedText]:
        """Return the texts from one on, with where they stand."""
        here = zip(self.texts[since:], self.places[since:], strict=True)
        return [(text, table, row, cell) for text, (row, cell) in here]
