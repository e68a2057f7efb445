"""From the archive into the warehouse, without the portals: a child run for every source."""

from collections.abc import Sequence
from typing import Any

from prefect import State, flow
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner

from flows.running.children import for_each_source, record_failed
from flows.running.loading import load_as_read
from flows.running.runners import task_runner, unsearched
from flows.running.sources import choose_sources
from tasks.runs.context import RunContext
from tasks.runs.readers import on_every_core
from tasks.runs.record import Run
from tasks.runs.remaining import archived_pages
from tasks.settings import Settings
from tasks.sources.declaration import Source
from tasks.stages import ReadBatch, extract_again, record_disagreements


def reread(run: Run, names: Sequence[str] | None, *, everything: bool = False) -> None:
    """Read the archived pages of some sources and the run's years with today's extractor.

    Those that it has read already are left out, unless ``everything`` is to be read.
    """
    sources = choose_sources(run.context.settings.sources, names)
    with task_runner(run.context.settings) as runner, on_every_core(run.context):
        for_each_source(run, sources, lambda source: _reread(run, source, everything, runner))


def _reread(run: Run, source: Source, everything: bool, runner: TaskRunner[Any]) -> None:
    child = reread_source.with_options(task_runner=runner)
    state = child(source.name, list(run.years), run.context.run_id, everything, return_state=True)
    if not (state.is_completed() or state.is_cancelled()):
        record_failed(run, source, None, str(state.message))
    record_disagreements(source, run.years, run.context)


@flow(name="reread", flow_run_name="reread-{source}", persist_result=False)
def reread_source(source: str, years: list[int], run_id: str, everything: bool = False) -> State[None]:
    """Read the archived pages of a source again and load what differs, batch by batch.

    Args:
        source: the portal's name.
        years: the report years.
        run_id: the run that this one is part of.
        everything: read also what today's extractor has read already.
    """
    run = RunContext(run_id, settings := Settings())
    (declared,) = choose_sources(settings.sources, [source])
    pages = archived_pages(declared, years, run, everything)
    batches: dict[PrefectFuture[ReadBatch], list[str]] = {}
    portal = unsearched(declared, settings)
    for number, start in enumerate(range(0, len(pages), settings.batch_size)):
        batch = pages[start : start + settings.batch_size]
        read = extract_again.submit(portal, unsearched(batch, settings), number, run)
        batches[read] = [page.link.url for page in batch]
    return load_as_read(batches, declared, None, run)
