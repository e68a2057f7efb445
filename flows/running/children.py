"""Every source on its own, some at the same time; what befalls one keeps no other from its work."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context

from tasks.runs.record import Run
from tasks.sources.declaration import Source
from tasks.stages import record_failure, year_item

_logger = logging.getLogger("gouji.sources")


def for_each_source(run: Run, sources: Sequence[Source], work: Callable[[Source], None]) -> None:
    """Do some work for every source.

    A source whose work raises is recorded as a problem. If the run is stopped, everybody stops.
    """
    at_once = run.context.settings.sources_at_once
    with run.context.warehouse_kept_open(), ThreadPoolExecutor(at_once, thread_name_prefix="source") as pool:
        working = {pool.submit(copy_context().run, work, source): source for source in sources}
        try:
            for done in as_completed(working):
                if error := done.exception():
                    record_failed(run, working[done], None, str(error))
        except BaseException:
            run.context.stop.ask()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def record_failed(run: Run, source: Source, year: int | None, reason: str) -> None:
    """Record that a source failed as a whole, for a year or altogether."""
    _logger.error("%s: failed: %s", source.name, reason)
    item = source.name if year is None else year_item(source, year)
    record_failure(source, [item], year, reason, run.context)
