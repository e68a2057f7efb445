"""What the warehouse knows already, asked before work begins so that nothing is done twice."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract import EXTRACTOR_VERSION
from tasks.pages import Page
from tasks.runs.context import RunContext
from tasks.sources.declaration import Source
from warehouse.loading.standing import Standing, pages_to_read, standing


def pages_standing(source: Source, years: Sequence[int], run: RunContext, force: bool) -> Standing:
    """Return which pages of a source's years today's extractor has read; none counts where all are to be read anew."""
    with run.warehouse() as connection:
        known = standing(connection, source.name, years, EXTRACTOR_VERSION)
    return replace(known, read={}) if force else known


def archived_pages(source: Source, years: Sequence[int], run: RunContext, everything: bool) -> tuple[Page, ...]:
    """Return the archived pages of a source that today's extractor has not read yet, or every one."""
    version = None if everything else EXTRACTOR_VERSION
    with run.warehouse() as connection:
        rows = pages_to_read(connection, [source.name], years, version)
    return tuple(map(Page.of_row, rows))
