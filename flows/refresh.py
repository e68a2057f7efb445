"""The season under way: last year's reports, as they are published and corrected."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.backfill import backfill
from flows.summary import RunSummary


@flow(name="refresh", persist_result=False)
def refresh(sources: list[str] | None = None) -> State[RunSummary]:
    """Backfill the report year that is published now: in 2024, the reports for 2023.

    Args:
        sources: names of the portals to ask; every one if none is named.
    """
    state: State[RunSummary] = backfill(str(date.today().year - 1), sources, return_state=True)
    return state
