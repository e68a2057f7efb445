"""Every released schema, with data in it, becomes the one of the code; a step that fails changes nothing."""

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.releases import released, restore_release, sample, write_release
from warehouse import store
from warehouse.connection.lake import open_lake
from warehouse.connection.location import Lake
from warehouse.migrations import Migration, migrate, migrations, schema_version
from warehouse.store import Connection

THIS_ONE = Path("the version at hand")
NEXT = migrations()[-1].version + 1
STEPS = "ALTER TABLE core.organ ADD COLUMN motto VARCHAR; UPDATE core.organ SET motto = name || '!'"


@pytest.fixture(scope="module", params=[*released(), THIS_ONE], ids=lambda folder: folder.name)
def release(request, tmp_path_factory) -> Path:
    if request.param != THIS_ONE:
        return request.param
    folder = tmp_path_factory.mktemp("releases") / "release"
    with sample() as connection:
        write_release(connection, folder)
    return folder


def opened(kind: str, folder: Path) -> Connection:
    """The store of a folder as it is, without any schema if it is a new one."""
    if kind == "file":
        return duckdb.connect(str(folder / "warehouse.duckdb"))
    return open_lake(Lake(f"ducklake:{folder / 'catalogue'}", str(folder / "data")))


@pytest.fixture(scope="module", params=["file", "lake"])
def left(request, release, tmp_path_factory) -> tuple[str, Path]:
    """The kind and the folder of a store as a release left it, on a file and on a lake."""
    folder = tmp_path_factory.mktemp(request.param)
    with opened(request.param, folder) as connection:
        restore_release(connection, release)
    return request.param, folder


@pytest.fixture
def old(left, tmp_path):
    """Such a store that a test may change."""
    kind, folder = left
    with opened(kind, shutil.copytree(folder, tmp_path / "store")) as connection:
        yield connection


def told(release, table):
    return duckdb.sql(f"FROM read_parquet('{release / table}.parquet') ORDER BY ALL").fetchall()


def test_what_a_release_left_is_there_in_the_schema_at_hand(old, release):
    migrate(old)
    assert schema_version(old) == migrations()[-1].version
    for file in release.glob("*.parquet"):
        columns = ", ".join(duckdb.sql(f"FROM read_parquet('{file}') LIMIT 0").columns)
        if file.stem != "audit.migration":
            assert old.execute(f"SELECT {columns} FROM {file.stem} ORDER BY ALL").fetchall() == told(release, file.stem)
    assert old.execute("SELECT count(*) FROM main.cell").fetchone() == (2,)


def test_a_step_changes_the_schema_and_keeps_the_data(old, release):
    migrate(old, (*migrations(), Migration(NEXT, "next", STEPS)))
    assert schema_version(old) == NEXT
    assert old.execute("SELECT count(*) FROM core.organ WHERE motto = name || '!'").fetchone() == (2,)


def test_a_step_that_fails_half_way_changes_nothing(old, release):
    before = schema_version(old)
    with pytest.raises(duckdb.Error):
        migrate(old, (*migrations(), Migration(NEXT, "next", f"{STEPS}; SELECT error('half-way')")))
    assert schema_version(old) == before
    with pytest.raises(duckdb.BinderException, match="motto"):
        old.execute("SELECT motto FROM core.organ")
    assert old.execute("FROM core.organ ORDER BY ALL").fetchall() == told(release, "core.organ")


@pytest.fixture
def unnumbered(tmp_path):
    """A release of the first schema."""
    with sample() as connection:
        write_release(connection, tmp_path / "release")
    folder = tmp_path / "release"
    (folder / "schema.sql").write_text(migrations()[0].sql, encoding="utf-8")
    for table in ("raw.link", "core.region", "audit.assessed", "audit.not_assessable", "audit.reason"):
        (folder / f"{table}.parquet").unlink()
    for table in ("core.report", "core.cell", "core.statement"):
        rows = duckdb.sql(
            f"SELECT * EXCLUDE (report_no) FROM read_parquet('{folder / table}.parquet')"
        ).to_arrow_table()
        duckdb.from_arrow(rows).write_parquet(str(folder / f"{table}.parquet"))
    duckdb.sql("SELECT 1 AS version, 'initial' AS name, now() AS applied_at").write_parquet(
        str(folder / "audit.migration.parquet")
    )
    return folder


@pytest.mark.parametrize("kind", ["file", "lake"])
def test_reports_of_the_first_schema_get_numbers_and_their_digests_keep_a_byte_a_bucket(kind, unnumbered, tmp_path):
    with opened(kind, tmp_path) as connection:
        restore_release(connection, unnumbered)
        connection.execute("UPDATE core.report SET prose_digest = [7, 300, 4294967295] WHERE report_id = 'a'")
        migrate(connection)
        assert connection.execute("SELECT report_no FROM core.report ORDER BY 1").fetchall() == [(1,), (2,), (3,)]
        joined = "SELECT count(*) FROM core.cell JOIN core.report USING (report_id, report_no)"
        assert connection.execute(joined).fetchone() == (3,)
        digests = connection.execute("SELECT report_id, prose_digest FROM core.report ORDER BY ALL").fetchall()
        assert digests == [("a", [7, 45, 255]), ("b", None), ("c", None)]


def test_steps_are_numbered_without_gaps():
    assert [migration.version for migration in migrations()] == list(range(1, NEXT))


def test_a_store_in_memory_is_at_the_newest(tmp_path):
    with store.memory() as connection:
        assert schema_version(connection) == NEXT - 1
