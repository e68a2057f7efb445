"""What workers have read, into the warehouse, batch by batch as each is ready."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prefect import State
from prefect.futures import PrefectFuture, as_completed
from prefect.states import Cancelled, Completed, Failed

from flows.running.progress import report_progress
from tasks.problems import Stage
from tasks.runs.context import RunContext
from tasks.runs.metrics import measure, record_work, sum_up
from tasks.sources.declaration import Source
from tasks.stages import ReadBatch, load_staged, record_failure
from warehouse.loading.runs import RunCounts, StageWork

_logger = logging.getLogger("gouji.loading")

Batches = Mapping[PrefectFuture[ReadBatch], Sequence[str]]
"""Batches that are being read, with the addresses in each."""


def load_as_read(batches: Batches, source: Source, year: int | None, run: RunContext) -> State[RunCounts]:
    """Load every batch once it is read.

    If reading one failed, every address of it is recorded as a problem and the rest goes on. Once the run is to stop,
    what is not loaded yet is left to the next one. Returns the state that a child run ends in, with the
    :class:`RunCounts` of what it did, however it ended.
    """
    done = _Done()
    title = source.title if year is None else f"{source.title} {year}"
    pages = sum(map(len, batches.values()))
    try:
        for future in as_completed(list(batches)):
            future.wait()
            if run.stop.asked:
                return Cancelled(message="the run was stopped; the next one goes on", data=done.counts)
            if future.state.is_completed():
                done.add(*_load(future.result(), run))
            else:
                _record_unread(batches[future], str(future.state.message), source, year, run)
            done.pages += len(batches[future])
            report_progress(title, done.pages, pages)
        record_work(done.work, run, source.name, year)
    except Exception as error:
        _logger.debug("%s: loading failed", title, exc_info=error)
        return Failed(message=f"{type(error).__name__}: {error}", data=done.counts)
    counts = done.counts
    message = f"{pages} pages, {counts.pages_fetched} fetched, {counts.reports_new} new report versions"
    return Completed(message=message, data=counts)


@dataclass
class _Done:
    """How many pages are through, and what came of them."""

    pages: int = 0
    counts: RunCounts = field(default_factory=RunCounts)
    work: list[StageWork] = field(default_factory=list)

    def add(self, counts: RunCounts, work: Sequence[StageWork]) -> None:
        self.counts += counts
        self.work = sum_up([*self.work, *work])


def _load(batch: ReadBatch, run: RunContext) -> tuple[RunCounts, Sequence[StageWork]]:
    counts = RunCounts(pages_fetched=batch.pages_fetched, pages_unchanged=batch.pages_unchanged)
    if batch.directory is None:
        return counts, batch.work
    with measure(Stage.LOAD) as work:
        loaded = load_staged(batch.directory, run)
    work.items = loaded.reports_new + loaded.reports_seen
    counts += RunCounts(reports_new=loaded.reports_new, reports_seen=loaded.reports_seen)
    return counts, (*batch.work, work)


def _record_unread(addresses: Sequence[str], reason: str, source: Source, year: int | None, run: RunContext) -> None:
    _logger.error("%s: a batch of %d failed: %s", source.name, len(addresses), reason)
    record_failure(source, addresses, year, reason, run)
