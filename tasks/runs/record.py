"""A flow run on record: begun before anything else, ended with what it did, whatever happens between."""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from tasks.runs.locks import alive, dead, loading
from tasks.runs.stopping import stop_of
from tasks.settings import Settings
from warehouse.errors import StoreError
from warehouse.loading.runs import RunCounts, finish_run, mark_crashed, standing_counts, start_run, unfinished_runs
from warehouse.store import writer

_logger = logging.getLogger("gouji.runs")

_LAST_WORD_SECONDS = 2.0
"""How long a run that is stopped waits for the warehouse; if it gets no turn, the next run notes that it ended."""


@dataclass
class Run:
    """A run under way: what it is to do, its identity and settings, and what it has done so far."""

    flow: str
    run_id: str
    years: Sequence[int]
    parameters: Mapping[str, Any]
    settings: Settings
    started_at: datetime
    counts: RunCounts = field(default_factory=RunCounts)
    _counting: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, counts: RunCounts) -> None:
        """Count what a part of the run did; parts end in threads of their own."""
        with self._counting:
            self.counts += counts


@contextmanager
def recorded_run(
    flow: str, run_id: str, years: Sequence[int], parameters: Mapping[str, Any], settings: Settings
) -> Iterator[Run]:
    """Record a run's beginning and end in the warehouse; it ends as ``failed`` or ``cancelled`` if the body does.

    Earlier runs whose process ended before they did are recorded as ``crashed``. Raises ``StoreError`` at once if the
    warehouse cannot be written, so that no long work is done in vain. Nothing is published while the body runs.
    """
    run = Run(flow, run_id, years, parameters, settings, datetime.now(UTC))
    with alive(settings, run_id):
        _start(run)
        try:
            with loading(settings, _logger.warning):
                yield run
        except Exception:
            _finish(run, "failed", settings.lock_wait_seconds)
            raise
        except BaseException:
            stop_of(run_id).ask()
            _finish(run, "cancelled", _LAST_WORD_SECONDS)
            raise
        _finish(run, "completed", settings.lock_wait_seconds)


def _start(run: Run) -> None:
    settings = run.settings
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=_logger.warning) as connection:
        crashed = dead(settings, unfinished_runs(connection))
        mark_crashed(connection, crashed)
        start_run(
            connection,
            run_id=run.run_id,
            flow=run.flow,
            parameters=run.parameters,
            version=version("gouji"),
            at=run.started_at,
        )
    for run_id in crashed:
        _logger.warning("run %s ended without a word, as killed runs do; this one goes on from there", run_id)


def _finish(run: Run, state: str, patience: float) -> None:
    try:
        with writer(run.settings.store, wait_seconds=patience, on_wait=_logger.warning) as connection:
            findings, problems = standing_counts(connection, run.years)
            run.counts = replace(run.counts, findings=findings, problems=problems)
            finish_run(connection, run_id=run.run_id, state=state, counts=run.counts, at=datetime.now(UTC))
    except StoreError as error:
        if state == "completed":
            raise
        _logger.warning("the end of the run is not on record: %s", error)
