"""The archive read again, after the extractor has changed."""

from prefect import State, flow

from flows.reporting.notifications import NOTIFYING
from flows.reporting.summary import RunSummary
from flows.running.parameters import SourceName, Years
from flows.running.reread import reread
from flows.running.run import audit, chosen_years, conclude, on_record


@flow(name="reextract", persist_result=False, **NOTIFYING)
def reextract(
    years: Years | None = None, sources: list[SourceName] | None = None, everything: bool = False
) -> State[RunSummary]:
    """Read archived pages with today's extractor, without asking any portal; audit and publish.

    Args:
        years: the report years: 2023, 2019-2024 or 2019,2022; every year on record if none is given.
        sources: names of the portals whose pages are read; every one if none is named.
        everything: read also what today's extractor has read already.

    Pages that this version of the extractor has read already are left out. What it reads in a page replaces what an
    earlier one read there.
    """
    with on_record(chosen_years(years)) as run:
        reread(run, sources, everything=everything)
        audit(run)
    return conclude(run)
