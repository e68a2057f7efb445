"""The snapshot that analysts open: built aside, checked, and moved into place in one step."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import StoreError, one_line
from warehouse.lake import CATALOGUE
from warehouse.location import Lake, Store, without_secrets
from warehouse.migrations import migrate
from warehouse.sql import literal
from warehouse.store import Connection

_COUNTS = """
    SELECT (SELECT count(*) FROM core.report), (SELECT count(*) FROM core.cell), (SELECT count(*) FROM audit.finding)
"""

_TABLES = f"""
    SELECT schema_name, table_name FROM duckdb_tables()
    WHERE database_name = '{CATALOGUE}' AND (schema_name, table_name) <> ('audit', 'migration')
"""


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot: where it is, its size in bytes and what it holds, every version counted."""

    path: Path
    bytes: int
    reports: int
    cells: int
    findings: int


def copy_store(connection: Connection, store: Store, target: Path) -> None:
    """Copy the store to a file beside others, every change in it: a lake as it stands at this moment.

    ``connection`` is the writer's, so nothing changes meanwhile. Close it right after: reading the file from this
    process gives DuckDB's lock on it away. Raises :class:`StoreError` if the copy cannot be made or differs.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        expected = _copy_lake(connection, target) if isinstance(store, Lake) else _copy_file(connection, store, target)
        found = _held(target)
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror}") from error
    except duckdb.Error as error:
        raise StoreError(f"{target}: {without_secrets(one_line(error))}") from error
    if found != expected:
        raise StoreError(f"{target}: the copy holds {found}, the warehouse {expected}")


def _copy_file(connection: Connection, store: Path, target: Path) -> tuple[int, ...] | None:
    connection.execute("CHECKPOINT")
    expected = connection.execute(_COUNTS).fetchone()
    shutil.copyfile(store, target)
    return expected


def _copy_lake(connection: Connection, target: Path) -> tuple[int, ...] | None:
    """Copy every table, as one transaction sees it, into a new file with this code's schema and views."""
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as file:
        migrate(file)
    connection.execute(f"ATTACH {literal(str(target))} AS copy")
    connection.begin()
    try:
        expected = connection.execute(_COUNTS).fetchone()
        for table in connection.execute(_TABLES).fetchall():
            name = ".".join(table)
            connection.execute(f"INSERT INTO copy.{name} BY NAME FROM {CATALOGUE}.{name}")
    except BaseException:
        connection.rollback()
        raise
    else:
        connection.commit()
    finally:
        connection.execute("DETACH copy")
    return expected


def publish(connection: Connection, store: Store, published: Path) -> Snapshot:
    """Publish the store: copied aside, checked, and moved into place by an atomic rename.

    The same holds for ``connection`` as in :func:`copy_store`. Readers of the old snapshot keep it. If anything
    fails the old snapshot stays and :class:`StoreError` is raised.
    """
    aside = published.with_name(f".{published.name}.{os.getpid()}")
    try:
        copy_store(connection, store, aside)
        reports, cells, findings = _held(aside)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(published)
    except (OSError, StoreError) as error:
        raise StoreError(f"{error}; the old snapshot stays") from error
    finally:
        aside.unlink(missing_ok=True)
    return Snapshot(published, published.stat().st_size, reports, cells, findings)


def _held(path: Path) -> tuple[int, int, int]:
    with duckdb.connect(str(path), read_only=True) as copy:
        row = copy.execute(_COUNTS).fetchone()
    return row if row else (0, 0, 0)
