"""The rules again, after rules or waivers have changed."""

from prefect import flow

from flows.notifications import NOTIFYING
from flows.parameters import SomeYears
from flows.records import audit, chosen_years, conclude, on_record
from flows.summary import RunSummary


@flow(name="revalidate", persist_result=False, **NOTIFYING)
def revalidate(years: SomeYears = None) -> RunSummary:
    """Assess every rule anew on the current reports, and publish. Nothing is fetched or read."""
    with on_record(chosen_years(years)) as run:
        audit(run)
    return conclude(run)
