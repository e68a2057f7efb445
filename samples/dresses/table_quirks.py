"""Tables in pieces, and tables that stand twice."""

from dataclasses import replace
from random import Random

from samples.dresses.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    PrintedCell,
    PrintedRow,
    PrintedTable,
    Quirk,
    RowKind,
    each_table,
)
from warehouse.forms import FORMS, STATUTORY_TABLES, TOTAL_COLUMN, TableCode


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


def one_sheet(document: Document, random: Random) -> Document:
    """The three sections as one table, headings in rows of their own, as a saved spreadsheet."""
    tables = tuple(document.tables)
    width = max(sum(cell.column_span for cell in row.cells) for table in tables for row in table.rows)
    first = document.blocks.index(tables[0])
    last = document.blocks.index(tables[-1])
    rows: list[PrintedRow] = []
    for block in document.blocks[first : last + 1]:
        if isinstance(block, PrintedTable):
            rows += block.rows
        elif isinstance(block, Heading | Paragraph):
            rows.append(PrintedRow(RowKind.NOTE, 0, (PrintedCell(block.text, width),)))
    sheet = replace(tables[0], rows=tuple(rows))
    return replace(document, blocks=(*document.blocks[:first], sheet, *document.blocks[last + 1 :]))


def table_lost(document: Document, random: Random) -> Document:
    """One of the three tables is missing; its heading stands."""
    lost = random.choice(STATUTORY_TABLES)
    return each_table(document, lambda table: () if table.code is lost else (table,))


def rows_lost(document: Document, random: Random) -> Document:
    """One row of figures of section three is missing."""

    def shortened(table: PrintedTable) -> tuple[PrintedTable, ...]:
        alone = [
            position
            for position, row in enumerate(table.rows)
            if row.kind is RowKind.DATA and all(cell.row_span == 1 for cell in row.cells)
        ]
        if table.code is not TableCode.APPLICATIONS or not alone:
            return (table,)
        at = random.choice(alone)
        first, second = cut(table.rows, at, repeat_groups=False)
        return (replace(table, rows=(*first, *_without_first(second))),)

    return each_table(document, shortened)


def _without_first(rows: tuple[PrintedRow, ...]) -> tuple[PrintedRow, ...]:
    """Drop the first row; cells that reach below it move down."""
    reaching = tuple(replace(cell, row_span=cell.row_span - 1) for cell in rows[0].cells if cell.row_span > 1)
    if not reaching:
        return rows[1:]
    return (replace(rows[1], cells=(*reaching, *rows[1].cells)), *rows[2:])


def hidden_copies(document: Document, random: Random) -> Document:
    """Every table once more for the printer, hidden from readers."""
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.append(block)
        if isinstance(block, PrintedTable):
            blocks.append(replace(block, hidden=True))
    return replace(document, blocks=tuple(blocks))


def blank_copies_first(document: Document, random: Random) -> Document:
    """The form to be filled in, in front of the report's tables."""
    first = next(at for at, block in enumerate(document.blocks) if isinstance(block, PrintedTable))
    blank = tuple(
        replace(table, rows=tuple(replace(row, cells=tuple(map(_blank, row.cells))) for row in table.rows))
        for table in document.tables
    )
    return replace(document, blocks=(*document.blocks[:first], *blank, *document.blocks[first:]))


def _blank(cell: PrintedCell) -> PrintedCell:
    return replace(cell, text="", key=None, value=None, state=None, unit=None, pieces=()) if cell.key else cell


def copies_at_the_end(document: Document, random: Random) -> Document:
    """Every table once more at the end of the page, for all to see."""
    return replace(document, blocks=(*document.blocks, *document.tables))


def totals_first(document: Document, random: Random) -> Document:
    """总计 before the other columns, in sections three and four. Goes before every quirk that rewrites labels."""

    def moved(table: PrintedTable) -> tuple[PrintedTable, ...]:
        columns = tuple(FORMS[table.code, table.edition].columns.values())
        if columns[-1].code != TOTAL_COLUMN:
            return (table,)
        first, total = columns[0], columns[-1]
        codes, labels = (first.code, total.code), (first.label.chinese, total.label.chinese)
        rows = (replace(row, cells=_total_first(row.cells, codes, labels)) for row in table.rows)
        return (replace(table, rows=tuple(rows)),)

    return each_table(document, moved)


def _total_first(
    cells: tuple[PrintedCell, ...], codes: tuple[str, str], labels: tuple[str, str]
) -> tuple[PrintedCell, ...]:
    """Move every cell of the last column before those since the first."""
    moved: list[PrintedCell] = []
    since = 0
    for cell in cells:
        name, (first, last) = (cell.key[2], codes) if cell.key else (cell.text, labels)
        since = len(moved) if name == first else since
        moved.insert(since if name == last else len(moved), cell)
    return tuple(moved)
