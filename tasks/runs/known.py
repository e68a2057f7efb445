"""What the warehouse knows already, asked before work begins so that nothing is done twice."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from tasks.extract import EXTRACTOR_VERSION
from tasks.load.reading import page_of
from tasks.pages import Page
from tasks.settings import Settings
from tasks.sources.declaration import Source
from warehouse.loading import known as pages
from warehouse.loading.known import Standing
from warehouse.loading.pending import pending_audits
from warehouse.store import Connection, writer

_logger = logging.getLogger("gouji.standing")


def pages_standing(source: Source, year: int, settings: Settings, force: bool) -> Standing:
    """Return which pages of a source and year today's extractor has read; none counts where all are to be read anew."""
    with _turn(settings) as connection:
        standing = pages.standing(connection, source.name, year, EXTRACTOR_VERSION)
    return replace(standing, read={}) if force else standing


def archived_pages(source: Source, years: Sequence[int], settings: Settings, everything: bool) -> tuple[Page, ...]:
    """Return the archived pages of a source that today's extractor has not read yet, or every one."""
    version = None if everything else EXTRACTOR_VERSION
    with _turn(settings) as connection:
        rows = pages.pages_to_read(connection, [source.name], years, version)
    return tuple(page_of(row) for row in rows)


def years_on_record(settings: Settings) -> tuple[int, ...]:
    """Return the report years that the warehouse holds anything of."""
    with _turn(settings) as connection:
        return pages.years_on_record(connection)


def has_changed(years: Sequence[int], settings: Settings) -> bool:
    """Whether reports of some years changed since their last audit."""
    with _turn(settings) as connection:
        return bool(pending_audits(connection, years))


@contextmanager
def _turn(settings: Settings) -> Iterator[Connection]:
    """The warehouse for a moment, waiting for whoever writes to it."""
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=_logger.warning) as connection:
        yield connection
