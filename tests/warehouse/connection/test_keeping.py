"""A DuckDB file that stays open from one writer of this process to the next one."""

import subprocess
import sys

import duckdb
import pytest

from warehouse import store

PATIENT = """
import sys
from pathlib import Path
from warehouse import store
with store.writer(Path(sys.argv[1]), wait_seconds=120) as connection:
    connection.execute("INSERT INTO audit.pending VALUES ('from another process', 2024)")
"""
IMPATIENT = "import sys, duckdb; duckdb.connect(sys.argv[1])"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with store.writer(path):
        return path


def start(program, path):
    return subprocess.Popen([sys.executable, "-c", program, str(path)], stderr=subprocess.PIPE, text=True)


def pending(path):
    with store.writer(path, wait_seconds=120) as connection:
        return [row[0] for row in connection.execute("SELECT pending_id FROM audit.pending ORDER BY ALL").fetchall()]


def test_the_file_stays_open_until_the_end_of_the_block(path):
    with store.kept_open(path):
        with store.writer(path):
            pass
        process = start(IMPATIENT, path)
        assert "Could not set lock" in process.communicate()[1]
    process = start(IMPATIENT, path)
    assert process.communicate()[1] == ""


def test_another_process_that_waits_gets_it_while_nobody_writes(path):
    with store.kept_open(path):
        assert pending(path) == []
        process = start(PATIENT, path)
        assert process.communicate()[1] == ""
        assert pending(path) == ["from another process"]


def test_another_process_gets_it_between_writers_that_follow_each_other_at_once(path):
    with store.kept_open(path):
        process = start(PATIENT, path)
        while process.poll() is None:
            pending(path)
        assert process.communicate()[1] == ""
    assert pending(path) == ["from another process"]


def test_what_one_writer_wrote_the_next_one_sees_but_not_what_it_made_for_itself(path):
    with store.kept_open(path):
        with store.writer(path) as connection:
            connection.execute("CREATE TEMP TABLE own AS SELECT 1")
            connection.execute("INSERT INTO pending VALUES ('one', 2024)")
        with store.writer(path) as connection, pytest.raises(duckdb.CatalogException):
            connection.execute("FROM own")
        assert pending(path) == ["one"]


def fail(path):
    with store.writer(path) as connection:
        connection.begin()
        connection.execute("INSERT INTO pending VALUES ('half', 2024)")
        raise ZeroDivisionError


def test_what_fails_is_undone_and_the_next_writer_goes_on(path):
    with store.kept_open(path):
        with pytest.raises(ZeroDivisionError):
            fail(path)
        assert pending(path) == []


def test_a_writer_within_a_writer_leaves_the_file_to_the_outer_one(path):
    with store.kept_open(path), store.writer(path) as outer:
        pending(path)
        outer.execute("INSERT INTO pending VALUES ('outer', 2024)")
    assert pending(path) == ["outer"]


def test_a_long_log_goes_into_the_file(path):
    log = path.with_name(f"{path.name}.wal")
    with store.kept_open(path):
        with store.writer(path) as connection:
            connection.execute("INSERT INTO pending VALUES ('short', 2024)")
        assert log.exists()
        with store.writer(path) as connection:
            connection.execute("INSERT INTO pending SELECT repeat('long', 100) || n, 2024 FROM range(60000) AS t(n)")
        assert not log.exists()


def test_a_block_within_a_block_changes_nothing(path):
    with store.kept_open(path):
        with store.kept_open(path):
            pending(path)
        assert "Could not set lock" in start(IMPATIENT, path).communicate()[1]
