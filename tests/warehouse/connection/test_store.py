import subprocess
import sys

import pytest

from warehouse import store
from warehouse.errors import SchemaTooNewError, StoreError, StoreLockedError
from warehouse.migrations import migrations
from warehouse.snapshots.copying import copy_store
from warehouse.snapshots.reader import reader


def test_a_store_is_made_migrated_and_opened_again(tmp_path):
    for _ in range(2):
        with store.writer(tmp_path / "deep" / "warehouse.duckdb") as connection:
            applied = connection.execute(
                "SELECT count(DISTINCT version) FROM audit.migration WHERE regexp_matches(name, '^[0-9]{4}_')"
            ).fetchone()
    assert applied == (len(migrations()),)


def test_a_store_newer_than_the_code_is_refused(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with store.writer(path) as connection:
        connection.execute("INSERT INTO audit.migration VALUES (99, '0099_future', now())")
    with pytest.raises(SchemaTooNewError, match=r"schema version 99.*install a newer Gouji"), store.writer(path):
        pass


def test_a_file_that_is_no_store_is_refused(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    path.write_text("政府信息公开" * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match=r"not a valid DuckDB"), store.writer(path):
        pass


def test_a_folder_that_cannot_be_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="GOUJI_HOME"), store.writer(tmp_path / "file" / "warehouse.duckdb"):
        pass


HOLDER = """
import sys, time
from pathlib import Path
from warehouse import store
with store.writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(path, seconds):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_a_locked_store_says_who_holds_it(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    process = hold(path, 60)
    try:
        with pytest.raises(StoreLockedError, match=f"process {process.pid} is writing"), store.writer(path):
            pass
    finally:
        process.kill()
        process.wait()


def test_a_patient_writer_waits_for_its_turn_and_says_so_once(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    process = hold(path, 1)
    said = []
    with store.writer(path, wait_seconds=60, on_wait=said.append):
        assert len(said) == 1
        assert "waiting for the warehouse" in said[0]
    process.wait()


def test_a_lock_does_not_outlive_its_holder(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    process = hold(path, 60)
    process.kill()
    process.wait()
    with store.writer(path, wait_seconds=5):
        pass


def test_a_store_that_was_copied_is_still_its_writer_s_alone(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with store.writer(path) as connection:
        copy_store(connection, path, tmp_path / "copy.duckdb")
        another = [sys.executable, "-c", f"import duckdb; duckdb.connect({str(path)!r})"]
        refused = subprocess.run(another, capture_output=True, text=True, check=False)
    assert "Could not set lock" in refused.stderr


def test_no_connection_draws_a_progress_bar(tmp_path):
    off = "SELECT current_setting('enable_progress_bar')"
    working, snapshot = tmp_path / "warehouse.duckdb", tmp_path / "gouji.duckdb"
    with store.memory() as memory, store.writer(working) as writer:
        copy_store(writer, working, snapshot)
        with reader(snapshot) as looking:
            assert [each.execute(off).fetchone() for each in (memory, writer, looking)] == [(False,)] * 3
