"""The main job: every report of some years, from the portals' lists into the published warehouse."""

import logging
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from prefect import flow
from prefect.futures import PrefectFuture, as_completed
from prefect.runtime import flow_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.artifacts import create_artifacts
from flows.notifications import notify_of_run
from flows.progress import report_progress
from flows.season import is_over
from flows.sources import choose_sources
from flows.states import final_state
from flows.summary import RunSummary, summarise
from flows.years import parse_years
from tasks.discover import Discovery
from tasks.home import check_home
from tasks.records import Link, Problem, Stage
from tasks.runs import recorded_run
from tasks.settings import Settings
from tasks.sources import Source
from tasks.stages import (
    ReadBatch,
    discover_links,
    extract_reports,
    fetch_pages,
    floor_item,
    load_batch,
    publish_snapshot,
    record_discovery,
    record_failure,
    validate_reports,
)
from warehouse.runs import RunCounts

_logger = logging.getLogger("gouji.backfill")

_RUNNER: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=4)


@flow(
    name="backfill",
    flow_run_name="backfill-{years}",
    task_runner=_RUNNER,
    persist_result=False,
    on_completion=[notify_of_run],
    on_failure=[notify_of_run],
    on_crashed=[notify_of_run],
)
def backfill(years: str | int, sources: list[str] | None = None, force: bool = False) -> RunSummary:
    """Fetch, read, load, audit and publish the reports of some years.

    Args:
        years: a report year or several, such as ``2023``, ``2019-2024`` or ``2019,2022``.
        sources: names of the portals to ask; every one if none is named.
        force: fetch pages anew that were fetched a short while ago.

    What could not be processed is recorded as a problem and the rest goes on; the final state says so.
    """
    settings = Settings()
    wanted = parse_years(str(years))
    chosen = choose_sources(settings.sources, sources)
    parameters = {"years": str(years), "sources": [source.name for source in chosen], "force": force}
    check_home(settings.home)
    run_id = str(flow_run.get_id() or uuid4())
    with recorded_run("backfill", run_id, wanted, parameters, settings, _logger.warning) as run:
        for source in chosen:
            run.counts += _backfill_source(source, wanted, force, run_id, settings)
        audit = validate_reports(wanted, run_id, settings)
    snapshot = publish_snapshot(settings)
    shutil.rmtree(settings.staging / run_id, ignore_errors=True)
    summary = summarise(snapshot.path, run_id, wanted, str(audit.docs))
    create_artifacts("backfill", summary)
    outcome: RunSummary = final_state(summary)
    return outcome


def _backfill_source(source: Source, years: Sequence[int], force: bool, run_id: str, settings: Settings) -> RunCounts:
    """Take one source from its lists into the warehouse, batch by batch."""
    listed = discover_links(source, years, settings)
    below = _below_floor(source, years, listed.discovery)
    record_discovery(source, listed, years, list(below.values()), run_id, settings)
    wanted = tuple(link for link in listed.discovery.links if link.year not in below)
    _logger.info("%s: %d reports listed", source.name, len(wanted))
    futures: dict[PrefectFuture[ReadBatch], tuple[Link, ...]] = {}
    for number, start in enumerate(range(0, len(wanted), settings.batch_size)):
        links = wanted[start : start + settings.batch_size]
        fetched: Any = fetch_pages.submit(source, links, number, settings, force)
        futures[extract_reports.submit(source, links, fetched, number, run_id, settings)] = links
    counts = RunCounts(links=len(wanted))
    done = 0
    for future in as_completed(list(futures)):
        counts += _load_when_read(future, source, futures[future], run_id, settings)
        done += len(futures[future])
        report_progress(source.title, done, len(wanted))
    return counts


def _below_floor(source: Source, years: Sequence[int], discovery: Discovery) -> dict[int, Problem]:
    """Return a problem for every year, its season over, for which less is listed than must be.

    Such a year is not touched: a portal under reconstruction must not replace good data.
    """
    counted = Counter(link.year for link in discovery.links)
    return {
        year: Problem(
            Stage.DISCOVER,
            floor_item(source, year),
            "below_floor",
            f"{counted[year]} reports are listed, at least {source.floor_for(year)} were expected; "
            f"{year} is left as it was",
        )
        for year in years
        if is_over(year, date.today()) and counted[year] < source.floor_for(year)
    }


def _load_when_read(
    future: PrefectFuture[ReadBatch], source: Source, links: Sequence[Link], run_id: str, settings: Settings
) -> RunCounts:
    """Load one batch; if reading it failed, every link of it is recorded as a problem and the rest goes on."""
    future.wait()
    if not future.state.is_completed():
        _logger.error("%s: a batch of %d failed: %s", source.name, len(links), future.state.message)
        record_failure(source, links, str(future.state.message), run_id, settings)
        return RunCounts()
    batch: ReadBatch = future.result()
    loaded = load_batch(batch.directory, settings)
    return RunCounts(
        pages_fetched=batch.pages_fetched,
        pages_unchanged=batch.pages_unchanged,
        reports_new=loaded.reports_new,
        reports_seen=loaded.reports_seen,
    )
