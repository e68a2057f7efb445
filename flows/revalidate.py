"""The rules again, after rules or waivers have changed."""

from prefect import State, flow

from flows.reporting.notifications import NOTIFYING
from flows.reporting.summary import RunSummary
from flows.running.parameters import Years
from flows.running.run import audit, chosen_years, conclude, on_record


@flow(name="revalidate", persist_result=False, **NOTIFYING)
def revalidate(years: Years | None = None) -> State[RunSummary]:
    """Assess every rule anew on the current reports, and publish. Nothing is fetched or read.

    Args:
        years: the report years: 2023, 2019-2024 or 2019,2022; every year on record if none is given.
    """
    with on_record(chosen_years(years)) as run:
        audit(run, everything=True)
    return conclude(run)
