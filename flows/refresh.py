"""The season under way: last year's reports, as they are published and corrected."""

from prefect import State, flow

from flows.reporting.notifications import NOTIFYING
from flows.reporting.summary import RunSummary
from flows.running.collect import collect
from flows.running.parameters import SourceName
from flows.running.run import audit, conclude, on_record
from tasks.calendar import season_year, today


@flow(name="refresh", persist_result=False, **NOTIFYING)
def refresh(sources: list[SourceName] | None = None) -> State[RunSummary]:
    """Bring in what is new or changed of the report year that is published now: in 2024, the reports for 2023.

    Args:
        sources: names of the portals to ask; every one if none is named.

    Pages are asked for on condition that they changed. Where nothing did since the last audit, none is made.
    """
    with on_record([season_year(today())]) as run:
        collect(run, sources)
        audit(run)
    return conclude(run, asked_portals=True)
