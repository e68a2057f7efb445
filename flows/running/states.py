"""Final states that tell the truth."""

from typing import Any

from prefect.states import Cancelled, Completed, Failed

from flows.reporting.summary import RunSummary
from tasks.stopping import stop_of
from warehouse.runs import RunCounts


def final_state(summary: RunSummary, *, asked_portals: bool) -> Any:
    """Say how a run ended: completed, completed with problems, or failed where portals listed nothing or too little.

    A flow returns this; Prefect makes it the run's final state, and the summary in it the flow's result.
    """
    if not summary.problems:
        return Completed(message=summary.headline, data=summary)
    below_floor = any(problem.code == "below_floor" for problem in summary.problems)
    if asked_portals and (not summary.counts.links or below_floor):
        return Failed(message=summary.headline, data=summary)
    return Completed(name="CompletedWithProblems", message=summary.headline, data=summary)


def child_state(counts: RunCounts, message: str, run_id: str) -> Any:
    """Say how a part of a run ended: completed, or cancelled where the whole is to stop."""
    if stop_of(run_id).asked:
        return Cancelled(message="the run was stopped; the next one goes on", data=counts)
    return Completed(message=message, data=counts)
