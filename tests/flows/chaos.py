"""Backfills that a signal kills or ends at a moment within a stage: real ones, in processes of their own.

A child is forked from a process that has imported everything, so that a run costs what its stages cost.
"""

import importlib
import json
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from samples.portal import Answer, Portal

_LONGEST_RUN_SECONDS = 400

ENTRIES = {
    "discover": "tasks.stages.discover",
    "fetch": "tasks.stages.fetch",
    "archive": "tasks.archive.store.Archive.put",
    "extract": "tasks.stages.stage_for",
    "load": "tasks.stages.load_batch",
    "validate": "tasks.stages.validate_years",
    "publish": "tasks.stages.publish",
}
"""Where each stage begins and ends."""


class FlawedPortal(Portal):
    """A portal that has lost every ninth report, and breaks every fifth off before its first table."""

    def answer(self, path: str) -> Answer | None:
        position = list(self.entries).index(path) if path in self.entries else -1
        if position >= 0 and position % 9 == 4:
            return None
        answer = super().answer(path)
        if answer and position >= 0 and position % 5 == 2:
            return Answer(answer.body.partition(b"<table")[0], answer.content_type)
        return answer


@dataclass(frozen=True)
class Kill:
    """A signal so many seconds after a stage was entered for the so-manieth time, or as it is left earlier."""

    stage: str
    call: int
    seconds: float
    by: signal.Signals = signal.SIGKILL

    def __call__(self) -> None:
        os.kill(os.getpid(), self.by)


def kills(
    durations: dict[str, list[float]], stages: list[str], random: Random, by: signal.Signals = signal.SIGKILL
) -> list[Kill]:
    """Draw a moment within each of some stages, as long as they took in an undisturbed run."""
    drawn = []
    for stage in stages:
        call = random.randrange(len(durations[stage]))
        drawn.append(Kill(stage, call, random.uniform(0, durations[stage][call]), by))
    return drawn


@contextmanager
def workshop(server: dict[str, str]) -> Iterator[Callable[..., "Ended"]]:
    """Offer a way to run backfills in forked processes against a Prefect server."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flows.backfill", "expectations.suites.checkpoint", "pyarrow.parquet"])
    with patch.dict(os.environ, {**server, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}):

        def run(home: Path, sources: Path, years: str, kill: Kill | None = None) -> Ended:
            child = context.Process(target=_backfill, args=(home, sources, years, kill))
            child.start()
            child.join(_LONGEST_RUN_SECONDS)
            if child.is_alive():
                child.kill()
                raise TimeoutError(f"a backfill did not end: {kill}")
            return Ended(home, child.exitcode or 0)

        yield run


@dataclass(frozen=True)
class Ended:
    """A run that has ended, or was ended, and what it left."""

    home: Path
    exit_code: int

    @property
    def killed(self) -> bool:
        return self.exit_code == -signal.SIGKILL

    @property
    def durations(self) -> dict[str, list[float]]:
        """How long each call of each stage took."""
        return json.loads((self.home / "durations.json").read_text())

    @property
    def snapshot(self) -> Path:
        return self.home / "published" / "gouji.duckdb"


def _backfill(home: Path, sources: Path, years: str, kill: Kill | None) -> None:
    os.environ |= {"GOUJI_HOME": str(home), "GOUJI_SOURCES": str(sources), "GOUJI_BATCH_SIZE": "10"}
    from flows.backfill import backfill

    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts tests in the background has it ignored
    home.mkdir(exist_ok=True)
    durations: dict[str, list[float]] = {}
    with _watched(kill, durations):
        backfill(years, return_state=True)
    (home / "durations.json").write_text(json.dumps(durations))


@contextmanager
def _watched(kill: Kill | None, durations: dict[str, list[float]]) -> Iterator[None]:
    """Take the time of every stage, and die in one."""
    patches = []
    for stage, entry in ENTRIES.items():
        owner, name = entry.rsplit(".", 1)
        target = _resolve(owner)
        patches.append(patch.object(target, name, _timed(stage, getattr(target, name), kill, durations)))
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def _timed(
    stage: str, function: Callable[..., Any], kill: Kill | None, durations: dict[str, list[float]]
) -> Callable[..., Any]:
    taken = durations.setdefault(stage, [])
    entered = iter(range(1_000_000))

    def timed(*arguments: Any, **named: Any) -> Any:
        fatal = kill is not None and kill.stage == stage and next(entered) == kill.call
        if fatal:
            timer = threading.Timer(kill.seconds, kill)
            timer.start()
        started = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            taken.append(time.perf_counter() - started)
            if fatal and not timer.finished.is_set():
                timer.cancel()
                kill()

    return timed


def _resolve(path: str) -> Any:
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError:
        module, name = path.rsplit(".", 1)
        return getattr(importlib.import_module(module), name)
