"""The statutory tables of a document: read twice, assembled once."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.documents import Block, Document
from tasks.extract.tables.agreement import disagreements
from tasks.extract.tables.assembly import StatutoryTables, assemble
from tasks.extract.tables.below import rows_of_year_below
from tasks.extract.tables.by_grid import read_grid
from tasks.extract.tables.by_order import read_order
from tasks.extract.tables.parted_rows import with_parted_rows_joined
from tasks.extract.tables.readings import RowReading
from tasks.extract.tables.reshaping import rows_of
from tasks.extract.tables.sums_below import rows_with_sums_for_parts
from tasks.extract.tables.texts import texts_in_order
from warehouse.forms import TableCode


def tables_with_figures(blocks: Sequence[Block]) -> frozenset[TableCode]:
    """Return the statutory tables that have figures in some blocks."""
    document = Document(list(blocks))
    rows = {table.ordinal: rows_of(table) for table in document.tables}
    return frozenset(reading.table for reading in read_order(texts_in_order(document, rows)) if reading.figures)


def _stands_in(reading: RowReading, table: int) -> bool:
    return all(place.table == table for _, place in reading.values)


def read_tables(document: Document, item: str, year: int | None) -> StatutoryTables | None:
    """Read the statutory tables by grid, and those set in lines instead of cells by order; ``None`` if there are none.

    Of a table in cells, rows that these lack are taken from lines, in the columns of its header.
    """
    rows = {
        table.ordinal: with_parted_rows_joined(rows_with_sums_for_parts(rows_of_year_below(rows_of(table), year)))
        for table in document.tables
    }
    first, second = read_grid(document, rows, year), read_order(texts_in_order(document, rows), year)
    tables_in_cells = {reading.table for reading in first}
    rows_in_cells = {(reading.table, reading.row) for reading in first}
    outside = sum(1 for _ in document.tables)
    orders = {reading.table: reading.columns for reading in first if reading.columns}
    readings = first + [
        replace(reading, columns=orders.get(reading.table, reading.columns))
        for reading in second
        if reading.table not in tables_in_cells
        or ((reading.table, reading.row) not in rows_in_cells and _stands_in(reading, outside))
    ]
    if not readings:
        return None
    tables = assemble(readings, item)
    for table, detail in disagreements(first, second).items():
        tables.doubt(table, "readings_disagree", detail)
    return tables
