"""Batches on their way into the store: one folder, one Parquet file a table, complete or not there at all."""

import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import store
from warehouse.rows import Row

STAGED_TABLES = {
    "source": "core.source",
    "organ": "core.organ",
    "organ_alias": "core.organ_alias",
    "succession": "core.succession",
    "expected_report": "core.expected_report",
    "source_floor": "core.source_floor",
    "link": "raw.link",
    "page": "raw.page",
    "sighting": "core.sighting",
    "reading": "core.reading",
    "report": "core.report",
    "report_table": "core.report_table",
    "cell": "core.cell",
    "statistics_line": "core.statistics_line",
    "statement": "core.statement",
    "problem": "audit.problem",
}
"""The tables a batch may hold, by the name of their file."""

ITEM = "item"
"""The file that names every item the batch dealt with, so that problems of items now well are resolved."""

_ITEM_SCHEMA = pa.schema([("stage", pa.string()), ("item", pa.string())])


Rows = Sequence[Row] | Mapping[str, Sequence[object]]
"""The rows of a table, each with its values by column; of a long one its columns, each with the values of all rows."""


@cache
def arrow_schemas() -> Mapping[str, pa.Schema]:
    """Return the Arrow schema of every staged table, as the migrations declare it."""
    with store.memory(views=False) as connection:
        schemas = {
            name: connection.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
            for name, table in STAGED_TABLES.items()
        }
    return {**schemas, ITEM: _ITEM_SCHEMA}


def write_batch(directory: Path, tables: Mapping[str, Rows]) -> Path:
    """Write the rows of tables to a batch folder; return the folder.

    The folder appears under its name only once it is complete; a folder of the same name is replaced.
    Columns that rows do not name are NULL.
    """
    partial = directory.with_name(directory.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name, rows in ((name, rows) for name, rows in tables.items() if rows):
        pq.write_table(_arrow_table(name, rows), partial / f"{name}.parquet", compression="zstd")
    shutil.rmtree(directory, ignore_errors=True)
    partial.rename(directory)
    return directory


def insert_rows(connection: store.Connection, tables: Mapping[str, Rows]) -> None:
    """Insert rows straight into a store's tables, without staging or merging: for a store in memory."""
    for name, rows in tables.items():
        connection.register("rows_to_insert", _arrow_table(name, rows))
        connection.execute(f"INSERT INTO {STAGED_TABLES[name]} SELECT * FROM rows_to_insert")
        connection.unregister("rows_to_insert")


def _arrow_table(name: str, rows: Rows) -> pa.Table:
    schema = arrow_schemas()[name]
    if isinstance(rows, Mapping):
        length = len(next(iter(rows.values()), ()))
        columns = {column: rows.get(column, [None] * length) for column in schema.names}
    else:
        columns = {column: [row.get(column) for row in rows] for column in schema.names}
    return pa.Table.from_pydict(columns, schema=schema)
