"""Keeping a lake small: the small files that every load adds are merged, and what nobody looks back to is removed."""

from datetime import UTC, datetime, timedelta

from warehouse.connection.lake import CATALOGUE
from warehouse.connection.transactions import Connection, transaction
from warehouse.sql import literal

_A_DAY = timedelta(days=1)
_DELETED_SHARE = 0.1


def tidy_lake(connection: Connection, before: datetime, grace: timedelta = _A_DAY) -> int:
    """Merge a lake's small files and end its time travel to moments before one; return how many files were removed.

    Files of which a tenth was deleted are written anew; those that a killed writer left are removed. Files that nothing
    needs any more are kept for ``grace``, for readers may still be at them. ``connection`` is a writer's on a lake;
    each step is a turn of its own, so that loads go on between them. Rows stay as they are.
    """
    _step(connection, "ducklake_flush_inlined_data")
    _step(connection, "ducklake_rewrite_data_files", f"delete_threshold => {_DELETED_SHARE}")
    _step(connection, "ducklake_merge_adjacent_files")
    _step(connection, "ducklake_expire_snapshots", f"older_than => {literal(before.isoformat())}::TIMESTAMPTZ")
    unneeded = literal((datetime.now(UTC) - grace).isoformat())
    return sum(
        _step(connection, function, f"older_than => {unneeded}::TIMESTAMPTZ")
        for function in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files")
    )


def _step(connection: Connection, function: str, *given: str) -> int:
    """Call a function of DuckLake's; return the number of things it dealt with."""
    with transaction(connection):
        return len(connection.execute(f"CALL {function}({', '.join([literal(CATALOGUE), *given])})").fetchall())
