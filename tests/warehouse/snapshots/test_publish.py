"""Snapshots: whole or not at all, the last ones kept and listed, readers of older ones left alone."""

import hashlib
import json
import shutil

import pytest

from warehouse import store
from warehouse.errors import StoreError
from warehouse.migrations import migrations
from warehouse.snapshots.manifest import read_manifest
from warehouse.snapshots.publish import SNAPSHOTS, Origin, publish
from warehouse.snapshots.query import rows
from warehouse.snapshots.reader import reader

ORGANS = "SELECT count(*) AS n FROM core.organ"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    with store.writer(folder / "warehouse.duckdb") as connection:
        publish(connection, folder / "warehouse.duckdb", folder / "published" / "gouji.duckdb")
    return folder


@pytest.fixture
def home(made, tmp_path):
    return shutil.copytree(made, tmp_path / "home")


@pytest.fixture
def published(home):
    return home / "published" / "gouji.duckdb"


def publish_another(home, **options):
    working = home / "warehouse.duckdb"
    with store.writer(working) as connection:
        connection.execute("INSERT INTO core.organ (organ_id, name) SELECT count(*), '云泽市民政局' FROM core.organ")
        return publish(connection, working, home / "published" / "gouji.duckdb", **options)


def test_readers_keep_their_snapshot_while_a_new_one_is_published(home, published):
    with reader(published) as old:
        publish_another(home)
        assert old.execute(ORGANS).fetchone() == (0,)
    assert rows(published, ORGANS) == [{"n": 1}]


def test_the_last_snapshots_are_kept_and_listed_as_they_are(home, published):
    last = [publish_another(home, keep=2, origin=Origin(f"run-{number}", "0.1.0", "abc")) for number in range(3)]
    entries = read_manifest(published.parent)
    assert [entry.run_id for entry in entries] == ["run-2", "run-1"]
    assert [published.parent / entry.file for entry in entries] == [last[2].kept, last[1].kept]
    assert sorted((published.parent / SNAPSHOTS).iterdir()) == [last[1].kept, last[2].kept]
    for entry, organs in zip(entries, (3, 2), strict=True):
        file = published.parent / entry.file
        assert rows(file, ORGANS) == [{"n": organs}]
        assert entry.counts["core.organ"] == organs
        assert entry.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
        assert entry.bytes == file.stat().st_size
        assert (entry.schema_version, entry.gouji_version, entry.git_revision) == (len(migrations()), "0.1.0", "abc")
    assert entries[0].schema_sha256 == entries[1].schema_sha256
    assert json.loads((published.parent / "manifest.json").read_text())["latest"] == published.name
    assert published.read_bytes() == last[2].kept.read_bytes()


def test_a_damaged_manifest_does_not_stand_in_the_way(home, published):
    (published.parent / "manifest.json").write_text("{")
    publish_another(home)
    assert len(read_manifest(published.parent)) == 1


def test_what_cannot_be_removed_does_not_undo_a_publication(home, published):
    (published.parent / "snapshots" / ".leftover").mkdir()
    publish_another(home)
    assert rows(published, ORGANS) == [{"n": 1}]


def test_snapshots_that_are_not_listed_are_left_alone(home, published):
    listed = {published.parent / entry.file for entry in read_manifest(published.parent)}
    (published.parent / "manifest.json").write_text("{}")
    for _ in range(4):
        publish_another(home)
    assert all(file.exists() for file in listed)


def half(source, target):
    target.write_bytes(source.read_bytes()[:5000])


def stale(source, target):
    target.write_bytes((source.parent / "published" / "gouji.duckdb").read_bytes())


def no_room(source, target):
    target.write_bytes(b"x" * 10)
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("copy", [half, stale, no_room])
def test_a_failed_publication_leaves_the_old_snapshot_and_nothing_else(home, published, monkeypatch, copy):
    def files():
        return {path: path.read_bytes() for path in published.parent.rglob("*") if path.is_file()}

    before = files()
    monkeypatch.setattr("warehouse.snapshots.copying.copy_file", copy)
    with pytest.raises(StoreError, match="the old snapshot stays") as caught:
        publish_another(home)
    assert "\n" not in str(caught.value)
    assert files() == before


def test_a_snapshot_whose_views_do_not_answer_is_not_published(home, published):
    with store.writer(home / "warehouse.duckdb") as connection:
        connection.execute("ALTER TABLE core.organ RENAME COLUMN name TO organ_name")
        with pytest.raises(StoreError, match="the old snapshot stays"):
            publish(connection, home / "warehouse.duckdb", published)
    assert rows(published, "SELECT count(*) AS n FROM report") == [{"n": 0}]


def test_where_files_cannot_have_two_names_the_snapshot_is_copied(home, published, monkeypatch):
    def refuse(self, target):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    publish_another(home)
    assert rows(published, ORGANS) == [{"n": 1}]


def test_holes_are_not_published(home, published):
    working = home / "warehouse.duckdb"
    with store.writer(working) as connection:
        connection.execute("CREATE TABLE core.waste AS SELECT hash(range) AS noise FROM range(2000000)")
        connection.execute("CHECKPOINT")
        connection.execute("CREATE TABLE core.stays AS SELECT hash(range) AS noise FROM range(200000)")
        connection.execute("CHECKPOINT")
        connection.execute("DROP TABLE core.waste")
        publish(connection, working, published)
    assert published.stat().st_size < working.stat().st_size / 2
    assert rows(published, "SELECT count(*) AS n FROM core.stays") == [{"n": 200_000}]
    with reader(published) as connection:
        views = connection.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchone()
    assert views[0] > 10
