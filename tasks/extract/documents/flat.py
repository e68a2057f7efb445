"""From markup to blocks: a stylesheet flattens a tree at C speed, and what it yields is split at its marks.

The marks are characters of the private-use area; :func:`without_marks` takes them out of a text beforehand.
"""

from collections.abc import Iterator
from functools import lru_cache

from tasks.extract.documents.document import Block, Picture, Table

TABLE, TABLE_END, HIDDEN, ROW, CELL, BLOCK, PICTURE = map(chr, range(0xE0F0, 0xE0F7))
"""Marks of a table's begin and end, a hidden one, a row, a cell, a paragraph, a picture."""

_MARKS = dict.fromkeys(map(ord, (TABLE, TABLE_END, HIDDEN, ROW, CELL, BLOCK, PICTURE)))


def without_marks(text: str) -> str:
    """Return a text without the characters that serve as marks."""
    return text.translate(_MARKS) if any(chr(mark) in text for mark in _MARKS) else text


def split_blocks(flat: str) -> list[Block]:
    """Split a flattened document into paragraphs, pictures and tables."""
    before, *pieces = flat.split(TABLE)
    blocks: list[Block] = list(_paragraphs(before))
    for ordinal, piece in enumerate(pieces):
        inside, _, after = piece.partition(TABLE_END)
        blocks.append(_table(ordinal, inside))
        blocks += _paragraphs(after)
    return blocks


def _paragraphs(flat: str) -> Iterator[str | Picture]:
    for part in flat.split(BLOCK):
        if text := " ".join(part.replace(PICTURE, " ").split()):
            yield text
        if PICTURE in part:
            yield Picture()


def _table(ordinal: int, flat: str) -> Table:
    rows = [[_cell(cell) for cell in row.split(CELL)[1:]] for row in flat.split(ROW)]
    return Table(ordinal, [row for row in rows if row], flat.startswith(HIDDEN), PICTURE in flat)


@lru_cache(maxsize=8192)
def _cell(flat: str) -> str:
    return flat.replace(PICTURE, "").strip()
