"""Opening a published snapshot: read-only, cut off from files and the network, its configuration locked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.connection.transactions import closing, connect
from warehouse.errors import StoreError, StoreMissingError, one_line
from warehouse.sql import literal
from warehouse.store import Connection

CATALOG = "gouji"
"""The name of the snapshot inside its connection, as any DuckDB client gives it to ``gouji.duckdb``.

Unqualified names mean there what they mean to any client too: the schema ``main``.
"""

DEFAULT_MEGABYTES = 2000
"""Memory that one connection's queries may use; they write to no disk unless they are given a folder for it."""

_SHUT: Mapping[str, str | bool] = {
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
}


@contextmanager
def reader(path: Path, *, megabytes: int = DEFAULT_MEGABYTES, temporary: Path | None = None) -> Iterator[Connection]:
    """Open a snapshot for any number of readers, also several in one process.

    What does not fit into memory goes to the folder ``temporary``, where one is given.

    Every connection is a database of its own in memory with the snapshot attached, so that it keeps the snapshot it
    opened while the next one sees what was published since. Raises :class:`StoreMissingError` if there is none, and
    :class:`StoreError` for a file that is none.
    """
    if not path.exists():
        raise StoreMissingError(f"{path}: no snapshot yet; run `gouji backfill YEAR` or `gouji demo` first")
    connection, _ = open_cursors(path, 0, megabytes=megabytes, temporary=temporary)
    with closing(connection):
        yield connection


def open_cursors(
    path: Path, count: int, *, megabytes: int, temporary: Path | None = None
) -> tuple[Connection, tuple[Connection, ...]]:
    """Open a snapshot as :func:`reader` does, with cursors on it for as many threads; return both.

    A cursor inherits no settings of names and times, and once the configuration is locked it cannot be given any: so
    all cursors are made here.
    """
    room = {"memory_limit": f"{megabytes}MB", "temp_directory": str(temporary or "")}
    connection = connect(":memory:", config={**_SHUT, **room})
    try:
        connection.execute(f"ATTACH {literal(str(path))} AS {CATALOG} (READ_ONLY)")
        cursors = tuple(connection.cursor() for _ in range(count))
        for each in (connection, *cursors):
            each.execute(f"USE {CATALOG}")
            each.execute("SET TimeZone = 'Asia/Shanghai'")
            each.execute("SET enable_progress_bar = false")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except BaseException as error:
        connection.close()
        if isinstance(error, duckdb.Error):
            raise StoreError(f"{path}: {one_line(error)}; `gouji publish` makes the snapshot anew") from error
        raise
    return connection, cursors
