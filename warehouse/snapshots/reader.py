"""Opening a published snapshot: read-only, cut off from files and the network, its configuration locked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.connection.transactions import connect
from warehouse.errors import StoreError, StoreMissingError, one_line
from warehouse.sql import literal
from warehouse.store import Connection

CATALOG = "gouji"
"""The name of the snapshot inside its connection, as any DuckDB client gives it to ``gouji.duckdb``.

Unqualified names mean there what they mean to any client too: the schema ``main``.
"""

DEFAULT_MEGABYTES = 2000
"""Memory that one connection's queries may use; they never write to a disk."""

_SHUT: Mapping[str, str | bool] = {
    "python_enable_replacements": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "temp_directory": "",
}


@contextmanager
def reader(path: Path, *, megabytes: int = DEFAULT_MEGABYTES) -> Iterator[Connection]:
    """Open a snapshot for any number of readers, also several in one process.

    Every connection is a database of its own in memory with the snapshot attached, so that it keeps the snapshot it
    opened while the next one sees what was published since. Raises :class:`StoreMissingError` if there is none, and
    :class:`StoreError` for a file that is none.
    """
    if not path.exists():
        raise StoreMissingError(f"{path}: no snapshot yet; run `gouji backfill YEAR` or `gouji demo` first")
    connection = connect(":memory:", config={**_SHUT, "memory_limit": f"{megabytes}MB"})
    try:
        _attach(connection, path)
        yield connection
    finally:
        connection.close()


def _attach(connection: Connection, path: Path) -> None:
    try:
        connection.execute(f"ATTACH {literal(str(path))} AS {CATALOG} (READ_ONLY)")
        connection.execute(f"USE {CATALOG}")
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        raise StoreError(f"{path}: {one_line(error)}; `gouji publish` makes the snapshot anew") from error
