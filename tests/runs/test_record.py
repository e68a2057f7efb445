"""Runs on record, whatever becomes of their process."""

import subprocess
import sys
from queue import Queue
from threading import Thread

import pytest

from tasks.runs.context import RunContext
from tasks.runs.locks import alive, dead, loading, publishing
from tasks.runs.record import count, recorded_run
from tasks.settings import Settings
from warehouse.loading.runs import RunCounts
from warehouse.store import writer

_DIES = """
import os, sys
from pathlib import Path
from tasks.runs.context import RunContext
from tasks.runs.record import recorded_run
from tasks.settings import Settings
with recorded_run(RunContext("killed", Settings(home=Path(sys.argv[1]))), "backfill", [2024], {}):
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
    with recorded_run(RunContext("next", settings), "backfill", [2024], {}):
        assert states(settings) == {"killed": "crashed", "next": "running"}
    assert states(settings) == {"killed": "crashed", "next": "completed"}


def test_a_run_that_lives_is_left_running(settings):
    with (
        recorded_run(RunContext("first", settings), "refresh", [2024], {}),
        recorded_run(RunContext("second", settings), "refresh", [2024], {}),
    ):
        assert states(settings) == {"first": "running", "second": "running"}


@pytest.mark.parametrize(("error", "state"), [(ValueError, "failed"), (KeyboardInterrupt, "cancelled")])
def test_how_a_run_ended_is_on_record(settings, error, state):
    context = RunContext(state, settings)
    with pytest.raises(error), recorded_run(context, "backfill", [2024], {}):
        raise error
    assert states(settings) == {state: state}
    assert context.stop.asked is (state == "cancelled")


def test_what_comes_after_the_end_of_a_run_is_counted_nowhere(settings):
    with recorded_run(RunContext("ended", settings), "backfill", [2024], {}) as run:
        count("ended", RunCounts(pages_fetched=1))
    count("ended", RunCounts(pages_fetched=1))
    assert run.counts.pages_fetched == 1


def test_life_ends_with_the_process_that_holds_it(settings):
    with alive(settings, "mine"):
        assert dead(settings, ["mine", "unknown"]) == ("unknown",)
    assert dead(settings, ["mine"]) == ("mine",)
    assert list(settings.locks.iterdir()) == []


@pytest.mark.long
def test_another_machine_s_run_is_crashed_only_once_its_process_has_ended(postgres, tmp_path, monkeypatch):
    monkeypatch.setenv("GOUJI_WAREHOUSE", postgres.new_lake())
    monkeypatch.setenv("GOUJI_LAKE_DATA", str(tmp_path / "data"))
    here, there = (Settings(home=tmp_path / machine, lock_wait_seconds=60) for machine in ("here", "there"))
    assert subprocess.run([sys.executable, "-c", _DIES, there.home], check=False).returncode == 9
    with (
        recorded_run(RunContext("theirs", there), "backfill", [2024], {}),
        recorded_run(RunContext("ours", here), "backfill", [2024], {}),
    ):
        assert states(here) == {"killed": "crashed", "theirs": "running", "ours": "running"}
        told: Queue[str] = Queue()
        publisher = Thread(target=publish_in_turn, args=(here, told))
        publisher.start()
        assert "loading" in told.get(timeout=60)
    assert told.get(timeout=60) == "published"
    publisher.join()


def publish_in_turn(settings: Settings, told: "Queue[str]") -> None:
    with publishing(settings, told.put):
        told.put("published")


def test_what_is_published_is_what_every_run_has_loaded_and_no_run_is_kept_waiting_for_ever(settings):
    told: Queue[str] = Queue()
    with loading(settings, told.put), loading(settings, told.put):
        publisher = Thread(target=publish_in_turn, args=(settings, told))
        publisher.start()
        assert "no other run is loading" in told.get(timeout=60)
        later = Thread(target=load_in_turn, args=(settings, told))
        later.start()
        assert "another run to publish" in told.get(timeout=60)
        assert told.empty()
    assert [told.get(timeout=60), told.get(timeout=60)] == ["published", "loaded"]
    publisher.join()
    later.join()


def load_in_turn(settings: Settings, told: "Queue[str]") -> None:
    with loading(settings, told.put):
        told.put("loaded")
