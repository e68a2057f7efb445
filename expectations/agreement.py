"""Great Expectations' verdicts beside our own: two readings of one declaration that must agree."""

from collections.abc import Iterable

from expectations.validation import ExpectationOutcome
from warehouse.store import Connection, transaction


def record_expectations(connection: Connection, run_id: str, outcomes: Iterable[ExpectationOutcome]) -> None:
    """Note beside a run's outcomes whether Great Expectations saw each rule hold, over all years of the run."""
    with transaction(connection):
        for outcome in outcomes:
            connection.execute(
                "UPDATE audit.validation SET expectation_success = ? WHERE run_id = ? AND rule_id = ? AND edition = ?",
                [outcome.success, run_id, outcome.rule_id, outcome.edition],
            )
