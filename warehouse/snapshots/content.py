"""What a store tells its readers, as one digest: everything in it but which run looked, and when."""

import hashlib

from warehouse.comments import declarations_sha256
from warehouse.connection.definitions import definitions_sha256
from warehouse.mart import queries
from warehouse.sql import identifier
from warehouse.store import Connection

_RECORDS = ("audit.migration", "audit.pending", "audit.run", "audit.stage_metric", "core.sighting", "raw.page")
"""Tables that say what was done and seen: what it came to stands in the others."""

_FOLLOWING = ("audit.not_assessable", "core.cell", "core.report_table", "core.statement", "core.statistics_line")
"""Tables that follow from a report's number, under which it is read once, or from what it was assessed with."""

_MOMENTS = (
    "attempts",
    "duration_ms",
    "is_confirmed",
    "last_found_at",
    "last_listed_at",
    "last_seen_at",
    "loaded_at",
    "run_id",
    "validated_at",
)
"""Columns that change when something is looked at again and is as it was."""

_LATEST = {
    "audit.validation": "validated_at = max(validated_at) OVER (PARTITION BY rule_id, year, edition)",
    "raw.link": "last_listed_at = max(last_listed_at) OVER (PARTITION BY source_id, year)",
}
"""Tables of which the latest rows count."""

_TABLES = """
    SELECT schema_name || '.' || table_name AS name, list(column_name ORDER BY column_index)
    FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal
        AND (schema_name, table_name) IN (
            SELECT (schema_name, table_name) FROM duckdb_tables() WHERE database_name = current_database()
        )
    GROUP BY name ORDER BY name
"""


def content_sha256(connection: Connection) -> str:
    """Return a digest that is another one once readers of the store would be told something else.

    That a report, a finding or a problem was met again, by which run and when, is nothing else.
    """
    told: list[object] = [definitions_sha256(connection), declarations_sha256(), queries()]
    for table, columns in connection.execute(_TABLES).fetchall():
        if table not in _RECORDS:
            told.append((table, connection.execute(_digest(table, columns)).fetchone()))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _digest(table: str, columns: list[str]) -> str:
    if table in _FOLLOWING:
        return f"SELECT count(*) FROM {table}"
    lasting = ", ".join(identifier(column) for column in columns if column not in _MOMENTS)
    latest = f" QUALIFY {_LATEST[table]}" if table in _LATEST else ""
    return f"SELECT count(*), sum(digest) FROM (SELECT hash({lasting}) AS digest FROM {table}{latest})"
