"""What workers have read, into the warehouse, as it becomes ready."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from prefect import State
from prefect.futures import PrefectFuture
from prefect.states import Cancelled, Completed, Failed

from flows.running.progress import report_progress
from tasks.problems import Stage
from tasks.runs.context import RunContext
from tasks.runs.metrics import measure, record_work, sum_up
from tasks.runs.record import count
from tasks.runs.stopping import Stop
from tasks.sources.declaration import Source
from tasks.stages import ReadBatch, load_staged, record_failure
from warehouse.loading.runs import RunCounts, StageWork

_logger = logging.getLogger("gouji.loading")

_AT_ONCE = 20
"""Batches that are loaded together at the most: what one transaction holds stays bounded."""
_LONGEST_WAIT_SECONDS, _LOOK_EVERY_SECONDS = 30.0, 0.5

Batches = Mapping[PrefectFuture[ReadBatch], Sequence[str]]
"""Batches that are being read, with the addresses in each."""


def load_as_read(batches: Batches, source: Source, year: int | None, run: RunContext) -> State[None]:
    """Load the batches as they are read, more and more of them together.

    If reading one failed, every address of it is recorded as a problem and the rest goes on. Once the run is to stop,
    what is not loaded yet is left to the next one. Returns the state that a child run ends in. What it did is counted
    with the run itself: of a state whose way to Prefect's server was disturbed, only the name comes back.
    """
    done = _Done()
    title = source.title if year is None else f"{source.title} {year}"
    pages = sum(map(len, batches.values()))
    try:
        for ready in _as_ready(batches, run.stop):
            if run.stop.asked:
                return Cancelled(message="the run was stopped; the next one goes on")
            done.add(*_load([future.result() for future in ready if future.state.is_completed()], run))
            for future in ready:
                if not future.state.is_completed():
                    _record_unread(batches[future], str(future.state.message), source, year, run)
                done.pages += len(batches[future])
            report_progress(title, done.pages, pages)
        record_work(done.work, run, source.name, year)
    except Exception as error:
        _logger.debug("%s: loading failed", title, exc_info=error)
        return Failed(message=f"{type(error).__name__}: {error}")
    finally:
        count(run.run_id, done.counts)
    return Completed(message=f"{pages} pages, {done.counts.reports_new} new report versions")


def _as_ready(batches: Batches, stop: Stop) -> Iterator[list[PrefectFuture[ReadBatch]]]:
    """Yield the batches as they are read: first one, then each time as many again as before, up to a limit.

    To merge many together takes hardly longer than to merge one. None waits for others beyond a while.
    """
    ready: SimpleQueue[PrefectFuture[ReadBatch]] = SimpleQueue()
    for future in batches:
        future.add_done_callback(ready.put)
    left, wanted = len(batches), 1
    while left:
        taken = _take(ready, min(wanted, left), stop)
        for future in taken:
            future.wait()
        left -= len(taken)
        yield taken
        wanted = min(2 * wanted, _AT_ONCE)


def _take(ready: SimpleQueue[PrefectFuture[ReadBatch]], wanted: int, stop: Stop) -> list[PrefectFuture[ReadBatch]]:
    """Wait for so many batches, for a while after the first one; take what else is there already."""
    taken = [ready.get()]
    until = time.monotonic() + _LONGEST_WAIT_SECONDS
    while len(taken) < wanted and time.monotonic() < until and not stop.asked:
        with suppress(Empty):
            taken.append(ready.get(timeout=_LOOK_EVERY_SECONDS))
    with suppress(Empty):
        while len(taken) < _AT_ONCE:
            taken.append(ready.get_nowait())
    return taken


@dataclass
class _Done:
    """How many pages are through, and what came of them."""

    pages: int = 0
    counts: RunCounts = field(default_factory=RunCounts)
    work: list[StageWork] = field(default_factory=list)

    def add(self, counts: RunCounts, work: Sequence[StageWork]) -> None:
        self.counts += counts
        self.work = sum_up([*self.work, *work])


def _load(batches: Sequence[ReadBatch], run: RunContext) -> tuple[RunCounts, Sequence[StageWork]]:
    counts = sum((batch.uncounted for batch in batches), RunCounts())
    read = [work for batch in batches for work in batch.work]
    if not (directories := [batch.directory for batch in batches if batch.directory is not None]):
        return counts, read
    with measure(Stage.LOAD) as work:
        loaded = load_staged(directories, run)
    work.items = loaded.reports_new + loaded.reports_seen
    counts += RunCounts(reports_new=loaded.reports_new, reports_seen=loaded.reports_seen)
    return counts, [*read, work]


def _record_unread(addresses: Sequence[str], reason: str, source: Source, year: int | None, run: RunContext) -> None:
    _logger.error("%s: a batch of %d failed: %s", source.name, len(addresses), reason)
    record_failure(source, addresses, year, reason, run)
