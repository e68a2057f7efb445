"""Read-only SQL on the published snapshot."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.errors import QueryError, one_line
from warehouse.store import reader


def query(
    snapshot: Path,
    sql: str,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
    *,
    timeout_seconds: float = 60.0,
) -> pa.Table:
    """Run one query on the snapshot and return its rows.

    It can neither write nor reach files, the network or extensions. Raises ``StoreMissingError`` if there is no
    snapshot, and :class:`QueryError` with DuckDB's reason if the query is wrong, refused, or takes too long.
    """
    with reader(snapshot) as connection:
        watchdog = threading.Timer(timeout_seconds, connection.interrupt)
        watchdog.start()
        try:
            return connection.execute(sql, parameters or None).to_arrow_table()
        except duckdb.InterruptException as error:
            raise QueryError(f"stopped after {timeout_seconds:g} s; narrow the query or raise --timeout") from error
        except duckdb.Error as error:
            raise QueryError(one_line(error)) from error
        finally:
            watchdog.cancel()


def rows(snapshot: Path, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
    """Run one query on the snapshot and return its rows as mappings by column name."""
    found: list[dict[str, Any]] = query(snapshot, sql, parameters).to_pylist()
    return found
