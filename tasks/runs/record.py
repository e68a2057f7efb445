"""A flow run on record: begun before anything else, ended with what it did, whatever happens between."""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version

from tasks.runs.context import RunContext
from tasks.runs.locks import alive, dead, loading
from warehouse.errors import StoreError
from warehouse.loading.runs import RunCounts, finish_run, mark_crashed, standing_counts, start_run, unfinished_runs

_logger = logging.getLogger("gouji.runs")

_LAST_WORD_SECONDS = 2.0
"""How long a run that is stopped waits for the warehouse; if it gets no turn, the next run notes that it ended."""


@dataclass
class Run:
    """A run under way: which one it is, what it is to do, and what it has done so far."""

    context: RunContext
    flow: str
    years: Sequence[int]
    parameters: Mapping[str, object]
    counts: RunCounts = field(default_factory=RunCounts)
    _counting: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, counts: RunCounts) -> None:
        """Count what a part of the run did; parts end in threads of their own."""
        with self._counting:
            self.counts += counts


_under_way: dict[str, Run] = {}


def count(run_id: str, counts: RunCounts) -> None:
    """Count what a part did of a run that is under way in this process; once that has ended, nothing is counted."""
    if (run := _under_way.get(run_id)) is not None:
        run.add(counts)


@contextmanager
def recorded_run(
    context: RunContext, flow: str, years: Sequence[int], parameters: Mapping[str, object]
) -> Iterator[Run]:
    """Record a run's beginning and end in the warehouse; it ends as ``failed`` or ``cancelled`` if the body does.

    Earlier runs whose process ended before they did are recorded as ``crashed``. Raises ``StoreError`` at once if the
    warehouse cannot be written, so that no long work is done in vain. Nothing is published while the body runs.
    """
    run = Run(context, flow, years, parameters)
    with alive(context.settings, context.run_id):
        _start(run)
        _under_way[context.run_id] = run
        try:
            with loading(context.settings, _logger.warning):
                yield run
        except Exception:
            _finish(run, "failed")
            raise
        except BaseException:
            context.stop.ask()
            _finish(run, "cancelled", _LAST_WORD_SECONDS)
            raise
        finally:
            del _under_way[context.run_id]
        _finish(run, "completed")


def _start(run: Run) -> None:
    context, started_at = run.context, datetime.now(UTC)
    with context.warehouse() as connection:
        crashed = dead(context.settings, unfinished_runs(connection))
        mark_crashed(connection, crashed)
        start_run(
            connection,
            run_id=context.run_id,
            flow=run.flow,
            parameters=run.parameters,
            version=version("gouji"),
            at=started_at,
        )
    for run_id in crashed:
        _logger.warning("run %s ended without a word, as killed runs do; this one goes on from there", run_id)


def _finish(run: Run, state: str, patience: float | None = None) -> None:
    try:
        with run.context.warehouse(patience) as connection:
            findings, problems = standing_counts(connection, run.years)
            run.counts = replace(run.counts, findings=findings, problems=problems)
            finish_run(connection, run_id=run.context.run_id, state=state, counts=run.counts, at=datetime.now(UTC))
    except StoreError as error:
        if state == "completed":
            raise
        _logger.warning("the end of the run is not on record: %s", error)
