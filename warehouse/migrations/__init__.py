"""The schema's versions: numbered SQL files, applied in order, each in a transaction, forward only."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from warehouse.errors import SchemaTooNewError
from warehouse.views import view_statements


@dataclass(frozen=True)
class Migration:
    """One step of the schema: its number, its name and its SQL."""

    version: int
    name: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Return every migration in order."""
    return tuple(
        Migration(int(path.name.split("_", 1)[0]), path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(Path(__file__).parent.glob("[0-9]*.sql"))
    )


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the version of the store's schema, 0 for an empty one."""
    known = connection.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'audit' AND table_name = 'migration'"
    ).fetchone()
    if not known or not known[0]:
        return 0
    newest = connection.execute("SELECT max(version) FROM audit.migration").fetchone()
    return int(newest[0]) if newest and newest[0] is not None else 0


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the store to the newest schema and its views to this code's; does nothing where both stand.

    Raises :class:`SchemaTooNewError` if the store is newer than this code.
    """
    version = schema_version(connection)
    newest = migrations()[-1].version
    if version > newest:
        raise SchemaTooNewError(
            f"the warehouse has schema version {version}, this Gouji knows {newest}: install a newer Gouji"
        )
    for migration in migrations():
        if migration.version > version:
            _apply(connection, migration.version, migration.name, migration.sql)
    _refresh_views(connection)


def _apply(connection: duckdb.DuckDBPyConnection, version: int, name: str, sql: str) -> None:
    connection.begin()
    try:
        connection.execute(sql)
        connection.execute("INSERT INTO audit.migration VALUES (?, ?, now())", [version, name])
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _refresh_views(connection: duckdb.DuckDBPyConnection) -> None:
    statements = view_statements()
    name = "views-" + hashlib.sha256("".join(statements).encode()).hexdigest()[:16]
    latest = connection.execute(
        "SELECT name FROM audit.migration WHERE name LIKE 'views-%' ORDER BY applied_at DESC LIMIT 1"
    ).fetchone()
    if latest is None or latest[0] != name:
        _apply(connection, migrations()[-1].version, name, ";\n".join(statements))
