"""Nothing changed, nothing published: what counts as a change for readers, and what does not."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from tests.warehouse.conftest import MOMENT, cell_row, facts, report_row
from warehouse import store
from warehouse.loading.runs import RunCounts, finish_run, start_run
from warehouse.loading.staging import insert_rows
from warehouse.snapshots.manifest import read_manifest
from warehouse.snapshots.publish import SNAPSHOTS, Origin, publish
from warehouse.snapshots.query import rows

LATER = MOMENT + timedelta(days=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A published warehouse with a report, a problem, a link and a run."""
    folder = tmp_path_factory.mktemp("made")
    report = report_row("one", is_current=True)
    problem = {
        "problem_id": "gone", "source_id": "sample", "year": 2023, "stage": "fetch", "item": "http://portal.example/2",
        "code": "not_found", "detail": "404", "attempts": 1, "first_seen_at": MOMENT, "last_seen_at": MOMENT,
        "run_id": "run",
    }  # fmt: skip
    links = [
        {
            "source_id": "sample", "url": f"http://portal.example/{number}.html", "title": "年度报告", "year": 2023,
            "last_listed_at": MOMENT, "run_id": "run",
        }
        for number in (1, 2)
    ]  # fmt: skip
    with store.writer(folder / "warehouse.duckdb") as connection:
        insert_rows(
            connection,
            {"report": [report], "cell": [cell_row("one")], "problem": [problem], "link": links, **facts(report)},
        )
        start_run(connection, run_id="run", flow="backfill", parameters={}, version="1", at=MOMENT)
        publish(connection, folder / "warehouse.duckdb", folder / "published" / "gouji.duckdb", origin=Origin("run"))
    return folder


@pytest.fixture
def home(made, tmp_path):
    return shutil.copytree(made, tmp_path / "home")


def publish_changes(home, *statements):
    working, published = home / "warehouse.duckdb", home / "published" / "gouji.duckdb"
    with store.writer(working) as connection:
        for statement in statements:
            connection.execute(statement)
        return publish(connection, working, published, origin=Origin("another"), only_changes=True)


SEEN_AGAIN = (
    f"UPDATE core.report SET last_seen_at = '{LATER}', run_id = 'another'",
    f"INSERT INTO core.sighting SELECT url, evidence_sha256, '{LATER}' FROM core.sighting LIMIT 1",
    f"UPDATE audit.problem SET last_seen_at = '{LATER}', run_id = 'another', attempts = 3",
    f"UPDATE raw.link SET last_listed_at = '{LATER}', run_id = 'another'",
    "INSERT INTO audit.stage_metric VALUES ('another', 'sample', 2023, 'fetch', 1, 0.5, 0, 0, now())",
)


def test_a_run_that_finds_everything_as_it_was_publishes_nothing_and_is_told(home):
    (before,) = read_manifest(home / "published")
    file = home / "published" / "gouji.duckdb"
    content, modified = file.read_bytes(), file.stat().st_mtime_ns
    with store.writer(home / "warehouse.duckdb") as connection:
        start_run(connection, run_id="another", flow="refresh", parameters={}, version="1", at=LATER)
        finish_run(connection, run_id="another", state="completed", counts=RunCounts(links=2), at=LATER)
    started = datetime.now(UTC)
    snapshot = publish_changes(home, *SEEN_AGAIN)
    assert snapshot.unchanged_since == before.published_at
    assert (snapshot.path, snapshot.kept) == (file, home / "published" / before.file)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (content, modified)
    (after,) = read_manifest(home / "published")
    assert (after.published_at, after.run_id, after.sha256) == (before.published_at, "run", before.sha256)
    assert after.checked_by == "another"
    assert started <= after.checked_at <= datetime.now(UTC)


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO core.organ (organ_id, name) VALUES ('9901', '云泽市民政局')",
        "UPDATE core.report SET is_current = false",
        "UPDATE core.report SET report_no = report_no + 1",
        "DELETE FROM core.cell",
        "UPDATE audit.problem SET detail = '503'",
        "UPDATE audit.problem SET resolved_at = now()",
        "UPDATE raw.link SET last_listed_at = now() WHERE url LIKE '%1.html'",
        "INSERT INTO audit.assessed VALUES ('one', 1, [], true, 'another')",
        "UPDATE core.region SET name = '云泽市' WHERE region_code = (SELECT min(region_code) FROM core.region)",
    ],
)
def test_what_readers_would_be_told_otherwise_is_published(home, change):
    assert publish_changes(home, *SEEN_AGAIN, change).unchanged_since is None
    entries = read_manifest(home / "published")
    assert [(entry.run_id, entry.checked_by) for entry in entries] == [("another", None), ("run", None)]
    assert publish_changes(home).unchanged_since == entries[0].published_at


def test_the_same_twice_and_not_once_is_a_change(home):
    double = "INSERT INTO core.organ_alias SELECT '9901', '市民政局' FROM range(2)"
    assert publish_changes(home, double).unchanged_since is None


def truncated(published):
    published.write_bytes(published.read_bytes()[:-1])


def without_the_name(published):
    published.unlink()


def without_the_kept_file(published):
    for file in (published.parent / SNAPSHOTS).iterdir():
        file.unlink()


def without_a_digest(published):
    manifest = published.parent / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    del content["snapshots"][0]["content_sha256"]
    manifest.write_text(json.dumps(content), "utf-8")


def without_a_manifest(published):
    (published.parent / "manifest.json").unlink()


@pytest.mark.parametrize(
    "damage", [truncated, without_the_name, without_the_kept_file, without_a_digest, without_a_manifest]
)
def test_a_snapshot_that_is_not_what_was_published_is_published_anew(home, damage):
    published = home / "published" / "gouji.duckdb"
    damage(published)
    assert publish_changes(home).unchanged_since is None
    assert rows(published, "SELECT count(*) AS n FROM core.report") == [{"n": 1}]


def test_publishing_itself_asks_for_no_change(home):
    working = home / "warehouse.duckdb"
    with store.writer(working) as connection:
        assert publish(connection, working, home / "published" / "gouji.duckdb").unchanged_since is None
    assert len(read_manifest(home / "published")) == 2
