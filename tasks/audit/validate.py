"""The audit: the rules over the current reports, as findings, as validations and as Data Docs."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from expectations import Outcome, Severity, validate
from expectations.findings.validation import ExpectationOutcome
from expectations.findings.waivers import WaiverState, apply_waivers, load_waivers
from expectations.invariants import INVARIANTS
from expectations.suites.agreement import record_expectations
from tasks.calendar import today
from tasks.runs.context import RunContext
from warehouse.connection.locks import FileLocks, held
from warehouse.loading.pending import pending_audits, settle
from warehouse.snapshots.copying import copy_store

_logger = logging.getLogger("gouji.validate")


@dataclass(frozen=True)
class Audit:
    """What the rules said of some years' reports, and the page that Great Expectations' Data Docs start with."""

    outcomes: tuple[Outcome, ...]
    docs: Path


def validate_years(years: Sequence[int], run: RunContext) -> Audit:
    """Refresh the findings of the given years' current reports and run the Great Expectations checkpoint.

    The checkpoint runs on a copy, so that it keeps no other process from writing; runs that share Data Docs take turns
    with it. Raises ``CheckpointError`` if an
    expectation could not be run or an invariant of the warehouse is broken: errors of ours, never broken rules.
    """
    from expectations.suites.checkpoint import CheckpointError, run_checkpoint

    settings = run.settings
    waivers = load_waivers(settings.waivers) if settings.waivers.exists() else ()
    copy = run.staging / "checkpoint.duckdb"
    with run.warehouse() as connection:
        pending = pending_audits(connection, years)
        outcomes = validate(connection, run_id=run.run_id, validated_at=datetime.now(UTC), years=years)
        for waiver, state in apply_waivers(connection, waivers, today()):
            if state is not WaiverState.APPLIED:
                _logger.warning("waiver %s: %s %s %s", state, waiver.rule, waiver.organ, waiver.year)
        copy_store(connection, settings.store, copy)
    try:
        with held(FileLocks(settings.locks), "data-docs", on_wait=lambda: _logger.info("waiting for Data Docs")):
            checkpoint = run_checkpoint(copy, settings.docs, run_id=run.run_id, years=years)
    finally:
        copy.unlink(missing_ok=True)
    with run.warehouse() as connection:
        now = datetime.now(UTC)
        record_expectations(connection, run.run_id, checkpoint.outcomes, checkpoint.invariants, validated_at=now)
        if broken := _broken(checkpoint.invariants):
            message = f"the warehouse breaks its own invariants {', '.join(broken)}: see {checkpoint.index}"
            raise CheckpointError(message)
        settle(connection, pending)
    return Audit(outcomes, checkpoint.index)


def _broken(invariants: Iterable[ExpectationOutcome]) -> list[str]:
    """Name the critical invariants that are broken; the others are only told."""
    broken = {each.rule_id for each in invariants if not each.success}
    for invariant in INVARIANTS:
        if invariant.id in broken and invariant.severity is not Severity.CRITICAL:
            _logger.warning("%s is broken: %s · %s", invariant.id, invariant.title.chinese, invariant.title.english)
    return [each.id for each in INVARIANTS if each.id in broken and each.severity is Severity.CRITICAL]
