"""The audit: the rules over the current reports, as findings, as validations and as Data Docs."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from expectations import RULES, Outcome, Severity, validate
from expectations.findings.handover import confirm, hand_over
from expectations.findings.validation import ExpectationOutcome
from expectations.findings.waivers import Waiver, WaiverState, apply_waivers, load_waivers
from expectations.invariants import INVARIANTS
from expectations.suites.agreement import CheckpointError, CheckpointResult, record_expectations
from tasks.calendar import today
from tasks.runs.context import RunContext
from tasks.settings import Settings
from warehouse.connection.locks import FileLocks, held
from warehouse.loading.pending import pending_audits, settle

_logger = logging.getLogger("gouji.validate")


@dataclass(frozen=True)
class Audit:
    """What the rules said of some years' reports, and the page that Great Expectations' Data Docs start with."""

    outcomes: tuple[Outcome, ...]
    docs: Path


def waivers_of(settings: Settings) -> tuple[Waiver, ...]:
    """Read the file of waivers; where none is named and none stands in its usual place, there are none.

    Raises ``WaiverError`` if the one that is named cannot be read: all that it excuses would count again.
    """
    is_named = "waivers" in settings.model_fields_set
    return load_waivers(settings.waivers) if is_named or settings.waivers.exists() else ()


def validate_years(years: Sequence[int], run: RunContext, *, everything: bool = False) -> Audit:
    """Refresh the findings of the current reports of some years, and of the years after, which look back at them.

    Only of the reports whose assessment rests on something else than the last time, unless ``everything`` is asked for;
    where nothing changed since the last audit, none is made. Great Expectations then judges the years with a change,
    from a file of its own, so that no other process waits for it; runs that share Data Docs take turns. Raises
    ``CheckpointError`` if an expectation could not be run or an invariant of the warehouse is broken: errors of ours,
    never broken rules.
    """
    settings, handover = run.settings, run.staging / "handover.duckdb"
    waivers = waivers_of(settings)
    with run.warehouse() as connection:
        pending = pending_audits(connection, years)
        now = datetime.now(UTC)
        outcomes = validate(connection, run_id=run.run_id, validated_at=now, years=years, everything=everything)
        for waiver, state in apply_waivers(connection, waivers, today()):
            if state is not WaiverState.APPLIED:
                _logger.warning("waiver %s: %s %s %s", state, waiver.rule, waiver.organ, waiver.year)
        if not (outcomes or pending or everything):
            return Audit((), _start_page(settings))
        hand_over(connection, handover, RULES.values(), sorted({each.year for each in outcomes} or years))
    checkpoint = _judged(handover, run)
    with run.warehouse() as connection:
        now = datetime.now(UTC)
        record_expectations(connection, run.run_id, checkpoint.outcomes, checkpoint.invariants, validated_at=now)
        if broken := _broken(checkpoint.invariants):
            message = f"the warehouse breaks its own invariants {', '.join(broken)}: see {checkpoint.index}"
            raise CheckpointError(message)
        confirm(connection)
        settle(connection, pending)
    return Audit(outcomes, checkpoint.index)


def _judged(handover: Path, run: RunContext) -> CheckpointResult:
    from expectations.suites.checkpoint import run_checkpoint

    settings = run.settings
    try:
        with held(FileLocks(settings.locks), "data-docs", on_wait=lambda: _logger.info("waiting for Data Docs")):
            return run_checkpoint(handover, settings.docs, run_id=run.run_id)
    finally:
        handover.unlink(missing_ok=True)


def _start_page(settings: Settings) -> Path:
    return settings.docs / "site" / "index.html"


def _broken(invariants: Iterable[ExpectationOutcome]) -> list[str]:
    """Name the critical invariants that are broken; the others are only told."""
    broken = {each.rule_id for each in invariants if not each.success}
    for invariant in INVARIANTS:
        if invariant.id in broken and invariant.severity is not Severity.CRITICAL:
            _logger.warning("%s is broken: %s · %s", invariant.id, invariant.title.chinese, invariant.title.english)
    return [each.id for each in INVARIANTS if each.id in broken and each.severity is Severity.CRITICAL]
