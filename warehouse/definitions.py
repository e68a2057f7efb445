"""What makes two databases the same but for their rows: the definitions of tables, views and macros, and the DuckDB."""

import hashlib

import duckdb

from warehouse.transactions import Connection

_DEFINITIONS = r"""
    FROM (
        SELECT database_name, schema_name, table_name AS name, sql FROM duckdb_tables()
        UNION ALL
        SELECT database_name, schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal
        UNION ALL
        SELECT database_name, schema_name, function_name, parameters::VARCHAR || macro_definition
        FROM duckdb_functions() WHERE NOT internal
    )
    SELECT schema_name, name, list_sort(regexp_extract_all(sql, '\w+')) AS words
    WHERE database_name = current_database() ORDER BY ALL
"""
"""Definitions as sorted words: DuckDB prints the columns of an ``EXCLUDE`` in another order each time."""


def definitions_sha256(connection: Connection) -> str:
    """Return a digest of all definitions in the connection's database; comments are none of them."""
    definitions = connection.execute(_DEFINITIONS).fetchall()
    return hashlib.sha256(repr((duckdb.__version__, definitions)).encode()).hexdigest()
