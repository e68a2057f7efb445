"""A flow run on record, from its first moment to its last word."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import ENOSPC

from prefect import State
from prefect.runtime import flow_run

from flows.reporting.artifacts import create_artifacts
from flows.reporting.summary import RunSummary, summarise
from flows.running.orphans import ending_with_its_worker
from flows.running.states import final_state
from flows.running.years import parse_years
from tasks.problems import Stage
from tasks.runs.context import RunContext, open_warehouse
from tasks.runs.home import LEAST_FREE_BYTES, HomeError, check_home
from tasks.runs.logs import log_of_run
from tasks.runs.metrics import measure, record_work
from tasks.runs.record import Run, recorded_run
from tasks.settings import Settings
from tasks.stages import publish_snapshot, validate_reports
from warehouse.connection.faults import FULL_DISK
from warehouse.loading.standing import years_on_record
from warehouse.snapshots.publish import Snapshot


@contextmanager
def on_record(years: Sequence[int], least_free: int = LEAST_FREE_BYTES) -> Iterator[Run]:
    """Record the flow run that this is called in, over some years, as Prefect knows it.

    ``least_free`` is the room in bytes without which it does not begin.
    """
    settings = Settings()
    check_home(settings.home, least_free)
    flow, run_id = str(flow_run.get_flow_name()), str(flow_run.get_id())
    context = RunContext(run_id, settings)
    try:
        with (
            ending_with_its_worker(),
            log_of_run(context),
            recorded_run(context, flow, years, flow_run.get_parameters()) as run,
        ):
            yield run
    except OSError as error:
        if error.errno == ENOSPC:
            raise HomeError(f"{error.filename or settings.home}: the disk is full; {FULL_DISK}") from error
        raise


def chosen_years(years: str | int | None) -> tuple[int, ...]:
    """Read years as :func:`parse_years` does; without any, return all that the warehouse holds something of."""
    if years is not None:
        return parse_years(str(years))
    with open_warehouse(Settings()) as connection:
        return years_on_record(connection)


def audit(run: Run, *, everything: bool = False) -> None:
    """Assess the rules on what changed of the reports of the run's years, or on all, and make Data Docs of it."""
    with measure(Stage.VALIDATE) as work:
        outcomes = validate_reports(run.years, run.context, everything).outcomes
    work.items = sum(outcome.evaluated for outcome in outcomes)
    record_work([work], run.context)


def conclude(run: Run, *, asked_portals: bool = False, only_changes: bool = True) -> State[RunSummary]:
    """Publish what changed, or anything, as the snapshot; tell what the run did, and end in the state it deserves."""
    context = run.context
    with log_of_run(context):
        snapshot = _publish(context, only_changes)
        site = context.settings.docs / "site" / "index.html"
        summary = summarise(run, snapshot, str(site))
        create_artifacts(run.flow, summary)
    return final_state(summary, asked_portals=asked_portals)


def _publish(run: RunContext, only_changes: bool) -> Snapshot:
    with measure(Stage.PUBLISH) as work:
        snapshot = publish_snapshot(run, only_changes)
    if snapshot.unchanged_since is None:
        work.items, work.bytes = snapshot.counts["core.report"], snapshot.bytes
    record_work([work], run)
    shutil.rmtree(run.staging, ignore_errors=True)
    return snapshot
