"""The schema's versions: numbered SQL files, applied in order, each in a transaction, forward only."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from warehouse.connection.transactions import Connection, transaction
from warehouse.errors import SchemaTooNewError
from warehouse.regions import FILE as REGIONS
from warehouse.sql import literal
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


def schema_version(connection: Connection) -> int:
    """Return the version of the store's schema, 0 for an empty one."""
    try:
        newest = connection.execute("SELECT max(version) FROM audit.migration").fetchone()
    except duckdb.CatalogException:
        return 0
    return int(newest[0]) if newest and newest[0] is not None else 0


def migrate(connection: Connection, known: Sequence[Migration] | None = None) -> None:
    """Bring the store to the newest schema, its register of regions and its views to this code's, where they are not.

    ``known`` are the migrations of another release. Raises :class:`SchemaTooNewError` if the store is newer.
    """
    known = migrations() if known is None else known
    migrate_tables(connection, known)
    _refresh(connection, known[-1].version, "regions", _region_statements())
    _refresh(connection, known[-1].version, "views", _view_statements())


def migrate_tables(connection: Connection, known: Sequence[Migration]) -> None:
    """Bring the store's tables to the newest schema and leave its views alone; raises as :func:`migrate` does."""
    newest = known[-1].version
    version = schema_version(connection)
    if version > newest:
        raise SchemaTooNewError(
            f"the warehouse has schema version {version}, this Gouji knows {newest}: install a newer Gouji"
        )
    for migration in known:
        if migration.version > version:
            _apply(connection, migration)


def _apply(connection: Connection, migration: Migration) -> None:
    """Apply one migration, unless another process has while this one waited for its turn."""
    with transaction(connection):
        if schema_version(connection) < migration.version:
            connection.execute(migration.sql)
            _record(connection, migration.version, migration.name)


def _refresh(connection: Connection, version: int, what: str, statements: Sequence[str]) -> None:
    """Run the statements that make something anew, unless the store has been through these very statements last."""
    name = f"{what}-{hashlib.sha256(''.join(statements).encode()).hexdigest()[:16]}"
    if _latest(connection, what) == name:
        return
    with transaction(connection):
        if _latest(connection, what) != name:
            for statement in statements:
                connection.execute(statement)
            _record(connection, version, name)


def _latest(connection: Connection, what: str) -> str | None:
    latest = connection.execute(
        "SELECT name FROM audit.migration WHERE starts_with(name, ?) ORDER BY applied_at DESC LIMIT 1", [f"{what}-"]
    ).fetchone()
    return latest[0] if latest else None


@cache
def _view_statements() -> tuple[str, ...]:
    return view_statements()


@cache
def _region_statements() -> tuple[str, ...]:
    """The register in one statement: its rows are part of it, so that its digest changes with them."""
    lines = "\n".join(REGIONS.read_text(encoding="utf-8").splitlines()[1:])
    fields = ", ".join(f"nullif(field[{place}], '')" for place in range(1, 7))
    return (
        "DELETE FROM core.region",
        f"INSERT INTO core.region SELECT {fields}, "
        "CASE WHEN field[7] = '' THEN [] ELSE string_split(field[7], ' ') END "
        "FROM (SELECT string_split(line, ',') AS field "
        f"FROM unnest(string_split({literal(lines)}, chr(10))) AS register (line))",
    )


def _record(connection: Connection, version: int, name: str) -> None:
    connection.execute("INSERT INTO audit.migration VALUES (?, ?, now())", [version, name])
