"""From markup to blocks: a stylesheet flattens a tree at C speed, and what it yields is split at its marks.

The marks are characters of the private-use area; :func:`without_marks` takes them out of a text beforehand.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tasks.extract.documents.document import Block, Picture, Table
from tasks.extract.documents.seen import OBJECT, Manner, Run, as_seen, is_struck, without_asides
from warehouse.characters import folded

TABLE, TABLE_END, HIDDEN, ROW, CELL, BLOCK, PICTURE, RAISED, LOWERED, STRUCK, PLAIN = map(chr, range(0xE0F0, 0xE0FB))
"""Marks of a table's begin and end, a hidden one, a row, a cell, a paragraph, a picture or another object; of the begin
of a raised, lowered or struck part of a text, and of the end of such a part."""

_MANNERS = {RAISED: Manner.RAISED, LOWERED: Manner.LOWERED, STRUCK: Manner.STRUCK}
_TURNS = re.compile(f"([{RAISED}-{PLAIN}])")
_MARKS = dict.fromkeys(map(ord, (TABLE, TABLE_END, HIDDEN, ROW, CELL, BLOCK, PICTURE, *_MANNERS, PLAIN)))


def without_marks(text: str) -> str:
    """Return a text without the characters that serve as marks."""
    return text.translate(_MARKS) if any(chr(mark) in text for mark in _MARKS) else text


def split_blocks(flat: str) -> list[Block]:
    """Split a flattened document into paragraphs, pictures and tables; what is invisible in it is dropped."""
    before, *pieces = folded(flat).split(TABLE)
    blocks: list[Block] = list(_paragraphs(before))
    for ordinal, piece in enumerate(pieces):
        inside, _, after = piece.partition(TABLE_END)
        blocks.append(_table(ordinal, inside))
        blocks += _paragraphs(after)
    return blocks


def _paragraphs(flat: str) -> Iterator[str | Picture]:
    for part in flat.split(BLOCK):
        if text := sentence_text(part):
            yield text
        if PICTURE in part:
            yield Picture()


def _table(ordinal: int, flat: str) -> Table:
    rows = [row for part in flat.split(ROW) if (row := [cell_text(cell) for cell in part.split(CELL)[1:]])]
    if STRUCK in flat:
        rows = [row for row in rows if not _is_gone(row)]
    return Table(ordinal, rows, flat.startswith(HIDDEN), PICTURE in flat)


def _is_gone(row: list[str]) -> bool:
    filled = [text for text in row if text]
    return bool(filled) and all(map(is_struck, filled))


def sentence_text(flat: str) -> str:
    """Return what a marked text says, without its notes and pictures."""
    said = without_asides(_runs(flat)) if PLAIN in flat else flat
    return " ".join(said.replace(PICTURE, " ").split())


@lru_cache(maxsize=8192)
def cell_text(flat: str) -> str:
    """Return what a reader takes from a cell's marked text."""
    text = as_seen(_runs(flat)) if PLAIN in flat else flat
    return text.replace(PICTURE, OBJECT).replace(BLOCK, "\n").strip()


def _runs(flat: str) -> list[Run]:
    """Cut a text at the marks of its manners; an inner one holds before an outer, and what is struck stays struck."""
    manners = [Manner.PLAIN]
    runs: list[Run] = []
    for piece in _TURNS.split(flat):
        if piece in _MANNERS:
            manners.append(Manner.STRUCK if manners[-1] is Manner.STRUCK else _MANNERS[piece])
        elif piece == PLAIN:
            manners[1:] = manners[1:-1]
        elif piece:
            runs.append(Run(piece, manners[-1]))
    return runs
