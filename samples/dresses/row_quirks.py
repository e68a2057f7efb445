"""Rows that pages lack, repeat, borrow or add."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from random import Random

from samples.dresses.document import (
    Block,
    Document,
    Paragraph,
    PrintedCell,
    PrintedRow,
    PrintedTable,
    RowKind,
    each_row,
    each_table,
)
from samples.dresses.layout import is_money
from samples.dresses.table_quirks import cut
from warehouse.forms import TableCode

_NOTES = (
    "注：1.本表统计范围为本机关及所属单位；2.数据截至12月31日。",
    "填表说明：申请数量以登记为准，本年共核对3次。",
)


_MOST_ROWS_OF_A_GROUP = 8


def _width(rows: tuple[PrintedRow, ...]) -> int:
    return max(sum(cell.column_span for cell in row.cells) for row in rows)


def captions_lost(document: Document, random: Random) -> Document:
    """Section two without its 第二十条第（X）项 rows."""
    return each_row(
        document, TableCode.PROACTIVE, lambda rows: (row for row in rows if row.kind is not RowKind.CAPTION)
    )


def captions_above(document: Document, random: Random) -> Document:
    """The captions of section two as paragraphs between tables, one table per block."""
    blocks: list[Block] = []
    for block in document.blocks:
        if not isinstance(block, PrintedTable) or block.code is not TableCode.PROACTIVE:
            blocks.append(block)
            continue
        for ordinal in dict.fromkeys(row.block for row in block.rows):
            rows = tuple(row for row in block.rows if row.block == ordinal)
            blocks += [Paragraph(row.cells[0].text) for row in rows if row.kind is RowKind.CAPTION]
            blocks.append(replace(block, rows=tuple(row for row in rows if row.kind is not RowKind.CAPTION)))
    return replace(document, blocks=tuple(blocks))


def captions_aside(document: Document, random: Random) -> Document:
    """The captions of section two in a further column at the left, each over the rows of its block."""

    def aside(rows: tuple[PrintedRow, ...]) -> Iterator[PrintedRow]:
        captions = {row.block: row.cells[0] for row in rows if row.kind is RowKind.CAPTION}
        for row in rows:
            if row.kind is RowKind.CAPTION:
                continue
            caption = captions.pop(row.block, None)
            if caption is not None:
                height = sum(other.block == row.block for other in rows) - 1
                row = replace(row, cells=(replace(caption, column_span=1, row_span=height), *row.cells))
            yield row

    return each_row(document, TableCode.PROACTIVE, aside)


def headers_lost(document: Document, random: Random) -> Document:
    """No header in section three, nor in the later blocks of section two, except where it names the unit of money."""

    def kept(table: PrintedTable) -> tuple[PrintedTable, ...]:
        if table.code is TableCode.DISPUTES:
            return (table,)
        needed = {row.block for row in table.rows if any(is_money(cell, table.edition) for cell in row.cells)}
        if table.code is TableCode.PROACTIVE:
            needed.add(0)
        rows = (row for row in table.rows if row.kind is not RowKind.HEADER or row.block in needed)
        return (replace(table, rows=tuple(rows)),)

    return each_table(document, kept)


def headers_repeated(document: Document, random: Random) -> Document:
    """The header of section three once more in the middle of the table."""

    def repeated(rows: tuple[PrintedRow, ...]) -> Iterator[PrintedRow]:
        at = random.randint(8, len(rows) - 4)
        above, below = cut(rows, at, repeat_groups=True)
        yield from above
        yield from (row for row in rows if row.kind is RowKind.HEADER)
        yield from below

    return each_row(document, TableCode.APPLICATIONS, repeated)


def headers_borrowed(document: Document, random: Random) -> Document:
    """Blocks of section two under the header of the first block, where it has as many columns."""

    def borrowed(rows: tuple[PrintedRow, ...]) -> Iterator[PrintedRow]:
        first = next(row for row in rows if row.kind is RowKind.HEADER)
        for row in rows:
            fits = row.kind is RowKind.HEADER and row.block in (1, 2) and len(row.cells) == len(first.cells)
            yield replace(row, cells=first.cells) if fits else row

    return each_row(document, TableCode.PROACTIVE, borrowed)


def footnotes(document: Document, random: Random) -> Document:
    """A note, with figures in it, as the last row of a table."""

    def noted(table: PrintedTable) -> tuple[PrintedTable, ...]:
        note = PrintedRow(RowKind.NOTE, table.rows[-1].block, (PrintedCell(random.choice(_NOTES), _width(table.rows)),))
        return (replace(table, rows=(*table.rows, note)),)

    return each_table(document, noted)


def spacer_rows(document: Document, random: Random) -> Document:
    """Empty rows between the blocks of section two and at the end of the other tables."""

    def spaced(table: PrintedTable) -> tuple[PrintedTable, ...]:
        width = _width(table.rows)
        rows: list[PrintedRow] = []
        for row in table.rows:
            if row.kind is RowKind.CAPTION and rows:
                rows.append(PrintedRow(RowKind.NOTE, row.block, (PrintedCell("", width),)))
            rows.append(row)
        rows.append(PrintedRow(RowKind.NOTE, rows[-1].block, (PrintedCell("", width),)))
        return (replace(table, rows=tuple(rows)),)

    return each_table(document, spaced)


def subtotals(document: Document, random: Random) -> Document:
    """A row 小计 at the end of every group of outcomes in section three; the form has none."""

    def with_subtotals(rows: tuple[PrintedRow, ...]) -> Iterator[PrintedRow]:
        groups = {position: row.cells[-9].row_span for position, row in enumerate(rows) if _opens_group(row)}
        ends = {position + height - 1: position for position, height in groups.items()}
        for position, row in enumerate(rows):
            spans = [cell.row_span for cell in row.cells]
            if position in groups:
                spans[-9] += 1
            if spans[0] > _MOST_ROWS_OF_A_GROUP:
                spans[0] += len(groups)
            cells = (replace(cell, row_span=span) for cell, span in zip(row.cells, spans, strict=True))
            yield replace(row, cells=tuple(cells))
            if position in ends:
                yield _subtotal(rows[ends[position] : position + 1])

    return each_row(document, TableCode.APPLICATIONS, with_subtotals)


def _opens_group(row: PrintedRow) -> bool:
    """Whether a row of section three begins a group such as (三)不予公开."""
    return row.kind is RowKind.DATA and len(row.cells) >= 9 and 1 < row.cells[-9].row_span <= _MOST_ROWS_OF_A_GROUP


def _subtotal(members: tuple[PrintedRow, ...]) -> PrintedRow:
    columns = zip(*(row.cells[-7:] for row in members), strict=True)
    sums = (sum((cell.value or Decimal(0) for cell in column), Decimal(0)) for column in columns)
    return PrintedRow(RowKind.DATA, 0, (PrintedCell("小计"), *(PrintedCell(str(figure)) for figure in sums)))


def numbered_rows(document: Document, random: Random) -> Document:
    """A column 序号 at the left of section three."""
    return _with_column(document, "序号", str, lambda row: 0)


def numbered_figures(document: Document, random: Random) -> Document:
    """A column 行次 of running numbers between the labels and the figures of section three."""
    return _with_column(document, "行次", str, lambda row: -7)


def remarks(document: Document, random: Random) -> Document:
    """A column 备注 behind the figures of section three, with the same word in every row."""
    remark = random.choice(("", "无", "/", "0"))
    return _with_column(document, "备注", lambda number: remark, lambda row: len(row.cells))


def _with_column(
    document: Document, heading: str, text: Callable[[int], str], place: Callable[[PrintedRow], int]
) -> Document:
    """Add a column to section three, its heading over all lines of the header; ``text`` takes the row's number."""

    def widened(rows: tuple[PrintedRow, ...]) -> Iterator[PrintedRow]:
        numbers = count(1)
        for before, row in zip((None, *rows), rows, strict=False):
            if row.kind is RowKind.DATA:
                yield _inserted(row, place(row), PrintedCell(text(next(numbers))))
            elif row.kind is RowKind.HEADER and (before is None or before.kind is not RowKind.HEADER):
                at = place(row) if place(row) >= 0 else 1
                yield _inserted(row, at, PrintedCell(heading, 1, row.cells[0].row_span))
            else:
                yield row

    return each_row(document, TableCode.APPLICATIONS, widened)


def _inserted(row: PrintedRow, at: int, cell: PrintedCell) -> PrintedRow:
    cells = list(row.cells)
    cells.insert(at, cell)
    return replace(row, cells=tuple(cells))
