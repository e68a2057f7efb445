"""The explorer follows what is published: readers of the old snapshot end with it, nobody is refused, nothing leaks."""

import re
import shutil
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest

from explorer.snapshots import Snapshots
from tests.explorer.conftest import client_of
from warehouse.errors import QueryError, StoreMissingError
from warehouse.snapshots.manifest import Entry, write_manifest
from warehouse.snapshots.pool import BusyError, Pool


def publish_without(published, table, number):
    """Publish a snapshot that lacks rows of a table, as publishing does: made aside, then renamed."""
    aside = published.with_name(f"aside-{number}.duckdb")
    shutil.copyfile(published, aside)
    with duckdb.connect(str(aside)) as connection:
        connection.execute(f"DELETE FROM {table} WHERE rowid % 2 = 0")
    aside.replace(published)


def open_files(path):
    """How many files of a snapshot's folder this process has open."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink() and link.exists()]
    return sum(str(link.readlink()).startswith(str(path.parent)) for link in links)


def test_a_snapshot_that_an_older_version_made_is_told(own_snapshot):
    with duckdb.connect(str(own_snapshot)) as connection:
        connection.execute("DROP TABLE mart.region")
    with client_of(own_snapshot) as client:
        answer = client.get("/regions")
    assert answer.status_code == 503
    assert "gouji publish" in answer.text


LACKING = {
    ("mart.region", "unread"): ("/regions",),
    ("mart.report", "carried_out"): ("/organs/{organ}", "/organs/{organ}.json"),
    ("mart.organ", "aliases"): ("/organs/{organ}", "/organs", "/organs.csv"),
    ("mart.correction", "row_label_en"): ("/en/corrections", "/corrections.csv", "/corrections.json"),
    ("mart.rule_year", "evaluated"): ("/rules/A1", "/rules"),
    ("mart.coverage", "evidence"): ("/coverage", "/coverage.csv"),
    ("core.source", "home_url"): ("/", "/healthz"),
}
"""Columns that an older version's snapshot may lack, and pages and files that show them."""


@pytest.mark.parametrize(("table", "column"), LACKING)
def test_a_snapshot_of_which_only_a_column_is_missing_is_told_in_the_same_way(own_snapshot, ask, table, column):
    (organ,) = ask("SELECT organ_id FROM mart.organ ORDER BY critical DESC, organ_id LIMIT 1")
    with duckdb.connect(str(own_snapshot)) as connection:
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    with client_of(own_snapshot) as client:
        for path in LACKING[table, column]:
            answer = client.get(path.format(organ=quote(organ["organ_id"])))
            assert answer.status_code == 503, path
            assert "gouji publish" in answer.text, path


def test_when_a_snapshot_was_last_found_unchanged_stands_beside_its_publication(own_snapshot):
    moments = [datetime(2025, 5, day, 1, tzinfo=UTC) for day in (1, 2, 3)]
    entry = Entry(own_snapshot.name, moments[0], None, None, None, 1, "", 1, "f" * 64, {})
    write_manifest(own_snapshot.parent, own_snapshot.name, (entry,))
    with client_of(own_snapshot) as client:
        first = client.get("/rules")
        write_manifest(own_snapshot.parent, own_snapshot.name, (replace(entry, checked_at=moments[1]),))
        second = client.get("/rules", headers={"if-none-match": first.headers["etag"]})
        write_manifest(own_snapshot.parent, own_snapshot.name, (replace(entry, checked_at=moments[2]),))
        third = client.get("/en/rules")
    assert "2025-05-01 09:00 发布（" in first.text
    assert "2025-05-01 09:00 发布，2025-05-02 09:00 核对，无变化" in second.text
    assert "published 2025-05-01 09:00, found unchanged 2025-05-03 09:00" in third.text


def test_readers_are_served_while_snapshots_are_published(own_snapshot):
    before = open_files(own_snapshot)
    answers, done = [], threading.Event()

    def read(client):
        while not done.is_set():
            for path in ("/", "/findings?year=2023", "/organs"):
                answers.append(client.get(path))

    with client_of(own_snapshot) as client:
        readers = [threading.Thread(target=read, args=(client,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        seen = [client.get("/")]
        for number in range(3):
            publish_without(own_snapshot, "mart.finding", number)
            seen.append(client.get("/"))
        done.set()
        for reader in readers:
            reader.join()
    assert {answer.status_code for answer in answers} == {200}
    named = [re.findall(r"快照 ([\w-]+)，", answer.text)[0] for answer in seen]
    assert len(set(named)) == len(named)
    assert {name for answer in answers for name in re.findall(r"快照 ([\w-]+)，", answer.text)} <= set(named)
    assert open_files(own_snapshot) == before


def test_without_a_snapshot_it_says_how_to_get_one(tmp_path):
    with client_of(tmp_path / "gouji.duckdb") as client:
        answer = client.get("/")
        assert answer.status_code == 503
        assert "gouji demo" in answer.text
        assert client.get("/healthz").status_code == 503
    with pytest.raises(StoreMissingError, match="gouji demo"):
        Snapshots(tmp_path / "gouji.duckdb").current()


def test_an_empty_snapshot_has_a_first_page(tmp_path):
    from warehouse import store
    from warehouse.snapshots.publish import publish

    with store.writer(tmp_path / "warehouse.duckdb") as connection:
        publish(connection, tmp_path / "warehouse.duckdb", tmp_path / "published" / "gouji.duckdb")
    with client_of(tmp_path / "published" / "gouji.duckdb") as client:
        for path in ("/", "/findings", "/organs", "/regions", "/coverage", "/peers", "/rules", "/data", "/runs"):
            assert client.get(path).status_code == 200, path


def test_a_query_that_takes_too_long_is_stopped_and_the_next_is_not(own_snapshot):
    endless = "SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range % 7 = b.range % 5"
    pool = Pool(own_snapshot, cursors=1, seconds=300)
    with pool.lease() as lease:
        with pytest.raises(QueryError, match="stopped after"), lease.answer(endless, 0.2) as found:
            found.table()
        for _ in range(3):
            assert lease.rows("SELECT $n AS n", n=1, unused=2) == [{"n": 1}]
    pool.close()


def test_who_comes_when_every_cursor_is_leased_is_told_so(own_snapshot):
    pool = Pool(own_snapshot, cursors=1)
    with pool.lease(), pytest.raises(BusyError, match="too many"), pool.lease(wait_seconds=0.05):
        pass
    with pool.lease() as lease:
        assert lease.row("SELECT 1 AS n") == {"n": 1}
    pool.close()


@pytest.mark.parametrize(
    "sql",
    ["CREATE TABLE main.t (a INTEGER)", "DELETE FROM core.report", "COPY (SELECT 1) TO 'x.csv'", "ATTACH 'y.db'"],
)
def test_nobody_can_write_through_the_pool(own_snapshot, sql):
    pool = Pool(own_snapshot, cursors=1)
    with pool.lease() as lease, pytest.raises(duckdb.Error):
        lease.rows(sql)
    pool.close()
