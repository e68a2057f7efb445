"""Other people's errors, told in one line by cause and remedy, and never with a password."""

import errno
import fcntl
import os
import re
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
import pytest

from warehouse import store
from warehouse.connection.lake import load_extension
from warehouse.connection.location import Lake
from warehouse.connection.locks import AdvisoryLocks, FileLocks, held
from warehouse.errors import StoreError
from warehouse.snapshots.reader import reader


def complaint(context: AbstractContextManager) -> str:
    """What is said where a context cannot be entered: one line, without the password."""
    with pytest.raises(StoreError) as caught, context:
        pass
    said = str(caught.value)
    assert "\n" not in said
    assert "geheim" not in said
    return said


@pytest.fixture
def warehouse(tmp_path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with store.writer(path) as connection:
        connection.execute("INSERT INTO core.organ (organ_id, name) SELECT range, range FROM range(50000)")
    return path


def spoil(path: Path, start: int, length: int = 5000) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + length] = bytes(byte ^ 0x55 for byte in content[start : start + length])
    path.write_bytes(content)


def test_a_damaged_warehouse_is_restored(warehouse):
    spoil(warehouse, 4096)
    assert "restore the latest backup" in complaint(store.writer(warehouse))


def test_a_warehouse_that_was_cut_off_is_restored(warehouse):
    os.truncate(warehouse, 100)
    assert "restore the latest backup" in complaint(store.writer(warehouse))


def test_damage_that_shows_while_a_run_is_at_it_is_told_in_the_same_way(warehouse):
    spoil(warehouse, warehouse.stat().st_size // 2, 200_000)
    with pytest.raises(StoreError, match="restore the latest backup"), store.writer(warehouse) as connection:
        connection.execute("SELECT sum(hash(COLUMNS(*))) FROM core.organ").fetchall()


_CUT_SHORT = """
import os, sys
from pathlib import Path
from warehouse import store
with store.writer(Path(sys.argv[1])) as connection:
    connection.execute("INSERT INTO core.organ (organ_id, name) VALUES ('last', 'last')")
    os._exit(9)
"""


def test_a_damaged_log_of_the_warehouse_is_named(warehouse):
    subprocess.run([sys.executable, "-c", _CUT_SHORT, warehouse], check=False)
    spoil(Path(f"{warehouse}.wal"), 60, 100)
    assert ".wal" in complaint(store.writer(warehouse))
    Path(f"{warehouse}.wal").unlink()
    with store.writer(warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM core.organ").fetchone() == (50_000,)


def test_a_damaged_snapshot_is_published_anew(warehouse):
    spoil(warehouse, 4096)
    assert "gouji publish" in complaint(reader(warehouse))


@pytest.fixture
def small_disk(tmp_path) -> Path:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk that can be filled can only be mounted by root")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.long
def test_a_full_disk_is_told_with_what_to_do(small_disk):
    with pytest.raises(StoreError, match="make room"), store.writer(small_disk / "warehouse.duckdb") as connection:
        connection.execute("CREATE TABLE main.big AS SELECT hash(range) AS x, uuid() AS y FROM range(3000000)")


def test_a_file_system_that_refuses_locks_is_told_at_once(tmp_path, monkeypatch):
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    said = complaint(held(FileLocks(tmp_path), "loading"))
    assert "refuses locks" in said
    assert "disk of this machine" in said


def test_a_file_system_that_refuses_duckdb_s_lock_is_told_at_once(tmp_path, monkeypatch):
    def refuse(*arguments: object, **options: object) -> None:
        raise duckdb.IOException(f'IO Error: Could not set lock on file "{tmp_path}/x.duckdb": No locks available')

    monkeypatch.setattr(duckdb, "connect", refuse)
    said = complaint(store.writer(tmp_path / "x.duckdb", wait_seconds=600))
    assert "refuses locks" in said


@pytest.fixture
def lake(postgres, tmp_path) -> Lake:
    lake = Lake(postgres.new_lake(), str(tmp_path / "data"))
    with store.writer(lake) as connection:
        connection.execute("INSERT INTO core.organ (organ_id, name) SELECT range, range FROM range(5000)")
    return lake


def organs(lake: Lake) -> int:
    with store.writer(lake) as connection:
        return connection.execute("SELECT count(*) FROM core.organ WHERE length(name) > 0").fetchone()[0]


def test_a_lake_whose_data_is_not_mounted_or_was_moved(lake, tmp_path):
    known = Lake(lake.catalogue)
    shutil.move(tmp_path / "data", tmp_path / "moved")
    assert "mount it, or name where it lies now with GOUJI_LAKE_DATA" in complaint(store.writer(known))
    assert organs(Lake(lake.catalogue, str(tmp_path / "moved"))) == 5000
    for file in (tmp_path / "moved").rglob("*.parquet"):
        file.unlink()
    with pytest.raises(StoreError, match="a file of the lake's data is missing"):
        organs(Lake(lake.catalogue, str(tmp_path / "moved")))


def execute(postgres, sql: str) -> None:
    with duckdb.connect() as connection:
        load_extension(connection, "postgres_scanner")
        connection.execute(
            f"ATTACH 'host=127.0.0.1 port={postgres.port} user=gouji dbname=postgres' AS pg (TYPE postgres)"
        )
        connection.execute("CALL postgres_execute('pg', ?, use_transaction => false)", [sql])


def test_why_postgresql_refuses_is_told(postgres, lake, tmp_path):
    nobody = Lake(lake.catalogue.replace("user=gouji", "user=stranger"), lake.data)
    assert 'role "stranger" does not exist' in complaint(store.writer(nobody))
    assert 'role "stranger" does not exist' in complaint(AdvisoryLocks(nobody).attempt("run"))
    execute(postgres, "CREATE ROLE few LOGIN CONNECTION LIMIT 1")
    execute(postgres, "CREATE DATABASE few OWNER few")
    few = Lake(re.sub(r"user=\S+ dbname=\S+", "user=few dbname=few", lake.catalogue), lake.data)
    said = complaint(store.writer(few))
    assert 'too many connections for role "few"' in said
    assert "max_connections" in said
    nowhere = Lake(lake.catalogue.replace(f"port={postgres.port}", "port=1"), lake.data)
    said = complaint(store.writer(nowhere))
    assert "Connection refused" in said
    assert "see whether PostgreSQL runs" in said


def test_a_rollback_that_fails_hides_nothing(tmp_path):
    class Broken:
        def begin(self) -> None: ...

        def interrupt(self) -> None: ...

        def rollback(self) -> None:
            raise duckdb.TransactionException("cannot rollback: no transaction is active")

    with pytest.raises(ValueError, match="the cause"), store.transaction(Broken()):
        raise ValueError("the cause")
