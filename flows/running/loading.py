"""What workers have read, into the warehouse, batch by batch as each is ready."""

import logging
from collections.abc import Mapping, Sequence

from prefect.futures import PrefectFuture, as_completed

from flows.running.progress import report_progress
from tasks.metrics import Measured, measure, record_measured
from tasks.records import Stage
from tasks.settings import Settings
from tasks.sources import Source
from tasks.stages import ReadBatch, load_batch, record_failure
from tasks.stopping import stop_of
from warehouse.runs import RunCounts

_logger = logging.getLogger("gouji.loading")


def load_as_read(
    batches: Mapping[PrefectFuture[ReadBatch], Sequence[str]],
    source: Source,
    year: int | None,
    run_id: str,
    settings: Settings,
) -> RunCounts:
    """Load every batch once it is read; ``batches`` names the addresses in each.

    If reading one failed, every address of it is recorded as a problem and the rest goes on. Once the run is to stop,
    what is not loaded yet is left to the next one.
    """
    title = source.title if year is None else f"{source.title} {year}"
    total = sum(map(len, batches.values()))
    counts, done = RunCounts(), 0
    measured: list[Measured] = []
    for future in as_completed(list(batches)):
        future.wait()
        if stop_of(run_id).asked:
            return counts
        counts += _load(future, source, batches[future], year, run_id, settings, measured)
        done += len(batches[future])
        report_progress(title, done, total)
    record_measured(measured, run_id, settings, source.name, year)
    return counts


def _load(
    future: PrefectFuture[ReadBatch],
    source: Source,
    items: Sequence[str],
    year: int | None,
    run_id: str,
    settings: Settings,
    measured: list[Measured],
) -> RunCounts:
    if not future.state.is_completed():
        _logger.error("%s: a batch of %d failed: %s", source.name, len(items), future.state.message)
        record_failure(source, items, year, str(future.state.message), run_id, settings)
        return RunCounts()
    batch: ReadBatch = future.result()
    measured += batch.measured
    counts = RunCounts(pages_fetched=batch.pages_fetched, pages_unchanged=batch.pages_unchanged)
    if batch.directory is None:
        return counts
    with measure(Stage.LOAD) as loading:
        loaded = load_batch(batch.directory, settings)
    loading.items = loaded.reports_new + loaded.reports_seen
    measured.append(loading)
    return counts + RunCounts(reports_new=loaded.reports_new, reports_seen=loaded.reports_seen)
