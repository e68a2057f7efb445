"""Which SQL a reader may run: one statement that only asks, with table functions that only compute."""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.errors import QueryError
from warehouse.sql import literal
from warehouse.store import Connection

COMPUTING_TABLE_FUNCTIONS = frozenset(
    (
        "generate_series",
        "json_each",
        "json_tree",
        "pragma_table_info",
        "pragma_version",
        "query_table",
        "range",
        "repeat",
        "repeat_row",
        "summary",
        "unnest",
        *(f"duckdb_{what}" for what in ("columns", "functions", "keywords", "schemas", "settings", "tables", "types")),
        "duckdb_views",
    )
)
"""DuckDB's table functions that neither reach out nor change anything; the snapshot's own macros come on top."""

_ASKS = ([duckdb.StatementType.SELECT], [duckdb.StatementType.EXPLAIN])
_PIVOT = [duckdb.StatementType.CREATE, duckdb.StatementType.SELECT]
"""What one PIVOT whose columns come from the data is taken apart into."""
_FIRST_WORD = re.compile(r"\s*(?:(?:--[^\n]*\n|/\*.*?\*/)\s*)*(\w+)", re.DOTALL)


def check_statement(connection: Connection, sql: str) -> None:
    """Raise :class:`QueryError` unless ``sql`` is one statement that only asks.

    The locked, read-only connection refuses most of the rest by itself; what it would let through are temporary
    tables and functions that log, profile, checkpoint, or run SQL that they are given as a string.
    """
    statements = connection.extract_statements(sql)
    kinds = [statement.type for statement in statements]
    if not statements:
        raise QueryError("there is no SQL in it")
    is_pivot = kinds == _PIVOT and not any(statement.query for statement in statements)
    if len(statements) > 1 and not is_pivot:
        raise QueryError(f"one statement at a time, please: there are {len(statements)}")
    word = _FIRST_WORD.match(sql)
    if word and word[1].upper() in ("PRAGMA", "CALL"):
        raise QueryError(f"{word[1].upper()} is not possible here; SHOW TABLES and DESCRIBE are")
    if not is_pivot and kinds not in _ASKS:
        raise QueryError(f"{kinds[0].name} is not possible here: the snapshot is read-only; ask it with SELECT")
    foreign = _table_functions(connection, sql) - COMPUTING_TABLE_FUNCTIONS
    if foreign and (refused := sorted(foreign - _own_table_macros(connection))):
        raise QueryError(f"{refused[0]}() is not possible here: a query can only read the snapshot")


def _own_table_macros(connection: Connection) -> set[str]:
    found = connection.execute(
        "SELECT function_name FROM duckdb_functions() WHERE function_type = 'table_macro' AND NOT internal"
    ).fetchall()
    return {name for (name,) in found}


def _table_functions(connection: Connection, sql: str) -> set[str]:
    """The table functions in a statement: from its syntax tree, or where there is none any that it names at all."""
    # A literal, not a parameter: for a parameter DuckDB imports pandas, which takes a second.
    row = connection.execute(f"SELECT json_serialize_sql({literal(sql)})").fetchone()
    tree = json.loads(row[0]) if row else {"error": True}
    if not tree["error"]:
        return set(_called(tree["statements"]))
    known = connection.execute(
        "SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE function_type IN ('table', 'pragma')"
    ).fetchall()
    words = set(re.findall(r"\w+", sql.lower()))
    return {name for (name,) in known if name in words}


def _called(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _called(each)
    elif isinstance(node, dict):
        if node.get("type") == "TABLE_FUNCTION":
            yield str(node["function"]["function_name"]).lower()
        for each in node.values():
            yield from _called(each)
