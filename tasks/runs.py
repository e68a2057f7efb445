"""A flow run on record: begun before anything else, ended with what it did, whatever happens between."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from tasks.settings import Settings
from warehouse.runs import RunCounts, finish_run, standing_counts, start_run
from warehouse.store import writer


@dataclass
class Run:
    """A run under way: its identity, and what it has done so far."""

    run_id: str
    years: Sequence[int]
    started_at: datetime
    counts: RunCounts = field(default_factory=RunCounts)


@contextmanager
def recorded_run(
    flow: str,
    run_id: str,
    years: Sequence[int],
    parameters: Mapping[str, Any],
    settings: Settings,
    on_wait: Callable[[str], None] | None = None,
) -> Iterator[Run]:
    """Record a run's beginning and end in the warehouse; it ends as ``failed`` if the body raises.

    Raises ``StoreError`` at once if the warehouse cannot be written, so that no long work is done in vain.
    """
    run = Run(run_id, years, datetime.now(UTC))
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        start_run(
            connection, run_id=run_id, flow=flow, parameters=parameters, version=version("gouji"), at=run.started_at
        )
    try:
        yield run
    except BaseException:
        _finish(run, "failed", settings, on_wait)
        raise
    _finish(run, "completed", settings, on_wait)


def _finish(run: Run, state: str, settings: Settings, on_wait: Callable[[str], None] | None) -> None:
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        findings, problems = standing_counts(connection, run.years)
        run.counts = replace(run.counts, findings=findings, problems=problems)
        finish_run(connection, run_id=run.run_id, state=state, counts=run.counts, at=datetime.now(UTC))
