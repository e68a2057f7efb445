"""What makes two databases the same but for their rows: the definitions of tables, views and macros, and the DuckDB."""

import hashlib

import duckdb

from warehouse.connection.transactions import Connection

_DEFINITIONS = """
    SELECT sql FROM duckdb_tables() WHERE database_name = current_database()
    UNION ALL
    SELECT name FROM audit.migration WHERE name LIKE 'views-%'
    ORDER BY ALL
"""
"""Views and macros are made together, by a set of statements that is on record."""


def definitions_sha256(connection: Connection) -> str:
    """Return a digest of all definitions in the connection's database; comments are none of them."""
    definitions = connection.execute(_DEFINITIONS).fetchall()
    return hashlib.sha256(repr((duckdb.__version__, definitions)).encode()).hexdigest()
