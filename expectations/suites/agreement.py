"""Great Expectations' verdicts beside our own: two readings of one declaration that must agree."""

from collections.abc import Iterable
from datetime import datetime

from expectations.findings.validation import ExpectationOutcome
from warehouse.store import Connection, transaction


def record_expectations(
    connection: Connection,
    run_id: str,
    outcomes: Iterable[ExpectationOutcome],
    invariants: Iterable[ExpectationOutcome] = (),
    *,
    validated_at: datetime,
) -> None:
    """Note beside a run's outcomes whether Great Expectations saw each rule hold, over all years of the run.

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
