"""Final states that tell the truth."""

from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.summary import RunSummary


def final_state(summary: RunSummary) -> State[RunSummary]:
    """Say how a run ended: completed, completed with problems, or failed where nothing could be reached at all."""
    if not summary.problems:
        return Completed(message=summary.headline, data=summary)
    if not summary.counts.links:
        return Failed(message=summary.headline, data=summary)
    return Completed(name="CompletedWithProblems", message=summary.headline, data=summary)
