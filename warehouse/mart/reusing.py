"""What an earlier snapshot says of organs whose reports are the same: taken from it, not worked out again.

What follows from an organ's cells alone is dear, and stays what it is as long as the organ has the same current
reports. Of the others it is worked out in a small store of their own, by the very statements that would do it for all.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.connection.definitions import definitions_sha256
from warehouse.connection.transactions import Connection
from warehouse.migrations import migrate
from warehouse.sql import identifier, literal

_WORTHWHILE = 10
"""Reports for each one of a changed organ, from which on reuse pays."""


@contextmanager
def reusable(connection: Connection, earlier: Path | None, name: str) -> Iterator[bool]:
    """Say whether :func:`make_step` can take rows from an earlier snapshot, as long as the block runs.

    It can from one whose ``mart`` was made by the same statements, of which ``name`` is the record, if few reports are
    of organs that have changed.
    """
    if earlier is None:
        yield False
        return
    connection.execute(f"ATTACH {literal(str(earlier))} AS earlier (READ_ONLY)")
    try:
        if not _is_worthwhile(connection, name):
            yield False
            return
        connection.execute("ATTACH ':memory:' AS changed")
        try:
            with _using(connection, "changed"):
                migrate(connection)
            for table, of_them in _PARTS.items():
                connection.execute(f"INSERT INTO changed.{table} BY NAME FROM {table} WHERE {of_them}")
            yield True
        finally:
            connection.execute("DETACH changed")
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.changed_organ")
        connection.execute("DETACH earlier")


def make_step(connection: Connection, table: str, query: str, *, is_reused: bool) -> None:
    """Make a table of the session with a query, one row a report; ``is_reused`` as :func:`reusable` says."""
    if not is_reused:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
        return
    with _using(connection, "changed"):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    columns = ", ".join(identifier(row[0]) for row in connection.execute(f"DESCRIBE temp.{table}").fetchall())
    connection.execute(f"INSERT INTO temp.{table} BY NAME SELECT {columns} FROM {_OF_OTHERS}")


def record_name(connection: Connection, queries: object) -> str:
    """Return the name under which it is on record by which statements a ``mart`` was made."""
    made_by = repr((definitions_sha256(connection), queries))
    return f"mart-{hashlib.sha256(made_by.encode()).hexdigest()[:16]}"


def _is_worthwhile(connection: Connection, name: str) -> bool:
    if not connection.execute("SELECT 1 FROM earlier.audit.migration WHERE name = ?", [name]).fetchone():
        return False
    connection.execute(_FIND_CHANGED)
    changed, reports = connection.execute(_COUNT).fetchone() or (0, 0)
    return bool(changed * _WORTHWHILE <= reports)


@contextmanager
def _using(connection: Connection, database: str) -> Iterator[None]:
    """Let names mean what they mean in another database."""
    (home,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    connection.execute(f"USE {identifier(database)}")
    try:
        yield
    finally:
        connection.execute(f"USE {identifier(home)}")


_FIND_CHANGED = """
    CREATE TEMP TABLE changed_organ AS
    WITH now AS (
        SELECT report_id, report_no, organ_id, year, fetched_at, extractor_version FROM core.report WHERE is_current
    ), before AS (
        SELECT report_id, report_no, organ_id, year, fetched_at, extractor_version
        FROM earlier.core.report WHERE is_current
    )
    SELECT organ_id FROM (FROM now EXCEPT FROM before) UNION SELECT organ_id FROM (FROM before EXCEPT FROM now)
"""

_OF_CHANGED = "organ_id IN (SELECT organ_id FROM temp.changed_organ)"

_COUNT = f"SELECT count(*) FILTER ({_OF_CHANGED}), count(*) FROM core.report WHERE is_current"

_PARTS = {
    "core.organ": _OF_CHANGED,
    "core.report": f"is_current AND {_OF_CHANGED}",
    "core.report_table": "report_id IN (SELECT report_id FROM changed.core.report)",
    "core.cell": "report_no IN (SELECT report_no FROM changed.core.report)",
}
"""All that the steps look at, and which rows of it are of organs that have changed."""

_OF_OTHERS = "earlier.mart.report ANTI JOIN temp.changed_organ USING (organ_id)"
