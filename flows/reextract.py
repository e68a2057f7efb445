"""The archive read again, after the extractor has changed."""

from prefect import flow

from flows.notifications import NOTIFYING
from flows.parameters import Everything, SomeYears, Sources
from flows.records import audit, chosen_years, conclude, on_record
from flows.reread import reread
from flows.summary import RunSummary


@flow(name="reextract", persist_result=False, **NOTIFYING)
def reextract(years: SomeYears = None, sources: Sources = None, everything: Everything = False) -> RunSummary:
    """Read archived pages with today's extractor, without asking any portal; audit and publish.

    Pages that this version of the extractor has read already are left out. What it reads in a page replaces what an
    earlier one read there.
    """
    with on_record(chosen_years(years)) as run:
        run.counts += reread(run, sources, everything=everything)
        audit(run)
    return conclude(run)
