import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tasks.archive.store import Archive
from tasks.keeping.backup import back_up
from tasks.settings import Settings
from tests.pages import remembered
from tests.warehouse.conftest import cell_row, report_row
from warehouse import store
from warehouse.connection.locks import FileLocks
from warehouse.loading.staging import insert_rows


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv("GOUJI_HOME", str(home))
    with store.writer(home / "warehouse.duckdb") as connection:
        organ = {"organ_id": "9901-云泽市民政局", "name": "云泽市民政局", "kind": "department"}
        insert_rows(connection, {"organ": [organ], "report": [report_row("a")], "cell": [cell_row("a")]})
    archive = Archive(str(home / "archive"))
    archive.remember(remembered("http://a/1", archive.put("第一页".encode())))
    return home


def held(home):
    with store.writer(home / "warehouse.duckdb") as connection:
        return connection.execute("SELECT * FROM core.report JOIN core.cell USING (report_id)").fetchall()


def test_a_backup_copied_into_an_empty_home_is_the_home_again(home, gouji, tmp_path):
    kept = tmp_path / "kept"
    made = json.loads(gouji("backup", kept, "--json").stdout)
    assert made["archived_files"] == made["new_files"] > 0
    before = held(home)
    shutil.rmtree(home)
    shutil.copytree(kept, home)
    assert held(home) == before
    archive = Archive(Settings().archive_root)
    assert archive.get(archive.recall("http://a/1").exchange.sha256).decode() == "第一页"


def test_a_second_backup_copies_what_is_new_only(home, gouji, tmp_path):
    kept = tmp_path / "kept"
    gouji("backup", kept)
    Archive(str(home / "archive")).put(b"another page")
    made = json.loads(gouji("backup", kept, "--json").stdout)
    assert made["new_files"] == 1
    assert not [path for path in kept.rglob("*") if path.name.startswith(".")]


def test_what_a_killed_backup_left_is_gone_after_the_next_and_nothing_else(home, gouji, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in (".warehouse.duckdb.4711", ".warehouse.duckdb.4711.wal"):
        (kept / name).write_bytes(b"half")
    (kept / ".warehouse.duckdb.4711.tmp").mkdir()
    (kept / ".mine").write_bytes(b"")
    assert gouji("backup", kept).exit_code == 0
    assert {path.name for path in kept.iterdir()} == {"warehouse.duckdb", "archive", ".mine"}


def test_backups_into_one_folder_take_turns(home, tmp_path):
    kept, said = tmp_path / "kept", []
    with ThreadPoolExecutor(1) as beside:
        with FileLocks(kept).attempt(".lock"):
            waiting = beside.submit(back_up, Settings(), kept, said.append)
            while not (said or waiting.done()):
                time.sleep(0.01)
        waiting.result()
    assert said == [f"waiting: another backup into {kept} is under way"]


def test_a_backup_that_fails_leaves_the_one_before(home, gouji, tmp_path):
    kept = tmp_path / "kept"
    gouji("backup", kept)
    before = (kept / "warehouse.duckdb").read_bytes()
    (home / "warehouse.duckdb").write_bytes(b"no longer a database" * 1000)
    assert gouji("backup", kept).exit_code == 1
    assert (kept / "warehouse.duckdb").read_bytes() == before


def test_a_home_is_no_backup_of_itself(home, gouji):
    result = gouji("backup", home)
    assert result.exit_code == 1
    assert "another folder" in result.stderr
