"""What a stage did and how long it took, measured where it happens and kept with its run."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tasks.problems import Stage
from tasks.runs.context import RunContext
from warehouse.loading.runs import StageWork, record_stages


@contextmanager
def measure(stage: Stage) -> Iterator[StageWork]:
    """Take the time of the body, which fills in what was done."""
    work = StageWork(stage.value)
    started = time.perf_counter()
    try:
        yield work
    finally:
        work.seconds = time.perf_counter() - started


def sum_up(work: Iterable[StageWork]) -> list[StageWork]:
    """Add up the work of each stage."""
    stages: dict[str, StageWork] = {}
    for each in work:
        stages[each.stage] = stages[each.stage] + each if each.stage in stages else each
    return list(stages.values())


def record_work(work: Iterable[StageWork], run: RunContext, source: str | None = None, year: int | None = None) -> None:
    """Keep what the stages did for a source and a year, or for all of them, in the warehouse."""
    if total := sum_up(work):
        with run.warehouse() as connection:
            record_stages(connection, run.run_id, source, year, total, datetime.now(UTC))
