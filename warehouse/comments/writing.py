"""The comments, written into a DuckDB file, so that every client shows them."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress

from warehouse.comments import MissingCommentError, about_column, about_macro, about_table, declarations_sha256
from warehouse.connection.definitions import definitions_sha256
from warehouse.connection.transactions import Connection, transaction
from warehouse.sql import identifier, literal

_TABLES = """
    SELECT schema_name, table_name, 'TABLE', comment FROM duckdb_tables() WHERE database_name = current_database()
    UNION ALL
    SELECT schema_name, view_name, 'VIEW', comment FROM duckdb_views()
    WHERE NOT internal AND database_name = current_database()
    ORDER BY ALL
"""
_COLUMNS = """
    SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns()
    WHERE NOT internal AND database_name = current_database() ORDER BY ALL
"""
_MACROS = """
    SELECT DISTINCT schema_name, function_name, if(function_type = 'table_macro', 'MACRO TABLE', 'MACRO'), comment
    FROM duckdb_functions() WHERE NOT internal AND database_name = current_database() ORDER BY ALL
"""


def describe(connection: Connection) -> str:
    """Comment on every table, view, macro and column that is declared, unless these comments stand already.

    Returns the digest of the definitions that are commented on.
    """
    definitions = definitions_sha256(connection)
    standing = definitions + declarations_sha256()
    name = "comments-" + hashlib.sha256(standing.encode()).hexdigest()[:16]
    if connection.execute("SELECT 1 FROM audit.migration WHERE name = ?", [name]).fetchone():
        return definitions
    statements = ";".join(_statements(connection))
    with transaction(connection):
        connection.execute(statements)  # at once: a thousand are set in two thirds of the time
        connection.execute("DELETE FROM audit.migration WHERE name LIKE 'comments-%'")
        connection.execute("INSERT INTO audit.migration SELECT max(version), ?, now() FROM audit.migration", [name])
    return definitions


def _statements(connection: Connection) -> Iterator[str]:
    """Yield what sets the comments that are not yet as they are declared."""
    for schema, name, kind, comment in connection.execute(_TABLES).fetchall():
        with suppress(MissingCommentError):
            if comment != (about := str(about_table(f"{schema}.{name}"))):
                yield f"COMMENT ON {kind} {schema}.{identifier(name)} IS {literal(about)}"
    for table, column, comment in connection.execute(_COLUMNS).fetchall():
        with suppress(MissingCommentError):
            if comment != (about := str(about_column(table, column))):
                yield f"COMMENT ON COLUMN {table}.{identifier(column)} IS {literal(about)}"
    for schema, name, kind, comment in connection.execute(_MACROS).fetchall():
        with suppress(MissingCommentError):
            if comment != (about := str(about_macro(f"{schema}.{name}"))):
                yield f"COMMENT ON {kind} {schema}.{identifier(name)} IS {literal(about)}"
