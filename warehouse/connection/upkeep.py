"""Keeping a lake small: the small files that every load adds are merged, and what nobody looks back to is removed."""

from datetime import UTC, datetime, timedelta

import duckdb

from warehouse.connection.lake import CATALOGUE
from warehouse.connection.location import without_secrets
from warehouse.connection.transactions import Connection, transaction
from warehouse.errors import StoreError, one_line
from warehouse.sql import literal

_A_DAY = timedelta(days=1)


def tidy_lake(connection: Connection, before: datetime, grace: timedelta = _A_DAY) -> int:
    """Merge a lake's small files and end its time travel to moments before one; return the files that were removed.

    Files that nothing needs any more are kept for ``grace``, for readers may still be at them. ``connection`` is a
    writer's on a lake; each step is a turn of its own, so that loads go on between them. Rows stay as they are.
    Raises :class:`StoreError` if the lake cannot be tidied.
    """
    try:
        _step(connection, "ducklake_flush_inlined_data")
        _step(connection, "ducklake_merge_adjacent_files")
        _step(connection, "ducklake_expire_snapshots", older_than=before)
        return _step(connection, "ducklake_cleanup_old_files", older_than=datetime.now(UTC) - grace)
    except duckdb.Error as error:
        raise StoreError(f"the lake cannot be tidied: {without_secrets(one_line(error))}") from error


def _step(connection: Connection, function: str, **moments: datetime) -> int:
    """Call a function of DuckLake's; return the number of things it dealt with."""
    given = [f"{name} => {literal(moment.isoformat())}::TIMESTAMPTZ" for name, moment in moments.items()]
    with transaction(connection):
        return len(connection.execute(f"CALL {function}({', '.join([literal(CATALOGUE), *given])})").fetchall())
