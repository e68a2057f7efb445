"""What Great Expectations said, and the record of it beside the audit's outcomes. Imports nothing of its."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from expectations.findings.validation import ExpectationOutcome
from warehouse.errors import GoujiError
from warehouse.store import Connection, transaction


class CheckpointError(GoujiError):
    """Great Expectations could not run an expectation: an error of ours, never a broken rule."""


@dataclass(frozen=True)
class CheckpointResult:
    """The outcomes of the rules in one run, those of the warehouse's own invariants (a broken one is an error of
    ours), and the page that its Data Docs start with.
    """

    outcomes: tuple[ExpectationOutcome, ...]
    invariants: tuple[ExpectationOutcome, ...]
    index: Path

    @property
    def success(self) -> bool:
        """Whether enough reports hold every rule."""
        return all(outcome.success for outcome in self.outcomes)


def record_expectations(
    connection: Connection,
    run_id: str,
    outcomes: Iterable[ExpectationOutcome],
    invariants: Iterable[ExpectationOutcome] = (),
    *,
    validated_at: datetime,
) -> None:
    """Note beside a run's outcomes whether Great Expectations saw enough reports hold each rule, over all its years.

    The invariants of the warehouse become outcomes of their own, without a year.
    """
    with transaction(connection):
        for outcome in outcomes:
            connection.execute(
                "UPDATE audit.validation SET expectation_success = ? WHERE run_id = ? AND rule_id = ? AND edition = ?",
                [outcome.success, run_id, outcome.rule_id, outcome.edition],
            )
        for invariant in invariants:
            connection.execute(
                "INSERT INTO audit.validation VALUES (?, NULL, ?, ?, '', 1, ?, ?, 0, ?, 0, ?)",
                [
                    run_id,
                    invariant.suite,
                    invariant.rule_id,
                    int(invariant.success),
                    int(not invariant.success),
                    invariant.success,
                    validated_at,
                ],
            )
