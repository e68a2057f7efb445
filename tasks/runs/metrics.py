"""What a stage did and how long it took, measured where it happens and kept with its run."""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from tasks.problems import Stage
from tasks.settings import Settings
from warehouse.loading.runs import StageWork, record_stages
from warehouse.store import writer

_logger = logging.getLogger("gouji.metrics")


@dataclass
class Measured:
    """One stage's work on one batch.

    ``items`` are links, pages, reports or whatever the stage deals with; ``bytes`` what it read or wrote; ``retries``
    how many requests were repeated; ``seconds`` wall time.
    """

    stage: Stage
    items: int = 0
    bytes: int = 0
    retries: int = 0
    seconds: float = 0.0


@contextmanager
def measure(stage: Stage) -> Iterator[Measured]:
    """Take the time of the body, which fills in what was done."""
    measured = Measured(stage)
    started = time.perf_counter()
    try:
        yield measured
    finally:
        measured.seconds = time.perf_counter() - started


def record_measured(
    batches: Iterable[Measured], run_id: str, settings: Settings, source: str | None = None, year: int | None = None
) -> None:
    """Keep what the stages did, summed up, in the warehouse."""
    work: dict[Stage, StageWork] = {}
    for each in batches:
        done = StageWork(each.stage.value, each.items, each.seconds, each.bytes, each.retries)
        work[each.stage] = work[each.stage] + done if each.stage in work else done
    if not work:
        return
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=_logger.warning) as connection:
        record_stages(connection, run_id, source, year, list(work.values()), datetime.now(UTC))
