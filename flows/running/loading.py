"""What workers have read, into the warehouse, batch by batch as each is ready."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from prefect.futures import PrefectFuture, as_completed
from prefect.states import Cancelled, Completed, Failed

from flows.running.progress import report_progress
from tasks.problems import Stage
from tasks.runs.metrics import Measured, measure, record_measured
from tasks.runs.stopping import stop_of
from tasks.settings import Settings
from tasks.sources.declaration import Source
from tasks.stages import ReadBatch, load_batch, record_failure
from warehouse.loading.runs import RunCounts

_logger = logging.getLogger("gouji.loading")


def load_as_read(
    batches: Mapping[PrefectFuture[ReadBatch], Sequence[str]],
    source: Source,
    year: int | None,
    run_id: str,
    settings: Settings,
) -> Any:
    """Load every batch once it is read; ``batches`` names the addresses in each.

    If reading one failed, every address of it is recorded as a problem and the rest goes on. Once the run is to stop,
    what is not loaded yet is left to the next one. Returns the state that a child run ends in, with the
    :class:`RunCounts` of what it did, however it ended.
    """
    loading = _Loading(source, year, run_id, settings)
    try:
        loading.load_all(batches)
    except Exception as error:
        _logger.debug("%s: loading failed", loading.title, exc_info=error)
        return Failed(message=f"{type(error).__name__}: {error}", data=loading.counts)
    if stop_of(run_id).asked:
        return Cancelled(message="the run was stopped; the next one goes on", data=loading.counts)
    pages, counts = sum(map(len, batches.values())), loading.counts
    message = f"{pages} pages, {counts.pages_fetched} fetched, {counts.reports_new} new report versions"
    return Completed(message=message, data=counts)


@dataclass
class _Loading:
    """A source's batches on their way into the warehouse, and what came of them so far."""

    source: Source
    year: int | None
    run_id: str
    settings: Settings
    counts: RunCounts = field(default_factory=RunCounts)
    measured: list[Measured] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.source.title if self.year is None else f"{self.source.title} {self.year}"

    def load_all(self, batches: Mapping[PrefectFuture[ReadBatch], Sequence[str]]) -> None:
        done, total = 0, sum(map(len, batches.values()))
        for future in as_completed(list(batches)):
            future.wait()
            if stop_of(self.run_id).asked:
                return
            items = batches[future]
            if future.state.is_completed():
                self._load(future.result())
            else:
                self._record_unread(items, str(future.state.message))
            done += len(items)
            report_progress(self.title, done, total)
        record_measured(self.measured, self.run_id, self.settings, self.source.name, self.year)

    def _load(self, batch: ReadBatch) -> None:
        self.measured += batch.measured
        self.counts += RunCounts(pages_fetched=batch.pages_fetched, pages_unchanged=batch.pages_unchanged)
        if batch.directory is None:
            return
        with measure(Stage.LOAD) as loading:
            loaded = load_batch(batch.directory, self.settings)
        loading.items = loaded.reports_new + loaded.reports_seen
        self.measured.append(loading)
        self.counts += RunCounts(reports_new=loaded.reports_new, reports_seen=loaded.reports_seen)

    def _record_unread(self, items: Sequence[str], reason: str) -> None:
        _logger.error("%s: a batch of %d failed: %s", self.source.name, len(items), reason)
        record_failure(self.source, items, self.year, reason, self.run_id, self.settings)
