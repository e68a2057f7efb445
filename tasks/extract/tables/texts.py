"""A document as one sequence of labels and figures, for reading by text order."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tasks.extract.documents import Document, Table
from tasks.extract.figures import read_figure
from tasks.extract.report import UNREADABLE, Place
from tasks.extract.tables.column_numbers import numbers_columns
from tasks.extract.tables.readings import PlacedText
from tasks.extract.tables.rows import Row
from tasks.extract.vocabulary import meaning_of

_FEWEST_WORDS, _LONGEST_LABELS = 2, 160
"""Words, and characters, of a line that may hold several labels."""


_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]+\s*\d{1,3}\s*[-—–－]+|第\s*\d{1,3}\s*页.{0,8}|\d{1,3} / \d{1,3})\s*")


def texts_in_order(document: Document, rows: Mapping[int, Sequence[Row]]) -> list[PlacedText]:
    """Return every cell, and every line outside tables; a line that ends in figures gives each of them.

    ``rows`` are those of each table, in the form's shape, by its ordinal. Lines have the number
    behind that of the last table, and their own number as row.
    """
    texts: list[PlacedText] = []
    outside = sum(1 for _ in document.tables)
    line = 0
    for block in document.blocks:
        if isinstance(block, Table):
            for row in rows[block.ordinal]:
                if not numbers_columns(row.texts):
                    texts += row.placed()
        elif isinstance(block, str):
            fields = block.split()
            if not (_PAGE_NUMBER.fullmatch(block) or numbers_columns(fields)):
                texts += _line(block, fields, outside, line)
                line += 1
    return texts


def _line(text: str, fields: list[str], table: int, line: int) -> Iterator[PlacedText]:
    start = len(fields)
    if read_figure(text[-1:]).state is not UNREADABLE or text.endswith(("件", "元")):
        while start > 0 and read_figure(fields[start - 1]).state is not UNREADABLE:
            start -= 1
    for index, field in enumerate((*_labels(fields[:start]), *fields[start:])):
        yield field, Place(table, line, index)


def _labels(fields: list[str]) -> list[str]:
    """Cut the words before the figures into the labels that the forms know, and a rest that may go on in the next line.

    A running number before them is no label.
    """
    whole = " ".join(fields)
    if len(fields) < _FEWEST_WORDS or len(whole) > _LONGEST_LABELS or meaning_of(whole).known:
        return [whole] if fields else []
    labels: list[str] = []
    at = int(fields[0].isdigit())
    while at < len(fields):
        ends = range(len(fields), at, -1)
        end = next((end for end in ends if _is_label(fields[at:end])), None)
        if end is None:
            begin = next((begin for begin in range(at + 1, len(fields)) if _is_label(fields[begin:])), None)
            if begin is None or labels:
                return [*labels, " ".join(fields[at:])] if labels else [whole]
            end = begin
        labels.append(" ".join(fields[at:end]))
        at = end
    return labels


def _is_label(fields: list[str]) -> bool:
    return meaning_of(" ".join(fields)).known
