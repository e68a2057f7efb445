"""What heeds neither interrupt nor memory limit ends the process, in one line."""

import os
import subprocess
import sys
import threading
import time

import pytest

from flows.command_line.analysis import containment
from flows.command_line.analysis.containment import contained


@pytest.fixture
def no_grace(monkeypatch):
    monkeypatch.setattr(containment, "_GRACE_SECONDS", 0.0)
    monkeypatch.setattr(containment, "_GRACE_BYTES", 0)
    monkeypatch.setattr(containment, "_POLL_SECONDS", 0.01)


class _LateThread(threading.Thread):
    """A thread that a busy machine lets run only after its starter has gone on."""

    def run(self) -> None:
        time.sleep(0.2)
        super().run()


@pytest.mark.parametrize(("seconds", "megabytes", "says"), [(0.05, 10_000, "--timeout"), (60, 50, "--memory")])
def test_time_and_memory_are_watched_from_the_start_on(no_grace, monkeypatch, seconds, megabytes, says):
    monkeypatch.setattr(threading, "Thread", _LateThread)
    said: list[str] = []
    with contained(seconds, megabytes, said.append):
        kept = os.urandom(1_000_000) * 100
        while not said:
            time.sleep(0.01)
    assert len(kept) == 100_000_000
    assert len(said) == 1
    assert says in said[0]


def test_a_body_within_its_limits_is_left_alone(no_grace):
    said: list[str] = []
    with contained(60, 10_000, said.append):
        time.sleep(0.05)
    assert said == []


def test_a_function_that_nothing_interrupts_is_ended_in_one_line(home):
    code = (
        "from flows.command_line import main\n"
        "from flows.command_line.analysis import containment\ncontainment._GRACE_BYTES = 100_000_000\n"
        "import sys; sys.argv = ['gouji', 'query', 'SELECT range(3000000000)', '--memory', '200']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr == "gouji: stopped: more than 200 MB of memory; narrow the query or raise --memory\n"
