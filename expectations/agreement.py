"""Great Expectations' verdicts beside our own: two readings of one declaration that must agree."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from warehouse.store import Connection

if TYPE_CHECKING:
    from expectations.checkpoint import ExpectationOutcome


def record_expectations(connection: Connection, run_id: str, outcomes: Iterable["ExpectationOutcome"]) -> None:
    """Note beside a run's outcomes whether Great Expectations saw each rule hold, over all years of the run."""
    for outcome in outcomes:
        connection.execute(
            "UPDATE audit.validation SET expectation_success = ? WHERE run_id = ? AND rule_id = ? AND edition = ?",
            [outcome.success, run_id, outcome.rule_id, outcome.edition],
        )
