"""Rows of texts → tables and the paragraphs between them, for formats that tell neither."""

import re
from collections.abc import Iterable, Iterator

from tasks.extract.documents.document import Block, Table
from tasks.extract.documents.seen import is_struck
from tasks.extract.vocabulary import meaning_of

_PAGE_NUMBER = re.compile(
    r"[-—－–\s]*(?:第\s*|Page\s*)?(\d{1,3})(?:\s*页)?(?:\s*(?:/|of|[，,]?\s*[共总])\s*(\d{1,3})\s*页?)?[-—－–\s]*"
)


def is_page_number(line: str) -> bool:
    """Tell whether a line is nothing but the number of its page, with that of all pages or without."""
    match = _PAGE_NUMBER.fullmatch(line)
    return match is not None and (match[2] is None or 0 < int(match[1]) <= int(match[2]))


def tables_and_lines(rows: Iterable[list[str]], ordinals: Iterator[int], sheet: str = "") -> list[Block]:
    """Make tables of rows; a row with one text that the forms do not know is a paragraph between them.

    A row in which everything is struck is gone.
    """
    blocks: list[Block] = []
    table: Table | None = None
    for row in rows:
        filled = [text for text in row if text]
        if all(map(is_struck, filled)):
            continue
        if len(filled) == 1 and not meaning_of(filled[0]).known:
            blocks.append(filled[0])
            table = None
            continue
        if table is None:
            table = Table(next(ordinals), [], sheet=sheet)
            blocks.append(table)
        table.rows.append(row)
    return blocks
