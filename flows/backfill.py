"""The main job: every report of some years, from the portals' lists into the published warehouse."""

from prefect import State, flow

from flows.reporting.notifications import NOTIFYING
from flows.reporting.summary import RunSummary
from flows.running.collect import collect
from flows.running.parameters import SourceName, Years
from flows.running.run import audit, conclude, on_record
from flows.running.years import parse_years


@flow(name="backfill", flow_run_name="backfill-{years}", persist_result=False, **NOTIFYING)
def backfill(years: Years, sources: list[SourceName] | None = None, force: bool = False) -> State[RunSummary]:
    """Fetch, read, load, audit and publish the reports of some years.

    Args:
        years: the report years: 2023, 2019-2024 or 2019,2022. A report for 2023 is published in 2024.
        sources: names of the portals to ask; every one if none is named.
        force: fetch and read anew what was fetched a short while ago or read before.

    Each source and year is a child run; a source that fails stops no other. What could not be processed is recorded
    as a problem and the rest goes on; the final state says so. Run it again to go on where it stopped.
    """
    with on_record(parse_years(str(years))) as run:
        collect(run, sources, force=force)
        audit(run)
    return conclude(run, asked_portals=True)
