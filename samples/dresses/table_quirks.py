"""Tables in pieces, and tables that stand twice."""

from dataclasses import replace
from random import Random

from samples.dresses.document import Block, Document, PrintedCell, PrintedRow, PrintedTable, Quirk, RowKind, each_table
from warehouse.forms import TableCode


def blocks_apart(document: Document, random: Random) -> Document:
    """Print section two as one table per block."""

    def apart(table: PrintedTable) -> tuple[PrintedTable, ...]:
        if table.code is not TableCode.PROACTIVE:
            return (table,)
        ordinals = dict.fromkeys(row.block for row in table.rows)
        return tuple(
            replace(table, rows=tuple(row for row in table.rows if row.block == ordinal)) for ordinal in ordinals
        )

    return each_table(document, apart)


def page_break(repeat_header: bool = True, repeat_groups: bool = True) -> Quirk:
    """Break section three into two tables somewhere in the middle, as at the end of a page."""

    def quirk(document: Document, random: Random) -> Document:
        def broken(table: PrintedTable) -> tuple[PrintedTable, ...]:
            if table.code is not TableCode.APPLICATIONS:
                return (table,)
            header = tuple(row for row in table.rows if row.kind is RowKind.HEADER)
            at = random.randint(len(header) + 5, len(table.rows) - 4)
            first, second = cut(table.rows, at, repeat_groups)
            return replace(table, rows=first), replace(table, rows=(*(header if repeat_header else ()), *second))

        return each_table(document, broken)

    return quirk


def cut(
    rows: tuple[PrintedRow, ...], at: int, repeat_groups: bool
) -> tuple[tuple[PrintedRow, ...], tuple[PrintedRow, ...]]:
    """Cut rows in two before row ``at``; cells that reach over the cut are closed above it and go on below it."""
    first = []
    continued: list[PrintedCell] = []
    for position, row in enumerate(rows[:at]):
        cells = []
        for cell in row.cells:
            above = min(cell.row_span, at - position)
            if above < cell.row_span:
                text = cell.text if repeat_groups else ""
                continued.append(replace(cell, text=text, row_span=cell.row_span - above))
            cells.append(replace(cell, row_span=above))
        first.append(replace(row, cells=tuple(cells)))
    second = list(rows[at:])
    second[0] = replace(second[0], cells=(*continued, *second[0].cells))
    return tuple(first), tuple(second)


def hidden_copies(document: Document, random: Random) -> Document:
    """Every table once more for the printer, hidden from readers."""
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.append(block)
        if isinstance(block, PrintedTable):
            blocks.append(replace(block, hidden=True))
    return replace(document, blocks=tuple(blocks))


def copies_at_the_end(document: Document, random: Random) -> Document:
    """Every table once more at the end of the page, for all to see."""
    return replace(document, blocks=(*document.blocks, *document.tables))
