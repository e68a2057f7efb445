"""How tables on pages depart from the form's shape: spans that do not meet, tables in pieces."""

from dataclasses import replace
from random import Random

from samples.dresses.document import Document, PrintedCell, PrintedRow, PrintedTable, Quirk, RowKind, each_table
from warehouse.forms import TableCode


def misaligned_spans(width: int = 5) -> Quirk:
    """Spread the cells of section two over ``width`` columns, header and data rows of a block each in its own way."""

    def quirk(document: Document, random: Random) -> Document:
        def misaligned(table: PrintedTable) -> tuple[PrintedTable, ...]:
            if table.code is not TableCode.PROACTIVE:
                return (table,)
            spans: dict[tuple[int, RowKind], tuple[int, ...]] = {}
            rows = []
            for row in table.rows:
                chosen = spans.setdefault((row.block, row.kind), _composition(width, len(row.cells), random))
                cells = (replace(cell, column_span=span) for cell, span in zip(row.cells, chosen, strict=True))
                rows.append(replace(row, cells=tuple(cells)))
            return (replace(table, rows=tuple(rows)),)

        return each_table(document, misaligned)

    return quirk


def _composition(total: int, parts: int, random: Random) -> tuple[int, ...]:
    """Split ``total`` into ``parts`` positive numbers."""
    cuts = sorted(random.sample(range(1, total), parts - 1))
    return tuple(high - low for low, high in zip((0, *cuts), (*cuts, total), strict=True))


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
            at = random.randint(8, len(table.rows) - 4)
            header = tuple(row for row in table.rows if row.kind is RowKind.HEADER) if repeat_header else ()
            first, second = _split(table.rows, at, repeat_groups)
            return replace(table, rows=first), replace(table, rows=(*header, *second))

        return each_table(document, broken)

    return quirk


def _split(
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
