"""What makes two databases the same but for their rows: the definitions of tables, views and macros, and the DuckDB."""

import hashlib
import re

import duckdb

from warehouse.transactions import Connection

_DEFINITIONS = """
    SELECT schema_name, table_name, sql FROM duckdb_tables() WHERE database_name = current_database()
    UNION ALL
    SELECT schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal AND database_name = current_database()
    UNION ALL
    SELECT 'audit', 'migration', name FROM audit.migration WHERE name LIKE 'views-%'
    ORDER BY ALL
"""
"""Macros are made together with the views, by a set of statements that is on record."""


def definitions_sha256(connection: Connection) -> str:
    """Return a digest of all definitions in the connection's database; comments are none of them."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for schema, name, sql in connection.execute(_DEFINITIONS).fetchall():
        # DuckDB prints the columns of an EXCLUDE in another order each time.
        words = sorted(re.findall(r"\w+", sql)) if "EXCLUDE" in sql else sql
        digest.update(repr((schema, name, words)).encode())
    return digest.hexdigest()
