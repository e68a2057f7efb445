"""The snapshot that analysts open: built aside, checked, and moved into place in one step."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import StoreError
from warehouse.store import Connection, one_line

_COUNTS = """
    SELECT (SELECT count(*) FROM core.report), (SELECT count(*) FROM core.cell), (SELECT count(*) FROM audit.finding)
"""


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot: where it is, its size in bytes and what it holds, every version counted."""

    path: Path
    bytes: int
    reports: int
    cells: int
    findings: int


def copy_store(connection: Connection, working: Path, target: Path) -> None:
    """Copy the working store to a file beside others, every change in it.

    ``connection`` is the writer's, so nothing changes meanwhile. Close it right after: reading the file from this
    process gives DuckDB's lock on it away. Raises :class:`StoreError` if the copy cannot be made or differs.
    """
    try:
        connection.execute("CHECKPOINT")
        expected = connection.execute(_COUNTS).fetchone()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(working, target)
        found = _held(target)
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror}") from error
    except duckdb.Error as error:
        raise StoreError(f"{target}: {one_line(error)}") from error
    if found != expected:
        raise StoreError(f"{target}: the copy holds {found}, the warehouse {expected}")


def publish(connection: Connection, working: Path, published: Path) -> Snapshot:
    """Publish the working store: copied aside, checked, and moved into place by an atomic rename.

    The same holds for ``connection`` as in :func:`copy_store`. Readers of the old snapshot keep it. If anything
    fails the old snapshot stays and :class:`StoreError` is raised.
    """
    aside = published.with_name(f".{published.name}.{os.getpid()}")
    try:
        copy_store(connection, working, aside)
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
