"""The stages as Prefect tasks: thin, over a batch, small in what they take and give.

This and ``flows/`` are the only places that know Prefect. What a stage does stands in the module of its name.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import ENOSPC
from importlib.metadata import version
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.audit.validate import Audit, validate_years
from tasks.discover.discovery import Discovery, discover
from tasks.extract import EXTRACTOR_VERSION
from tasks.fetch.batch import Fetched, fetch
from tasks.fetch.client import Client
from tasks.load.batch import Batch
from tasks.pages import Exchange, Link, Obtained, Page
from tasks.problems import Problem, Stage
from tasks.runs.code_version import git_revision
from tasks.runs.context import RunContext
from tasks.runs.locks import publishing
from tasks.runs.logs import hide_passwords
from tasks.runs.metrics import measure
from tasks.runs.readers import stage_for
from tasks.runs.record import count
from tasks.sources.declaration import Source
from warehouse.connection.faults import FULL_DISK
from warehouse.loading.load import LoadCounts, load_batch
from warehouse.loading.runs import RunCounts, StageWork
from warehouse.loading.standing import Standing, standing_problems
from warehouse.loading.versions import disagreements
from warehouse.snapshots.publish import Origin, Snapshot, publish

_logger = logging.getLogger("gouji.stages")

# Every process that runs a flow or one of its stages comes by here, a worker of a cluster too.
hide_passwords()


@dataclass(frozen=True)
class Listed:
    """What a source's lists gave, and the requests it took."""

    discovery: Discovery
    exchanges: tuple[Exchange, ...]
    work: StageWork


@dataclass(frozen=True)
class ReadBatch:
    """One batch fetched, read and staged: where it is, and the pages in it that are not counted with the run yet.

    ``directory`` is ``None`` where there was nothing that the warehouse does not know.
    """

    directory: Path | None
    uncounted: RunCounts
    work: tuple[StageWork, ...] = ()


@task(name="discover", task_run_name="discover-{source.name}", retries=1, retry_delay_seconds=5, cache_policy=NO_CACHE)
def discover_links(source: Source, years: Sequence[int], run: RunContext) -> Listed:
    """Find the addresses of a source's reports for the given years."""
    with measure(Stage.DISCOVER) as work, Client(source, run.settings, run.archive, run.stop) as client:
        discovery = discover(source, years, client.ask)
    work.items = len(discovery.links)
    _add_requests(work, client.exchanges)
    return Listed(discovery, tuple(client.exchanges), work)


@task(name="record discovery", task_run_name="record-discovery-{source.name}", cache_policy=NO_CACHE)
def record_discovery(
    source: Source, listed: Listed, years: Sequence[int], below: Sequence[Problem], run: RunContext
) -> LoadCounts:
    """Record what could not be listed, that what could is well, and which organs should be there.

    ``below`` names the years for which the source lists less than its floor. That an earlier run failed for the source
    or a year as a whole is settled: what is listed now is gone through anew.
    """
    batch = _new_batch(source, run)
    batch.add_item(Stage.EXTRACT, source.name)
    for address in listed.discovery.asked:
        batch.add_item(Stage.DISCOVER, address)
    batch.add_problems(listed.discovery.problems)
    batch.add_links(listed.discovery.links)
    batch.add_organs()
    for year in years:
        item = year_item(source, year)
        batch.add_item(Stage.DISCOVER, item)
        batch.add_item(Stage.EXTRACT, item)
        batch.add_problems((problem for problem in below if problem.item == item), year)
        batch.add_expected(year)
    batch.add_exchanges(listed.exchanges)
    return load_staged.fn([batch.write(run.staging / f"{source.name}-discovery")], run)


@task(
    name="fetch", task_run_name="fetch-{source.name}-{number}", retries=1, retry_delay_seconds=5, cache_policy=NO_CACHE
)
def fetch_pages(source: Source, links: Sequence[Link], number: int, run: RunContext, force: bool) -> Fetched:
    """Fetch one batch of links into the archive; what came counts from now on, whatever becomes of the batch."""
    fetched = fetch(links, source=source, archive=run.archive, settings=run.settings, force=force, stop=run.stop)
    if run.settings.reads_here:
        count(run.run_id, _pages_of(fetched))
    return fetched


@task(name="extract", task_run_name="extract-{source.name}-{number}", cache_policy=NO_CACHE)
def extract_reports(
    source: Source, fetched: Fetched, standing: Standing, year: int, number: int, run: RunContext
) -> ReadBatch:
    """Read those pages of a fetched batch that their addresses did not show before, and stage what is new."""
    batch = _new_batch(source, run)
    for address in standing.troubled.intersection(fetched.asked):
        batch.add_item(Stage.FETCH, address)
    batch.add_problems(fetched.problems, year)
    batch.add_exchanges(fetched.exchanges)
    unread = [page for page in fetched.pages if page.evidence_sha256 != standing.read.get(page.link.url)]
    directory, extracted = stage_for(run, unread, batch, run.staging / f"{source.name}-{year}-{number:05d}")
    asked = StageWork(Stage.FETCH.value, items=len(fetched.pages), seconds=fetched.seconds)
    _add_requests(asked, fetched.exchanges)
    uncounted = RunCounts() if run.settings.reads_here else _pages_of(fetched)
    return ReadBatch(directory, uncounted, (asked, extracted))


@task(name="extract again", task_run_name="extract-again-{source.name}-{number}", cache_policy=NO_CACHE)
def extract_again(source: Source, pages: Sequence[Page], number: int, run: RunContext) -> ReadBatch:
    """Read one batch of pages from the archive, whoever read them before."""
    batch = _new_batch(source, run)
    directory, extracted = stage_for(run, pages, batch, run.staging / f"{source.name}-{number:05d}")
    return ReadBatch(directory, RunCounts(pages_unchanged=len(pages)), (extracted,))


def _pages_of(fetched: Fetched) -> RunCounts:
    came = sum(page.obtained is Obtained.FETCHED for page in fetched.pages)
    return RunCounts(pages_fetched=came, pages_unchanged=len(fetched.pages) - came)


def _new_batch(source: Source, run: RunContext) -> Batch:
    return Batch(source, run.run_id, datetime.now(UTC), EXTRACTOR_VERSION)


def _add_requests(work: StageWork, exchanges: Sequence[Exchange]) -> None:
    work.bytes += sum(exchange.bytes for exchange in exchanges)
    work.retries += sum(exchange.attempts > 1 for exchange in exchanges)


@task(name="load", cache_policy=NO_CACHE)
def load_staged(directories: Sequence[Path], run: RunContext) -> LoadCounts:
    """Merge staged batches into the warehouse, waiting for its lock if need be."""
    with run.warehouse() as connection:
        return load_batch(connection, *directories)


def year_item(source: Source, year: int) -> str:
    """Return the item that a problem about a source's year as a whole names."""
    return f"{source.name} {year}"


@task(name="record failure", cache_policy=NO_CACHE)
def record_failure(source: Source, items: Sequence[str], year: int | None, reason: str, run: RunContext) -> LoadCounts:
    """Record every item of a batch that failed as a whole."""
    batch = _new_batch(source, run)
    remedy = FULL_DISK if os.strerror(ENOSPC) in reason else "run it again"
    detail = f"the batch failed: {reason}; {remedy}"
    batch.add_problems((Problem(Stage.EXTRACT, item, "internal_error", detail) for item in items), year)
    return load_staged.fn([batch.write(run.staging / f"{source.name}-{year}-failure")], run)


def record_disagreements(source: Source, years: Sequence[int], run: RunContext) -> None:
    """Record which listed addresses of a source show different figures for an organ's year, or no longer do."""
    with run.warehouse() as connection:
        found = disagreements(connection, source.name, years)
        settled = standing_problems(connection, source.name, Stage.LOAD, years)
    if not found and not settled:
        return
    batch = _new_batch(source, run)
    for item in settled.union(one.url for one in found):
        batch.add_item(Stage.LOAD, item)
    for one in found:
        others = f"those at {one.current_url}, which count (cells: {one.cells})"
        detail = f"{one.organ} {one.year}: its figures differ from {others}."
        batch.add_problems([Problem(Stage.LOAD, one.url, "addresses_disagree", detail)], one.year)
    load_staged.fn([batch.write(run.staging / f"{source.name}-disagreements")], run)


@task(name="validate", cache_policy=NO_CACHE)
def validate_reports(years: Sequence[int], run: RunContext, everything: bool = False) -> Audit:
    """Check the accounting rules on the current reports of the given years: on what changed, or on all of them."""
    return validate_years(years, run, everything=everything)


@task(name="publish", cache_policy=NO_CACHE)
def publish_snapshot(run: RunContext, only_changes: bool = False) -> Snapshot:
    """Publish the warehouse as the snapshot that analysts open, once no run is loading; or if readers gain by it."""
    settings, origin = run.settings, Origin(run.run_id, version("gouji"), git_revision())
    with publishing(settings, _logger.warning), run.warehouse() as connection:
        return publish(
            connection,
            settings.store,
            settings.published,
            keep=settings.snapshots,
            origin=origin,
            only_changes=only_changes,
        )
