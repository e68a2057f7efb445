"""From the portals' lists into the warehouse: a child run for every source and year with something to do."""

import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any

from prefect import State, flow
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner

from flows.running.children import for_each_source, record_failed
from flows.running.loading import load_as_read
from flows.running.runners import task_runner, unsearched
from flows.running.sources import choose_sources
from tasks.calendar import is_over, today
from tasks.discover.discovery import Discovery
from tasks.fetch.left import links_left
from tasks.pages import Link
from tasks.problems import Problem, Stage
from tasks.runs.context import RunContext
from tasks.runs.metrics import record_work
from tasks.runs.readers import on_every_core
from tasks.runs.record import Run
from tasks.runs.remaining import pages_standing
from tasks.runs.worklist import read_worklist, write_worklist
from tasks.settings import Settings
from tasks.sources.declaration import Source
from tasks.stages import (
    ReadBatch,
    discover_links,
    extract_reports,
    fetch_pages,
    record_disagreements,
    record_discovery,
    year_item,
)
from warehouse.loading.runs import RunCounts

_logger = logging.getLogger("gouji.collect")


def collect(run: Run, names: Sequence[str] | None, *, force: bool = False) -> None:
    """Bring every report that the named sources (all, if none is named) list for the run's years into the warehouse.

    Several sources are worked on at the same time; the years of one follow each other, for its host sets the pace.
    """
    sources = choose_sources(run.context.settings.sources, names)
    with task_runner(run.context.settings) as runner, on_every_core(run.context):
        for_each_source(run, sources, lambda source: _collect_source(run, source, force, runner))


def _collect_source(run: Run, source: Source, force: bool, runner: TaskRunner[Any]) -> None:
    context = run.context
    listed = discover_links(source, run.years, context)
    if context.stop.asked:
        return
    below = _below_floor(source, run.years, listed.discovery)
    portal, found = unsearched(source, context.settings), unsearched(listed, context.settings)
    record_discovery(portal, found, run.years, list(below.values()), context)
    record_work([listed.work], context, source.name)
    known = pages_standing(source, run.years, context, force)
    for year in run.years:
        links = [link for link in listed.discovery.links if link.year == year and year not in below]
        _logger.info("%s: %d reports listed for %d", source.name, len(links), year)
        if context.stop.asked:
            return
        left = links_left(links, known, context)
        run.add(RunCounts(links=len(links), pages_unchanged=len(links) - len(left)))
        if left:
            _collect_year(run, source, year, left, force, runner)
    record_disagreements(source, run.years, context)


def _collect_year(
    run: Run, source: Source, year: int, links: Sequence[Link], force: bool, runner: TaskRunner[Any]
) -> None:
    """Let a child run deal with the links of a year for which there is something to do."""
    write_worklist(run.context, source.name, year, links)
    child = collect_year.with_options(task_runner=runner)
    state = child(source.name, year, run.context.run_id, force, return_state=True)
    if not (state.is_completed() or state.is_cancelled()):
        record_failed(run, source, year, str(state.message))


@flow(name="collect", flow_run_name="collect-{source}-{year}", persist_result=False)
def collect_year(source: str, year: int, run_id: str, force: bool = False) -> State[None]:
    """Fetch, read and load the reports of a source's year that there is something to do for, batch by batch.

    Args:
        source: the portal's name.
        year: the report year.
        run_id: the run that this one is part of; it has written down which reports they are.
        force: fetch and read anew what is fresh or was read before.
    """
    run = RunContext(run_id, settings := Settings())
    (declared,) = choose_sources(settings.sources, [source])
    links = read_worklist(run, source, year)
    standing = pages_standing(declared, [year], run, force)
    batches: dict[PrefectFuture[ReadBatch], list[str]] = {}
    portal = unsearched(declared, settings)
    for number, start in enumerate(range(0, len(links), settings.batch_size)):
        batch = links[start : start + settings.batch_size]
        addresses = [link.url for link in batch]
        listed, known = unsearched(batch, settings), unsearched(standing.among(addresses), settings)
        fetched = unsearched(fetch_pages.submit(portal, listed, number, run, force), settings)
        batches[extract_reports.submit(portal, fetched, known, year, number, run)] = addresses
    return load_as_read(batches, declared, year, run)


def _below_floor(source: Source, years: Sequence[int], discovery: Discovery) -> dict[int, Problem]:
    """Return a problem for every year, its season over, for which less is listed than must be.

    Such a year is not touched: a portal under reconstruction must not replace good data.
    """
    counted = Counter(link.year for link in discovery.links)
    return {
        year: Problem(
            Stage.DISCOVER,
            year_item(source, year),
            "below_floor",
            f"{counted[year]} reports are listed, at least {source.floor_for(year)} were expected; "
            f"{year} is left as it was",
        )
        for year in years
        if is_over(year, today()) and counted[year] < source.floor_for(year)
    }
