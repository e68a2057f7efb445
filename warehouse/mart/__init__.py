"""The dear views as tables, made once when a snapshot is published: the SQL files beside this module, one a table.

A file is one query, run in the order of the files' numbers on the copy that is to be published. Where ``main`` has a
view of the same name, that view reads the table from then on; its columns stay, so that analysts' SQL does. A file
``….view.sql`` is what such a view reads where a table made before holds all that it says. A file ``….step.sql`` is
worked out before all tables, as the table ``…_step``; they read the last of these. So is a file ``….reused.sql``:
columns of ``mart.report`` that follow from the cells of an organ's reports alone, taken from one snapshot into the
next (:mod:`warehouse.mart.reusing`).
"""

from functools import cache
from pathlib import Path

from warehouse.connection.transactions import Connection, transaction
from warehouse.mart.reusing import make_step, record_name, reusable
from warehouse.sql import identifier

SCHEMA = "mart"


def build(connection: Connection, earlier: Path | None = None) -> None:
    """Make every table of the schema ``mart`` anew, in one transaction, and let the views of the same names read it.

    What an ``earlier`` snapshot says of reports that have not changed is taken from it.
    """
    columns = dict(connection.execute(_COLUMNS).fetchall())
    record = record_name(connection, queries())
    last_step = _make_steps(connection, earlier, record)
    with transaction(connection):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        for name, query in queries():
            plain, _, kind = name.partition(".")
            if kind in _STEPS:
                continue
            if kind == "view":
                connection.execute(f"CREATE OR REPLACE VIEW main.{plain} AS {query}")
                continue
            connection.execute(f"CREATE OR REPLACE TABLE {SCHEMA}.{plain} AS {query}")
            if plain in columns:
                listed = ", ".join(map(identifier, columns[plain]))
                connection.execute(f"CREATE OR REPLACE VIEW main.{plain} AS SELECT {listed} FROM {SCHEMA}.{plain}")
        connection.execute("DELETE FROM audit.migration WHERE name LIKE 'mart-%'")
        connection.execute("INSERT INTO audit.migration SELECT max(version), ?, now() FROM audit.migration", [record])
    connection.execute(f"DROP TABLE temp.{last_step}")


def _make_steps(connection: Connection, earlier: Path | None, record: str) -> str:
    """Make the tables of the session, and leave the last; return its name.

    Each is committed before others read it: else they are joined without statistics, and take more memory than there is
    for half a million reports.
    """
    made: list[str] = []
    with reusable(connection, earlier, record) as is_reused:
        for name, query in queries():
            plain, _, kind = name.partition(".")
            if kind in _STEPS:
                made.append(f"{plain}_step")
                make_step(connection, made[-1], query, is_reused=is_reused and kind == "reused")
    for step in made[:-1]:
        connection.execute(f"DROP TABLE temp.{step}")
    return made[-1]


@cache
def queries() -> tuple[tuple[str, str], ...]:
    """Return the name and the query of every table, and of every view that reads one, in the order of making."""
    files = sorted(Path(__file__).parent.glob("[0-9]*.sql"))
    return tuple((file.stem.partition("_")[2], file.read_text(encoding="utf-8")) for file in files)


_STEPS = ("step", "reused")

_COLUMNS = """
    SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()
    WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal GROUP BY table_name
"""
"""Every view with its columns: all at once, as every question for columns reads the whole catalogue."""
