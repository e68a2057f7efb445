"""A flow run on record, from its first moment to its last word."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prefect.runtime import flow_run

from flows.reporting.artifacts import create_artifacts
from flows.reporting.summary import RunSummary, summarise
from flows.running.states import final_state
from flows.running.years import parse_years
from tasks.problems import Stage
from tasks.runs.home import LEAST_FREE_BYTES, check_home
from tasks.runs.known import has_changed, years_on_record
from tasks.runs.logs import log_of_run
from tasks.runs.metrics import measure, record_measured
from tasks.runs.record import Run, recorded_run
from tasks.settings import Settings
from tasks.stages import publish_snapshot, validate_reports
from warehouse.snapshots.publish import Snapshot


@contextmanager
def on_record(years: Sequence[int], least_free: int = LEAST_FREE_BYTES) -> Iterator[Run]:
    """Record the flow run that this is called in, over some years, as Prefect knows it.

    ``least_free`` is the room in bytes without which it does not begin.
    """
    settings = Settings()
    check_home(settings.home, least_free)
    flow, run_id = str(flow_run.get_flow_name()), str(flow_run.get_id())
    with log_of_run(settings, run_id), recorded_run(flow, run_id, years, flow_run.get_parameters(), settings) as run:
        yield run


def chosen_years(years: str | int | None) -> tuple[int, ...]:
    """Read years as :func:`parse_years` does; without any, return all that the warehouse holds something of."""
    return parse_years(str(years)) if years is not None else years_on_record(Settings())


def audit_is_due(run: Run) -> bool:
    """Whether reports of the run's years changed since their last audit."""
    return has_changed(run.years, run.settings)


def audit(run: Run) -> None:
    """Assess the rules on the current reports of the run's years, and describe the outcome in Data Docs."""
    with measure(Stage.VALIDATE) as measured:
        outcomes = validate_reports(run.years, run.run_id, run.settings).outcomes
    measured.items = sum(outcome.evaluated for outcome in outcomes)
    record_measured([measured], run.run_id, run.settings)


def conclude(run: Run, *, asked_portals: bool = False) -> RunSummary:
    """Publish the snapshot, tell what the run did, and end in the state that this deserves."""
    with log_of_run(run.settings, run.run_id):
        snapshot = _publish(run)
        site = run.settings.docs / "site" / "index.html"
        summary = summarise(snapshot.path, run.run_id, run.years, str(site), run.parameters.get("sources"))
        create_artifacts(run.flow, summary)
    outcome: RunSummary = final_state(summary, asked_portals=asked_portals)
    return outcome


def _publish(run: Run) -> Snapshot:
    with measure(Stage.PUBLISH) as measured:
        snapshot = publish_snapshot(run.run_id, run.settings)
    measured.items, measured.bytes = snapshot.counts["core.report"], snapshot.bytes
    record_measured([measured], run.run_id, run.settings)
    shutil.rmtree(run.settings.staging / run.run_id, ignore_errors=True)
    return snapshot
