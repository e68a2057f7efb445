"""Runs on record, whatever becomes of their process."""

import subprocess
import sys

import pytest

from tasks.life import alive, dead
from tasks.runs import recorded_run
from tasks.settings import Settings
from tasks.stopping import stop_of
from warehouse.store import writer

_DIES = """
import os, sys
from pathlib import Path
from tasks.runs import recorded_run
from tasks.settings import Settings
with recorded_run("backfill", "killed", [2024], {}, Settings(home=Path(sys.argv[1]))):
    os._exit(9)
"""


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path, lock_wait_seconds=5)


def states(settings: Settings) -> dict[str, str]:
    with writer(settings.store) as connection:
        return dict(connection.execute("SELECT run_id, state FROM audit.run").fetchall())


def test_a_run_whose_process_was_killed_is_crashed_once_the_next_begins(settings):
    assert subprocess.run([sys.executable, "-c", _DIES, settings.home], check=False).returncode == 9
    assert states(settings) == {"killed": "running"}
    with recorded_run("backfill", "next", [2024], {}, settings):
        assert states(settings) == {"killed": "crashed", "next": "running"}
    assert states(settings) == {"killed": "crashed", "next": "completed"}


def test_a_run_that_lives_is_left_running(settings):
    with (
        recorded_run("refresh", "first", [2024], {}, settings),
        recorded_run("refresh", "second", [2024], {}, settings),
    ):
        assert states(settings) == {"first": "running", "second": "running"}


@pytest.mark.parametrize(("error", "state"), [(ValueError, "failed"), (KeyboardInterrupt, "cancelled")])
def test_how_a_run_ended_is_on_record(settings, error, state):
    with pytest.raises(error), recorded_run("backfill", state, [2024], {}, settings):
        raise error
    assert states(settings) == {state: state}
    assert stop_of("cancelled").asked is (state == "cancelled") or state == "failed"


def test_life_ends_with_the_process_that_holds_it(tmp_path):
    with alive(tmp_path, "mine"):
        assert dead(tmp_path, ["mine", "unknown"]) == ("unknown",)
    assert dead(tmp_path, ["mine"]) == ("mine",)
    assert list(tmp_path.iterdir()) == []
