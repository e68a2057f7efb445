"""How spans go wrong: header and data that do not meet, cells that should reach over rows or columns and do not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from samples.dresses.document import (
    Document,
    PrintedCell,
    PrintedRow,
    PrintedTable,
    Quirk,
    RowKind,
    each_cell,
    each_row,
    each_table,
)
from warehouse.forms import TableCode


def misaligned_spans(width: int = 5) -> Quirk:
    """Spread the cells of section two over ``width`` columns, header and data rows of a block each in its own way."""

    def quirk(document: Document, random: Random) -> Document:
        def misaligned(rows: tuple[PrintedRow, ...]) -> Iterator[PrintedRow]:
            spans: dict[tuple[int, RowKind], tuple[int, ...]] = {}
            for row in rows:
                chosen = spans.setdefault((row.block, row.kind), _composition(width, len(row.cells), random))
                cells = (replace(cell, column_span=span) for cell, span in zip(row.cells, chosen, strict=True))
                yield replace(row, cells=tuple(cells))

        return each_row(document, TableCode.PROACTIVE, misaligned)

    return quirk


def _composition(total: int, parts: int, random: Random) -> tuple[int, ...]:
    """Split ``total`` into ``parts`` positive numbers."""
    cuts = sorted(random.sample(range(1, total), parts - 1))
    return tuple(high - low for low, high in zip((0, *cuts), (*cuts, total), strict=True))


def _without_row_spans(fill: Callable[[PrintedCell], tuple[PrintedCell, ...]]) -> Quirk:
    """Every cell in its own row only; ``fill`` says what stands in the rows it should reach over."""

    def quirk(document: Document, random: Random) -> Document:
        def changed(table: PrintedTable) -> tuple[PrintedTable, ...]:
            return (replace(table, rows=tuple(_unspanned(table.rows, fill))),)

        return each_table(document, changed)

    return quirk


def _unspanned(
    rows: tuple[PrintedRow, ...], fill: Callable[[PrintedCell], tuple[PrintedCell, ...]]
) -> Iterator[PrintedRow]:
    reaching: dict[int, tuple[int, PrintedCell]] = {}
    for row in rows:
        cells: list[PrintedCell] = []
        column = 0
        own = iter(row.cells)
        cell = next(own, None)
        while cell is not None or column in reaching:
            if column in reaching:
                left, above = reaching.pop(column)
                cells.extend(fill(above))
                if left > 1:
                    reaching[column] = (left - 1, above)
                column += above.column_span
            elif cell is not None:
                single = replace(cell, row_span=1)
                cells.append(single)
                if cell.row_span > 1:
                    reaching[column] = (cell.row_span - 1, single)
                column += cell.column_span
                cell = next(own, None)
        yield replace(row, cells=tuple(cells))


row_spans_padded = _without_row_spans(lambda cell: (replace(cell, text=""),))
"""Empty cells where a cell should reach over several rows."""
row_spans_repeated = _without_row_spans(lambda cell: (cell,))
"""The label repeated in every row it should reach over."""
row_spans_lost = _without_row_spans(lambda cell: ())
"""Nothing where a cell should reach over several rows: rows of eight to ten cells."""


def row_spans_too_long(document: Document, random: Random) -> Document:
    """The labels of groups in section three reach one row too far, so that the rows behind are shifted."""

    def changed(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
        is_group = table.code is TableCode.APPLICATIONS and row.kind is RowKind.DATA and cell.row_span > 1
        return replace(cell, row_span=cell.row_span + 1) if is_group else cell

    return each_cell(document, changed)


def groups_as_rows(document: Document, random: Random) -> Document:
    """Group labels of section three on rows of their own, above the rows that they gather."""

    def changed(rows: tuple[PrintedRow, ...]) -> Iterator[PrintedRow]:
        width = max(sum(cell.column_span for cell in row.cells) for row in rows)
        for row in rows:
            own = [cell for cell in row.cells if row.kind is not RowKind.DATA or cell.row_span == 1]
            if len(own) < len(row.cells):
                for group in (cell for cell in row.cells if cell.row_span > 1):
                    yield PrintedRow(RowKind.NOTE, row.block, (replace(group, column_span=width, row_span=1),))
            yield replace(row, cells=tuple(own))

    return each_row(document, TableCode.APPLICATIONS, changed)


def empty_columns(document: Document, random: Random) -> Document:
    """One or two empty cells at the end of every row, as a spreadsheet leaves them."""
    count = random.randint(1, 2)

    def changed(table: PrintedTable) -> tuple[PrintedTable, ...]:
        rows = tuple(replace(row, cells=(*row.cells, *(PrintedCell(""),) * count)) for row in table.rows)
        return (replace(table, rows=rows),)

    return each_table(document, changed)


def column_spans_lost(document: Document, random: Random) -> Document:
    """No cell reaches over several columns in the data rows of section three."""

    def changed(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
        in_reach = table.code is TableCode.APPLICATIONS and row.kind is RowKind.DATA
        return replace(cell, column_span=1) if in_reach else cell

    return each_cell(document, changed)
