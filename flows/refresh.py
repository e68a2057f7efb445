"""The season under way: last year's reports, as they are published and corrected."""

from datetime import date
from typing import Any

from prefect import flow

from flows.backfill import backfill


@flow(name="refresh", persist_result=False)
def refresh(sources: list[str] | None = None) -> Any:
    """Backfill the report year that is published now: in 2024, the reports for 2023.

    Args:
        sources: names of the portals to ask; every one if none is named.

    It ends as the backfill in it does.
    """
    return backfill(str(date.today().year - 1), sources, return_state=True)
