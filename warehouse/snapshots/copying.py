"""A copy of the store in a DuckDB file of its own, every change in it, without holes."""

import errno
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.comments.writing import describe
from warehouse.connection.faults import FULL_DISK, store_error
from warehouse.connection.lake import CATALOGUE
from warehouse.connection.location import Lake, Store
from warehouse.connection.memory import beside
from warehouse.connection.transactions import connect, roll_back
from warehouse.errors import StoreError
from warehouse.migrations import migrate
from warehouse.sql import identifier, literal
from warehouse.store import Connection

Counts = dict[str, int]
"""Rows by table, as ``core.report``."""


_TABLES = """
    SELECT schema_name || '.' || table_name FROM duckdb_tables()
    WHERE database_name = current_database() AND (schema_name, table_name) <> ('audit', 'migration') ORDER BY ALL
"""
_HOLES_WORTH_FILLING, _WORTHWHILE_BYTES = 0.25, 10_000_000
"""Share and size of a file's unused blocks from which on its rows are copied instead of its bytes."""


def copy_store(connection: Connection, store: Store, target: Path) -> Counts:
    """Copy the store as :func:`write_copy` does, and prove the copy as :func:`open_copy` does; return its rows."""
    counts = write_copy(connection, store, target)
    with open_copy(target, counts, beside(connection)):
        return counts


def write_copy(connection: Connection, store: Store, target: Path) -> Counts:
    """Copy the store to a file beside others, a lake as it stands at this moment; return the rows of its tables.

    ``connection`` is the writer's, so nothing changes meanwhile. Raises :class:`StoreError` if the copy cannot be made.
    """
    with _named(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        return _copy_lake(connection, target) if isinstance(store, Lake) else _copy_file(connection, store, target)


@contextmanager
def open_copy(path: Path, expected: Counts, room: Mapping[str, str]) -> Iterator[Connection]:
    """Open a copy to read. Raises :class:`StoreError` if it cannot be read or holds other rows than expected."""
    with _named(path), connect(str(path), read_only=True, config=room) as copy:
        found = _count(copy, expected)
        for name, rows in expected.items():
            if found[name] != rows:
                raise StoreError(f"{path}: the copy holds {found[name]} rows of {name}, the warehouse {rows}")
        yield copy


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let what fails name the copy that it failed for."""
    try:
        yield
    except OSError as error:
        remedy = f"; {FULL_DISK}" if error.errno == errno.ENOSPC else ""
        raise StoreError(f"{path}: {error.strerror}{remedy}") from error
    except duckdb.Error as error:
        raise store_error(error, path) from error


def row_counts(connection: Connection) -> Counts:
    """Count the rows of every table of the connection's database."""
    return _count(connection, [name for (name,) in connection.execute(_TABLES).fetchall()])


def _count(connection: Connection, tables: Iterable[str]) -> Counts:
    tables = list(tables)
    counted = connection.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in tables)).fetchone()
    return dict(zip(tables, counted or (), strict=True))


def _copy_file(connection: Connection, store: Path, target: Path) -> Counts:
    connection.execute("CHECKPOINT")
    expected = row_counts(connection)
    if not _is_full_of_holes(connection):
        copy_file(store, target)
        return expected
    row = connection.execute("SELECT current_database()").fetchone()
    connection.execute(f"ATTACH {literal(str(target))} AS copy")
    try:
        connection.execute(f"COPY FROM DATABASE {identifier(str(row and row[0]))} TO copy")
    finally:
        connection.execute("DETACH copy")
    return expected


def copy_file(source: Path, target: Path) -> None:
    """Copy a file in a process of its own: one that closed a file here would give away DuckDB's lock on it.

    Raises :class:`OSError` with the reason in its ``strerror``.
    """
    command = ["cp", "--", str(source), str(target)]
    done = subprocess.run(command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        reason = done.stderr.strip().rpartition(": ")[2]
        raise OSError(errno.ENOSPC if reason == os.strerror(errno.ENOSPC) else errno.EIO, reason)


def _is_full_of_holes(connection: Connection) -> bool:
    row = connection.execute(
        "SELECT free_blocks, total_blocks, block_size FROM pragma_database_size() "
        "WHERE database_name = current_database()"
    ).fetchone()
    free, total, size = row or (0, 0, 0)
    return bool(free * size > _WORTHWHILE_BYTES and free > total * _HOLES_WORTH_FILLING)


def _copy_lake(connection: Connection, target: Path) -> Counts:
    """Copy every table, as one transaction sees it, into a new file with this code's schema, views and comments."""
    with connect(str(target)) as file:
        migrate(file)
        describe(file)
    connection.execute(f"ATTACH {literal(str(target))} AS copy")
    connection.begin()
    try:
        expected = row_counts(connection)
        for name in expected:
            connection.execute(f"DELETE FROM copy.{name}")
            connection.execute(f"INSERT INTO copy.{name} BY NAME FROM {CATALOGUE}.{name}")
    except BaseException:
        roll_back(connection)
        raise
    else:
        connection.commit()
    finally:
        connection.execute("DETACH copy")
    return expected
