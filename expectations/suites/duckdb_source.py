"""A DuckDB file as a data source of Great Expectations, which has no DuckDB support of its own.

Its SQL engine hands out cursors of connections that it has already returned to the pool, where DuckDB has no rows
for it any more, and reports that as failed expectations. This engine keeps one connection for its whole life.
"""

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import sqlalchemy
from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine

NAME = "warehouse"

_MEMORY = "200MB"
"""What does not fit goes beside the file."""


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Runs every query on one connection, so that results outlive the call that made them."""

    _kept: sqlalchemy.Connection | None = None

    @contextmanager
    def get_connection(self) -> Iterator[sqlalchemy.Connection]:
        """Yield the one connection, opened on first use."""
        if self._kept is None:
            self._kept = self.engine.connect()
        yield self._kept

    def close(self) -> None:
        """Close the connection, so that the file can be opened for writing again."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self.engine.dispose()


class DuckDBDatasource(SQLDatasource):
    """A DuckDB file, opened read-only."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> builtins.type[DuckDBExecutionEngine]:
        """The engine that keeps its connection."""
        return DuckDBExecutionEngine


@contextmanager
def open_source(context: AbstractDataContext, database: Path) -> Iterator[DuckDBDatasource]:
    """Give the context a data source on the file, and close the file again afterwards."""
    context.data_sources.delete(NAME)
    source = context.data_sources.add_duckdb(
        NAME,
        connection_string=f"duckdb:///{database.resolve()}",
        kwargs={"connect_args": {"read_only": True, "config": {"memory_limit": _MEMORY}}},
    )
    try:
        yield source
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()
