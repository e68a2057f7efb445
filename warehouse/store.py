"""Opening the store: one writer process or many readers, migrated to the schema this code knows."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import duckdb

from warehouse.errors import StoreError, StoreLockedError, StoreMissingError
from warehouse.migrations import migrate

Connection: TypeAlias = duckdb.DuckDBPyConnection
"""A connection to the store; the only type of DuckDB's that other packages see."""

SEARCH_PATH = "main,core,audit,raw"
"""Unqualified names mean the analysts' views first, then the tables behind them."""

_RETRY_SECONDS = 0.25
_writing_here: defaultdict[Path, threading.RLock] = defaultdict(threading.RLock)


def memory() -> Connection:
    """Open an empty, migrated store in memory."""
    connection = duckdb.connect(":memory:")
    migrate(connection)
    connection.execute(f"SET search_path = '{SEARCH_PATH}'")
    return connection


@contextmanager
def writer(
    path: Path, *, wait_seconds: float = 0.0, on_wait: Callable[[str], None] | None = None
) -> Iterator[Connection]:
    """Open the store for writing, made and migrated if need be, alone in this process and among processes.

    While another process holds DuckDB's file lock, tries again for ``wait_seconds`` and calls ``on_wait``
    once with a sentence that names the holder. Raises :class:`StoreLockedError` after that, ``SchemaTooNewError``
    for a store of a later Gouji, and :class:`StoreError` for a file that is not a store or cannot be written.
    """
    with _writing_here[path.resolve()]:
        connection = _connect_patiently(path, wait_seconds, on_wait)
        try:
            migrate(connection)
            connection.execute(f"SET search_path = '{SEARCH_PATH}'")
            connection.execute("SET TimeZone = 'Asia/Shanghai'")
            yield connection
        finally:
            connection.close()


@contextmanager
def reader(path: Path) -> Iterator[Connection]:
    """Open a published snapshot read-only, cut off from files and the network, with its configuration locked."""
    if not path.exists():
        raise StoreMissingError(f"{path}: no snapshot yet; run `gouji backfill YEAR` or `gouji demo` first")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise StoreError(f"{path}: {one_line(error)}") from error
    try:
        connection.execute(f"SET search_path = '{SEARCH_PATH}'")
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit what happens inside, or nothing of it."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def one_line(error: Exception) -> str:
    """Reduce a DuckDB error to its first line, without the candidate list and the caret drawing."""
    return str(error).strip().splitlines()[0]


def _connect_patiently(path: Path, wait_seconds: float, on_wait: Callable[[str], None] | None) -> Connection:
    deadline = time.monotonic() + wait_seconds
    told = False
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return duckdb.connect(str(path))
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}; choose a folder you can write to with GOUJI_HOME") from error
        except duckdb.IOException as error:
            holder = re.search(r"PID (\d+)", str(error))
            if "Could not set lock" not in str(error):
                raise StoreError(f"{path}: {one_line(error)}") from error
            who = f"process {holder[1]}" if holder else "another process"
            if time.monotonic() >= deadline:
                raise StoreLockedError(
                    f"{path}: {who} is writing to the warehouse; wait until it has finished, or stop it"
                ) from error
            if on_wait is not None and not told:
                on_wait(f"waiting for the warehouse: {who} is writing to {path}")
                told = True
            time.sleep(_RETRY_SECONDS)
        except duckdb.Error as error:
            raise StoreError(f"{path}: {one_line(error)}") from error
