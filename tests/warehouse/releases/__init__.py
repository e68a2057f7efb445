"""Warehouses as released versions left them: a folder a release, with its schema and one Parquet file a table.

``python -m tests.warehouse.releases`` writes the folder of the version that is about to be released, once; from then on
the tests migrate what is in it to whatever schema the code has. A folder is never written anew.
"""

from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.warehouse.conftest import MOMENT, cell_row, facts, problem_row, report_row
from warehouse.loading.load import load_batch
from warehouse.loading.staging import write_batch
from warehouse.migrations import migrations
from warehouse.store import Connection, memory, transaction

FOLDER = Path(__file__).parent

_TABLES = """
    SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = current_database() ORDER BY ALL
"""


def released() -> list[Path]:
    """Return the folder of every release."""
    return sorted(path.parent for path in FOLDER.glob("*/schema.sql"))


def write_release(connection: Connection, folder: Path) -> None:
    """Write a store as the folder of a release."""
    folder.mkdir()
    (folder / "schema.sql").write_text("\n".join(migration.sql for migration in migrations()), encoding="utf-8")
    for (table,) in connection.execute(_TABLES).fetchall():
        connection.execute(f"COPY {table} TO '{folder / table}.parquet' (COMPRESSION zstd)")


def restore_release(connection: Connection, folder: Path) -> None:
    """Make an empty store what the folder of a release says; its views are not there, and not on record as made."""
    connection.execute((folder / "schema.sql").read_text(encoding="utf-8"))
    with transaction(connection):
        for file in folder.glob("*.parquet"):
            connection.execute(f"INSERT INTO {file.stem} BY NAME FROM read_parquet('{file}')")
        connection.execute("DELETE FROM audit.migration WHERE name LIKE 'views-%'")


def sample() -> Connection:
    """Make a store in memory with something in it: reports of two organs, one of them corrected, and a problem."""
    connection = memory()
    versions = [
        report_row("a"),
        report_row("b", organ_id="9901-云泽市财政局", organ_name="云泽市财政局", url="http://portal.example/2.html"),
        report_row("c", first_seen_at=MOMENT.replace(month=2), last_seen_at=MOMENT.replace(month=3)),
    ]
    known = [facts(report) for report in versions]
    tables = {
        "organ": [{"organ_id": each["organ_id"], "name": each["organ_name"]} for each in versions],
        "report": versions,
        "cell": [cell_row(each["report_id"]) for each in versions],
        "problem": [problem_row(problem_id="p", item="http://portal.example/3.html", year=None)],
        **{name: [row for each in known for row in each[name]] for name in ("sighting", "reading")},
    }
    with TemporaryDirectory() as folder:
        load_batch(connection, write_batch(Path(folder) / "batch", tables))
    return connection


def main() -> None:
    """Write the folder of the version at hand."""
    with sample() as connection:
        write_release(connection, FOLDER / version("gouji"))
