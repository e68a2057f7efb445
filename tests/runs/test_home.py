import shutil
from collections import namedtuple

import pytest

from tasks.runs.home import HomeError, check_home

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
