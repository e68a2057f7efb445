import os
import shutil
import stat
from collections import namedtuple

import pytest

from tasks.runs.home import HomeError, check_home
from warehouse.snapshots.publish import publish
from warehouse.store import writer

Usage = namedtuple("Usage", "total used free")


def test_a_home_is_made(tmp_path):
    check_home(tmp_path / "deep" / "home")
    assert (tmp_path / "deep" / "home").is_dir()


def test_a_home_that_cannot_be_written_is_refused_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="GOUJI_HOME") as caught:
        check_home(tmp_path / "file" / "home")
    assert "\n" not in str(caught.value)


def test_a_full_disk_is_told_before_the_work_begins(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 3_000_000))
    with pytest.raises(HomeError, match="only 3 MB are free"):
        check_home(tmp_path)


def test_room_can_be_made_where_there_is_little(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 3_000_000))
    check_home(tmp_path, least_free=0)


def test_a_home_and_what_is_made_in_it_are_the_user_s_alone(tmp_path):
    usual = os.umask(0o022)
    try:
        check_home(tmp_path / "home")
        with writer(tmp_path / "home" / "warehouse.duckdb") as connection:
            published = publish(
                connection, tmp_path / "home" / "warehouse.duckdb", tmp_path / "home" / "published" / "gouji.duckdb"
            ).path
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").iterdir()}
    finally:
        os.umask(usual)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert modes == {"warehouse.duckdb": 0o600, "published": 0o700}
    assert stat.S_IMODE(published.stat().st_mode) == 0o644
