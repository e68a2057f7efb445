"""The main job: every report of some years, from the portals' lists into the published warehouse."""

from prefect import flow

from flows.collect import collect
from flows.notifications import NOTIFYING
from flows.parameters import Force, Sources, Years
from flows.records import audit, conclude, on_record
from flows.summary import RunSummary
from flows.years import parse_years


@flow(name="backfill", flow_run_name="backfill-{years}", persist_result=False, **NOTIFYING)
def backfill(years: Years, sources: Sources = None, force: Force = False) -> RunSummary:
    """Fetch, read, load, audit and publish the reports of some years.

    Each source and year is a child run; a source that fails stops no other. What could not be processed is recorded
    as a problem and the rest goes on; the final state says so. Run it again to go on where it stopped.
    """
    with on_record(parse_years(str(years))) as run:
        run.counts += collect(run, sources, force=force)
        audit(run)
    return conclude(run)
