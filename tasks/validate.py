"""The audit: the rules over the current reports, as findings, as validations and as Data Docs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from expectations import Outcome, declare, validate
from tasks.settings import Settings
from warehouse.store import writer


@dataclass(frozen=True)
class Audit:
    """What the rules said of some years' reports, and where Great Expectations' Data Docs stand."""

    outcomes: tuple[Outcome, ...]
    docs: str


def validate_years(
    years: Sequence[int], *, run_id: str, settings: Settings, on_wait: Callable[[str], None] | None = None
) -> Audit:
    """Refresh the findings of the given years' current reports and run the Great Expectations checkpoint."""
    from expectations.checkpoint import run_checkpoint

    with writer(settings.warehouse, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        declare(connection)
        outcomes = validate(connection, run_id=run_id, validated_at=datetime.now(UTC), years=years)
    result = run_checkpoint(settings.warehouse, settings.docs, run_id=run_id, years=years)
    return Audit(outcomes, str(result.docs))
