import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse import store
from warehouse.connection.memory import Room, beside
from warehouse.errors import StoreError

_HOLD_ROOM = """
import sys
from pathlib import Path
from warehouse.connection.memory import Room
with Room(100, Path(sys.argv[1])).taken():
    print("taken", flush=True)
    sys.stdin.read()
"""


def test_a_writer_has_so_much_memory_and_a_folder_of_its_own_that_goes_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    with store.writer(tmp_path / "w.duckdb", room=Room(100, folder)) as connection:
        limit, own = _settings(connection)
        assert (limit, Path(own).parent) == ("95.3 MiB", folder)
        assert Path(own).stat().st_mode & 0o077 == 0
    assert list(folder.iterdir()) == []


def test_what_does_not_fit_goes_to_the_folder(tmp_path: Path) -> None:
    with store.writer(tmp_path / "w.duckdb", room=Room(60, tmp_path)) as connection:
        connection.execute("SET threads = 1")
        connection.execute("CREATE TEMP TABLE long AS SELECT hash(range) AS number FROM range(12_000_000)")
        assert connection.execute("SELECT count(*), count(DISTINCT number) FROM long").fetchone() == (12_000_000,) * 2


def test_another_database_of_the_process_has_a_folder_within(tmp_path: Path) -> None:
    with store.writer(tmp_path / "w.duckdb", room=Room(100, tmp_path)) as connection:
        _, own = _settings(connection)
        with duckdb.connect(config=dict(beside(connection))) as other:
            assert _settings(other)[1] == f"{own}/beside"


def test_without_room_another_database_is_left_to_duckdb_too(tmp_path: Path) -> None:
    with store.writer(tmp_path / "w.duckdb") as connection:
        assert beside(connection) == {}


def test_the_folder_of_a_killed_process_is_removed_by_the_next_one_and_that_of_a_living_one_is_not(
    tmp_path: Path,
) -> None:
    living, killed = _holder(tmp_path), _holder(tmp_path)
    try:
        killed.kill()
        killed.wait()
        assert len(list(tmp_path.glob("*.spilled"))) == 2
        with Room(100, tmp_path).taken():
            assert len(list(tmp_path.glob("*.spilled"))) == 2
    finally:
        living.communicate()
    assert list(tmp_path.glob("*.spilled")) == []


def test_where_no_folder_can_be_made_it_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(StoreError, match=r"GOUJI_TEMPORARY$"),
        store.writer(tmp_path / "w.duckdb", room=Room(100, tmp_path / "file")),
    ):
        pass


def _holder(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _HOLD_ROOM, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "taken\n"
    return process


def _settings(connection: store.Connection) -> tuple[str, str]:
    found = connection.execute("SELECT current_setting('memory_limit'), current_setting('temp_directory')").fetchone()
    assert found
    return found
