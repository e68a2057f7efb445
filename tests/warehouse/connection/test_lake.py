"""The warehouse as a lake on a real PostgreSQL: what several processes write at once is what one would have written."""

import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import cell_row, facts, report_row
from warehouse import store
from warehouse.connection.lake import ask, open_lake
from warehouse.connection.location import Lake, locate, without_secrets
from warehouse.connection.locks import AdvisoryLocks
from warehouse.connection.upkeep import tidy_lake
from warehouse.errors import SchemaTooNewError, StoreError, StoreLockedError
from warehouse.loading.load import load_batch
from warehouse.loading.staging import write_batch
from warehouse.snapshots.copying import copy_store
from warehouse.snapshots.publish import publish
from warehouse.snapshots.query import rows
from warehouse.snapshots.reader import reader

TABLES = ("core.sighting", "core.reading", "core.report", "core.cell", "core.organ", "core.source")


@pytest.fixture(scope="module")
def lake(postgres, tmp_path_factory) -> Lake:
    return Lake(postgres.new_lake(), str(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def connection(lake):
    with store.writer(lake) as connection:
        yield connection


@pytest.fixture(scope="module")
def lake_in_a_file(tmp_path_factory) -> Lake:
    """A lake with forty reports, whose catalogue is a file."""
    folder = tmp_path_factory.mktemp("lake")
    lake = locate(f"ducklake:{folder / 'catalogue.ducklake'}", str(folder / "data"), folder)
    with store.writer(lake) as connection:
        load_batch(connection, stage(folder, "first", range(40)))
    return lake


def report(source, number):
    identity = f"{source}{number}"
    return report_row(identity, organ_id=f"organ {number}", url=f"http://{source}.example/{number}", source_id=source)


def stage(folder, source, numbers):
    """Stage reports of a source, with cells; the same organs report to every source."""
    reports = [report(source, number) for number in numbers]
    known = [facts(each) for each in reports]
    return write_batch(
        folder / f"{source}-{numbers[0]}",
        {
            "organ": [{"organ_id": each["organ_id"], "name": each["organ_id"]} for each in reports],
            "report": reports,
            "cell": [cell_row(each["report_id"], value) for each in reports for value in range(20)],
            **{name: list(chain.from_iterable(each[name] for each in known)) for name in ("sighting", "reading")},
        },
    )


def parquet_files(folder):
    return [*folder.rglob("*.parquet")]


def contents(connection):
    """Every table's rows, without the number that says in which order reports were loaded."""
    columns = "COLUMNS(name -> name <> 'report_no')"
    return {table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall() for table in TABLES}


LOADER = """
import sys
from pathlib import Path
from warehouse import store
from warehouse.loading.load import load_batch
from warehouse.connection.location import Lake
catalogue, data, *batches = sys.argv[1:]
with store.writer(Lake(catalogue, data), wait_seconds=120) as connection:
    for batch in batches:
        load_batch(connection, Path(batch))
"""

KILLED = """
import sys, time
from pathlib import Path
from warehouse import store
from warehouse.loading.load import load_batch
from warehouse.connection.location import Lake
catalogue, data, batch = sys.argv[1:]
class Stopping:
    # A connection that stops for ever where half of the batch is written.
    def __init__(self, connection):
        self.connection = connection
    def __getattr__(self, name):
        return getattr(self.connection, name)
    def execute(self, sql, *rest):
        result = self.connection.execute(sql, *rest)
        if "INSERT INTO core.cell" in sql:
            print("half", flush=True)
            time.sleep(600)
        return result
with store.writer(Lake(catalogue, data), wait_seconds=120) as connection:
    stopping = Stopping(connection)
    from warehouse.connection import transactions
    transactions._turns[stopping] = transactions._turns[connection]
    load_batch(stopping, Path(batch))
"""


def start(script, lake, *batches):
    return subprocess.Popen(
        [sys.executable, "-c", script, lake.catalogue, lake.data, *map(str, batches)], stdout=subprocess.PIPE, text=True
    )


def test_processes_that_load_at_once_and_one_killed_half_way_leave_what_one_would_have_left(lake, connection, tmp_path):
    first = [stage(tmp_path, "first", range(start, start + 5)) for start in (0, 5)]
    second = [stage(tmp_path, "second", range(start, start + 5)) for start in (0, 5)]
    killed = start(KILLED, lake, first[0])
    assert killed.stdout.readline() == "half\n"
    others = [start(LOADER, lake, *batches) for batches in (first, second, first)]
    killed.kill()
    killed.wait()
    assert [process.wait() for process in others] == [0, 0, 0]
    with store.memory() as alone:
        for batch in (*first, *second):
            load_batch(alone, batch)
        alone.execute("SET TimeZone = 'Asia/Shanghai'")
        assert contents(connection) == contents(alone)
    assert connection.execute("SELECT count(*) FROM core.cell").fetchone() == (400,)


def test_batches_loaded_together_change_the_rows_that_the_lake_has(lake_in_a_file, tmp_path):
    """Such a load waited for ever, or took the process down: DuckLake looked for the lake's rows in the batches."""
    for day in range(1, 3):
        titles = [(f"{part} of day {day}", datetime(2024, 1, day, part, tzinfo=UTC)) for part in (1, 2)]
        source = {"source_id": "source", "publisher": "publisher", "home_url": "http://source.example/"}
        batches = [
            write_batch(tmp_path / f"{day}-{at.hour}", {"source": [source | {"title": title, "loaded_at": at}]})
            for title, at in titles
        ]
        with store.writer(lake_in_a_file) as connection:
            load_batch(connection, *batches)
            assert connection.execute("SELECT title FROM core.source").fetchall() == [(f"2 of day {day}",)]


def test_a_snapshot_published_from_the_lake_is_like_any_other(lake, connection, tmp_path):
    load_batch(connection, stage(tmp_path, "first", range(3)))
    published = publish(connection, lake, tmp_path / "published" / "gouji.duckdb").path
    with reader(published) as snapshot:
        assert contents(snapshot) == contents(connection)
    assert rows(published, "SELECT count(*) AS n FROM report_as_of('2030-01-01')")[0]["n"] > 0


def test_loading_again_writes_nothing_to_the_lake(connection, tmp_path):
    batch = stage(tmp_path, "again", range(2))
    snapshots = []
    for _ in range(3):
        load_batch(connection, batch)
        snapshots += connection.execute("SELECT max(snapshot_id) FROM warehouse.snapshots()").fetchone()
    assert snapshots[1] == snapshots[2]


def test_a_reader_of_the_lake_sees_one_moment(lake, connection, tmp_path):
    looking = open_lake(lake, read_only=True)
    looking.begin()
    before = looking.execute("SELECT count(*) FROM core.report").fetchone()
    load_batch(connection, stage(tmp_path, "third", range(2)))
    assert looking.execute("SELECT count(*) FROM core.report").fetchone() == before
    looking.commit()
    assert looking.execute("SELECT count(*) FROM core.report").fetchone() == (before[0] + 2,)
    looking.close()


def test_a_turn_is_waited_for_as_long_as_one_may_and_says_for_whom(lake, connection):
    said = []
    with store.writer(lake, wait_seconds=0.3, on_wait=said.append) as waiting:
        with (
            store.transaction(connection),
            pytest.raises(StoreLockedError, match=r"gouji, process \d+ on .* is writing"),
            store.transaction(waiting),
        ):
            pass
        with store.transaction(waiting):
            pass
    assert len(said) == 1
    assert "geheim" not in said[0]


def test_a_lock_and_a_turn_outlast_the_time_that_the_server_gives_idle_transactions(lake, connection):
    impatient = Lake(f"{lake.catalogue} options='-c idle_in_transaction_session_timeout=2s'", lake.data)
    with (
        AdvisoryLocks(impatient).attempt("run 1") as taken,
        store.writer(impatient) as writing,
        store.transaction(writing),
    ):
        assert taken
        time.sleep(3)
        with AdvisoryLocks(lake).attempt("run 1") as again:
            assert not again
        with pytest.raises(StoreLockedError), store.transaction(connection):
            pass
    with AdvisoryLocks(lake).attempt("run 1") as free:
        assert free


def test_a_lock_whose_session_postgresql_ends_is_free_and_its_holder_goes_on(lake, connection):
    end_holders = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'advisory' AND datname = current_database()
    """
    locks = AdvisoryLocks(lake)
    with locks.attempt("run 2") as taken:
        assert taken
        assert ask(connection, end_holders) == 1
        with locks.attempt("run 2") as again:
            assert again


def half_written(connection):
    connection.execute("INSERT INTO core.organ (organ_id, name) VALUES ('half', 'half')")
    raise StoreError("half")


def test_what_fails_leaves_nothing_and_gives_its_turn_away(connection):
    with pytest.raises(StoreError, match="half"), store.transaction(connection):
        half_written(connection)
    assert connection.execute("SELECT count(*) FROM core.organ WHERE organ_id = 'half'").fetchone() == (0,)
    with store.transaction(connection):
        pass


def test_a_lake_newer_than_the_code_is_refused(lake, connection):
    with store.transaction(connection):
        connection.execute("INSERT INTO audit.migration VALUES (99, '0099_future', now())")
    with pytest.raises(SchemaTooNewError, match=r"schema version 99.*install a newer Gouji"), store.writer(lake):
        pass
    with store.transaction(connection):
        connection.execute("DELETE FROM audit.migration WHERE version = 99")


def test_a_new_lake_wants_to_know_where_its_data_lies(postgres):
    with pytest.raises(StoreError, match="GOUJI_LAKE_DATA"), store.writer(Lake(postgres.new_lake())):
        pass


def test_a_catalogue_that_does_not_answer_is_told_in_one_line_without_its_password():
    lake = Lake("ducklake:postgres:host=127.0.0.1 port=1 dbname=none password=geheim", "data")
    with pytest.raises(StoreError) as caught, store.writer(lake):
        pass
    assert "\n" not in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_upkeep_merges_small_files_and_changes_no_row(lake, connection, tmp_path):
    for number in range(3):
        load_batch(connection, stage(tmp_path, f"small {number}", range(number * 100, number * 100 + 20)))
    before, files = contents(connection), parquet_files(Path(lake.data))
    (middle,) = connection.execute("SELECT median(snapshot_time) FROM ducklake_snapshots('warehouse')").fetchone()
    then = f"SELECT count(*) FROM core.cell AT (TIMESTAMP => '{middle}'::TIMESTAMPTZ)"
    cells = connection.execute(then).fetchone()
    assert tidy_lake(connection, middle - timedelta(days=1), grace=timedelta(0)) > 0
    assert connection.execute(then).fetchone() == cells
    assert contents(connection) == before
    assert len(parquet_files(Path(lake.data))) < len(files)
    tidy_lake(connection, datetime.now(UTC) + timedelta(minutes=1))
    assert contents(connection) == before
    with pytest.raises(duckdb.Error, match=r"[Ss]napshot"):
        connection.execute(then)


def test_a_catalogue_in_a_file_is_one_process_s_at_a_time(lake_in_a_file, tmp_path):
    with store.writer(lake_in_a_file) as connection:
        copy_store(connection, lake_in_a_file, tmp_path / "copy.duckdb")
    with reader(tmp_path / "copy.duckdb") as copy:
        assert copy.execute("SELECT count(*) FROM core.report").fetchone() == (40,)


def test_upkeep_leaves_no_file_with_deletions_and_none_that_nobody_knows(lake_in_a_file):
    with store.writer(lake_in_a_file) as connection:
        with store.transaction(connection):
            connection.execute("DELETE FROM core.cell WHERE value < 10")
        before, cells = contents(connection), Path(lake_in_a_file.data) / "core" / "cell"
        left_by_a_kill = cells / "ducklake-of-a-killed-writer.parquet"
        shutil.copy(parquet_files(cells)[0], left_by_a_kill)
        tidy_lake(connection, datetime.now(UTC) + timedelta(minutes=1), grace=timedelta(0))
        assert contents(connection) == before
        files = connection.execute("SELECT delete_file FROM ducklake_list_files('warehouse', 'cell', schema => 'core')")
        assert {file for (file,) in files.fetchall()} == {None}
    assert not left_by_a_kill.exists()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgres:host=x password=geheim dbname=y", "postgres:host=x password=… dbname=y"),
        ("postgres:host=x password='ge heim' dbname=y", "postgres:host=x password=… dbname=y"),
        ("ducklake:postgres:postgresql://me:geheim@host/db", "ducklake:postgres:postgresql://me:…@host/db"),
    ],
)
def test_passwords_are_never_shown(text, shown):
    assert without_secrets(text) == shown


def test_a_catalogue_of_another_kind_is_refused():
    with pytest.raises(StoreError, match="PostgreSQL"):
        locate("ducklake:sqlite:x.db", "data", None)


@pytest.fixture(scope="module")
def bucket():
    """A bucket of an S3 server on the loopback, and the environment that leads to it."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL_S3": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "gouji",
        "AWS_SECRET_ACCESS_KEY": "geheim",
        "AWS_REGION": "us-east-1",
    }
    import boto3

    client = boto3.client(
        "s3",
        endpoint_url=environment["AWS_ENDPOINT_URL_S3"],
        aws_access_key_id="gouji",
        aws_secret_access_key="geheim",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="gouji")
    yield client, environment
    server.stop()


def test_a_lake_keeps_its_data_on_s3(postgres, bucket, tmp_path, monkeypatch):
    client, environment = bucket
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    lake = Lake(postgres.new_lake(), "s3://gouji/lake/")
    batch = stage(tmp_path, "first", range(10))
    with store.writer(lake) as connection:
        load_batch(connection, batch)
    with store.writer(Lake(lake.catalogue)) as connection:
        publish(connection, lake, tmp_path / "published" / "gouji.duckdb")
    with store.memory() as connection, reader(tmp_path / "published" / "gouji.duckdb") as snapshot:
        load_batch(connection, batch)
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        assert contents(snapshot) == contents(connection)
    keys = [each["Key"] for each in client.list_objects_v2(Bucket="gouji")["Contents"]]
    assert any(key.startswith("lake/core/cell/") and key.endswith(".parquet") for key in keys)
