"""A document as one sequence of labels and figures, for reading by text order."""

from collections.abc import Iterator

from tasks.extract.document import Document, Table
from tasks.extract.figures import read_figure
from tasks.extract.readings import PlacedText
from tasks.records import CellState


def texts_in_order(document: Document) -> list[PlacedText]:
    """Return every cell, and every line outside tables; a line that ends in figures gives each of them.

    Lines have table 0 and their own number as row.
    """
    texts: list[PlacedText] = []
    line = 0
    for block in document.blocks:
        if isinstance(block, Table):
            table = block.ordinal
            for row, cells in enumerate(block.rows):
                texts += [(text, table, row, index) for index, text in enumerate(cells)]
        elif isinstance(block, str):
            texts += _line(block, line)
            line += 1
    return texts


def _line(text: str, line: int) -> Iterator[PlacedText]:
    if read_figure(text[-1:]).state is CellState.UNREADABLE and not text.endswith(("件", "元")):
        yield text, 0, line, 0
        return
    fields = text.split()
    start = len(fields)
    while start > 0 and read_figure(fields[start - 1]).state is not CellState.UNREADABLE:
        start -= 1
    if start:
        yield " ".join(fields[:start]), 0, line, 0
    for index, field in enumerate(fields[start:], start=bool(start)):
        yield field, 0, line, index
