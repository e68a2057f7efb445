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


def publish(connection: Connection, working: Path, published: Path) -> Snapshot:
    """Copy the working store to ``published`` by way of a temporary file and an atomic rename.

    ``connection`` is the writer's, so nothing changes meanwhile; it must be closed right after, because reading
    the file from this process gives DuckDB's lock on it away. Readers of the old snapshot keep it. If anything
    fails the old snapshot stays and :class:`StoreError` is raised.
    """
    connection.execute("CHECKPOINT")
    expected = connection.execute(_COUNTS).fetchone()
    aside = published.with_name(f".{published.name}.{os.getpid()}")
    try:
        published.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(working, aside)
        with duckdb.connect(str(aside), read_only=True) as copy:
            found = copy.execute(_COUNTS).fetchone()
        if found is None or found != expected:
            raise StoreError(f"{aside}: the copy holds {found}, the warehouse {expected}; the old snapshot stays")
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(published)
    except OSError as error:
        raise StoreError(f"{published}: {error.strerror}; the old snapshot stays") from error
    except duckdb.Error as error:
        raise StoreError(f"{aside}: {one_line(error)}; the old snapshot stays") from error
    finally:
        aside.unlink(missing_ok=True)
    return Snapshot(published, published.stat().st_size, *found)
