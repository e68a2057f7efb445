"""Final states that tell the truth."""

from prefect import State
from prefect.states import Completed, Failed

from flows.reporting.summary import RunSummary


def final_state(summary: RunSummary, *, asked_portals: bool) -> State[RunSummary]:
    """Say how a run ended: completed, completed with problems, or failed where portals listed nothing or too little.

    A flow returns this; Prefect makes it the run's final state, and the summary in it the flow's result.
    """
    if not summary.problems:
        return Completed(message=summary.headline, data=summary)
    below_floor = any(problem.code == "below_floor" for problem in summary.problems)
    if asked_portals and (not summary.counts.links or below_floor):
        return Failed(message=summary.headline, data=summary)
    return Completed(name="CompletedWithProblems", message=summary.headline, data=summary)
