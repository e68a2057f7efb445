"""The audit: the rules over the current reports, as findings, as validations and as Data Docs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from expectations import Outcome, validate
from expectations.agreement import record_expectations
from tasks.settings import Settings
from warehouse.publish import copy_store
from warehouse.store import writer


@dataclass(frozen=True)
class Audit:
    """What the rules said of some years' reports, and the page that Great Expectations' Data Docs start with."""

    outcomes: tuple[Outcome, ...]
    docs: Path


def validate_years(
    years: Sequence[int], *, run_id: str, settings: Settings, on_wait: Callable[[str], None] | None = None
) -> Audit:
    """Refresh the findings of the given years' current reports and run the Great Expectations checkpoint.

    The checkpoint runs on a copy, so that it keeps no other process from writing. Raises ``CheckpointError`` if an
    expectation could not be run, which is an error of ours and never a broken rule.
    """
    from expectations.checkpoint import run_checkpoint

    copy = settings.staging / run_id / "checkpoint.duckdb"
    with writer(settings.warehouse, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        outcomes = validate(connection, run_id=run_id, validated_at=datetime.now(UTC), years=years)
        copy_store(connection, settings.warehouse, copy)
    try:
        checkpoint = run_checkpoint(copy, settings.docs, run_id=run_id, years=years)
    finally:
        copy.unlink(missing_ok=True)
    with writer(settings.warehouse, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        record_expectations(connection, run_id, checkpoint.outcomes)
    return Audit(outcomes, checkpoint.index)
