"""The stages as Prefect tasks: thin, over a batch, small in what they take and give.

This and ``flows/`` are the only places that know Prefect. What a stage does stands in the module of its name.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.archive import Archive
from tasks.discover import Discovery, discover
from tasks.extract import EXTRACTOR_VERSION
from tasks.fetch import Client, Fetched, fetch
from tasks.load import Batch, load
from tasks.read import read_pages
from tasks.records import Exchange, Link, Problem, Stage
from tasks.settings import Settings
from tasks.sources import Source
from tasks.validate import Audit, validate_years
from warehouse.load import LoadCounts
from warehouse.publish import Snapshot, publish
from warehouse.store import writer

_logger = logging.getLogger("gouji.stages")


@dataclass(frozen=True)
class Listed:
    """What a source's lists gave, and the requests it took."""

    discovery: Discovery
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True)
class ReadBatch:
    """One batch fetched, read and staged: where it is, and how many pages were asked for or still known."""

    directory: Path
    pages_fetched: int
    pages_unchanged: int


@task(name="discover", task_run_name="discover-{source.name}", retries=1, retry_delay_seconds=5, cache_policy=NO_CACHE)
def discover_links(source: Source, years: Sequence[int], settings: Settings) -> Listed:
    """Find the addresses of a source's reports for the given years."""
    archive = Archive(str(settings.archive))
    client = Client(source, settings, archive)
    discovery = discover(source, years, client.ask)
    archive.log(client.exchanges)
    return Listed(discovery, tuple(client.exchanges))


@task(
    name="fetch", task_run_name="fetch-{source.name}-{number}", retries=1, retry_delay_seconds=5, cache_policy=NO_CACHE
)
def fetch_pages(source: Source, links: Sequence[Link], number: int, settings: Settings, force: bool) -> Fetched:
    """Fetch one batch of links into the archive."""
    return fetch(links, source=source, archive=Archive(str(settings.archive)), settings=settings, force=force)


@task(name="extract", task_run_name="extract-{source.name}-{number}", cache_policy=NO_CACHE)
def extract_reports(
    source: Source, links: Sequence[Link], fetched: Fetched, number: int, run_id: str, settings: Settings
) -> ReadBatch:
    """Read one batch of archived pages and stage what was read."""
    batch = Batch(source, run_id, datetime.now(UTC), EXTRACTOR_VERSION)
    for address in fetched.asked:
        batch.add_item(Stage.FETCH, address)
    years = {link.url: link.year for link in links}
    for problem in fetched.problems:
        batch.add_problems([problem], years.get(problem.item))
    batch.add_exchanges(fetched.exchanges)
    read_pages(fetched.pages, Archive(str(settings.archive)), batch)
    directory = batch.write(settings.staging / run_id / f"{source.name}-{number:05d}")
    unchanged = fetched.reused + fetched.not_modified
    return ReadBatch(directory, len(fetched.pages) - unchanged, unchanged)


@task(name="load", cache_policy=NO_CACHE)
def load_batch(directory: Path, settings: Settings) -> LoadCounts:
    """Merge a staged batch into the warehouse, waiting for its lock if need be."""
    return load([directory], settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=_logger.warning)


def floor_item(source: Source, year: int) -> str:
    """Return the item that a problem about a source's floor names."""
    return f"{source.name} {year}"


@task(name="record discovery", cache_policy=NO_CACHE)
def record_discovery(
    source: Source, listed: Listed, years: Sequence[int], below: Sequence[Problem], run_id: str, settings: Settings
) -> LoadCounts:
    """Record what could not be listed, that what could is well, and which organs should be there.

    ``below`` names the years for which the source lists less than its floor.
    """
    batch = Batch(source, run_id, datetime.now(UTC), EXTRACTOR_VERSION)
    for address in listed.discovery.asked:
        batch.add_item(Stage.DISCOVER, address)
    batch.add_problems(listed.discovery.problems)
    batch.add_organs()
    for year in years:
        item = floor_item(source, year)
        batch.add_item(Stage.DISCOVER, item)
        batch.add_problems((problem for problem in below if problem.item == item), year)
        batch.add_expected(year)
    batch.add_exchanges(listed.exchanges)
    return load_batch.fn(batch.write(settings.staging / run_id / f"{source.name}-discovery"), settings)


@task(name="record failure", cache_policy=NO_CACHE)
def record_failure(source: Source, links: Sequence[Link], reason: str, run_id: str, settings: Settings) -> LoadCounts:
    """Record every link of a batch that failed as a whole."""
    batch = Batch(source, run_id, datetime.now(UTC), EXTRACTOR_VERSION)
    detail = f"the batch failed: {reason}; run the backfill again"
    batch.add_problems(Problem(Stage.EXTRACT, link.url, "internal_error", detail) for link in links)
    return load_batch.fn(batch.write(settings.staging / run_id / f"{source.name}-failure-{links[0].year}"), settings)


@task(name="validate", cache_policy=NO_CACHE)
def validate_reports(years: Sequence[int], run_id: str, settings: Settings) -> Audit:
    """Check the accounting rules on the current reports of the given years."""
    return validate_years(years, run_id=run_id, settings=settings, on_wait=_logger.warning)


@task(name="publish", cache_policy=NO_CACHE)
def publish_snapshot(settings: Settings) -> Snapshot:
    """Publish the warehouse as the snapshot that analysts open."""
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=_logger.warning) as connection:
        return publish(connection, settings.store, settings.published)
