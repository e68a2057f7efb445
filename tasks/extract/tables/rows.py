"""A row of a table as it is read: texts, with where each of them stands."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tasks.extract.report import Place
from tasks.extract.tables.readings import PlacedText

ROWS_KEPT = 4096
"""Rows of which is kept what their texts alone say: most stand alike in many reports, blank or nought."""


class Row(NamedTuple):
    """The texts of a row, and the place of each in the document.

    ``beside`` tells that figures of other years stand in the same row.
    """

    texts: tuple[str, ...]
    places: Sequence[Place]
    beside: bool = False

    @classmethod
    def of(cls, table: int, ordinal: int, texts: Sequence[str]) -> "Row":
        """Return a row as it is printed."""
        return cls(tuple(texts), _places(table, ordinal, len(texts)))

    def until(self, end: int) -> "Row":
        """Return the row without the texts from one on."""
        return self._replace(texts=self.texts[:end], places=self.places[:end])

    def only(self, cells: Sequence[int]) -> "Row":
        """Return the row with only these of its texts."""
        texts = tuple([self.texts[cell] for cell in cells])
        return self._replace(texts=texts, places=[self.places[cell] for cell in cells])

    def placed(self, since: int = 0) -> list[PlacedText]:
        """Return the texts from one on, with where they stand."""
        return list(zip(self.texts[since:], self.places[since:], strict=True))


@lru_cache(maxsize=2 * ROWS_KEPT)
def _places(table: int, row: int, cells: int) -> tuple[Place, ...]:
    return tuple(Place(table, row, cell) for cell in range(cells))
