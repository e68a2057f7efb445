"""Retention: what is no longer needed, removed."""

import logging
from datetime import UTC, datetime, timedelta

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.operating.prefect_history import forget_flow_runs
from flows.reporting.notifications import NOTIFYING
from flows.running.parameters import KeepDays
from flows.running.run import on_record
from tasks.keeping.housekeeping import (
    Removed,
    others_live,
    remove_archived,
    remove_half_published,
    remove_request_log,
    remove_run_records,
    remove_staged,
    tidy_warehouse,
)

_logger = logging.getLogger("gouji.housekeeping")


@flow(name="housekeeping", persist_result=False, **NOTIFYING)
def housekeeping(keep_days: KeepDays = 90) -> tuple[Removed, ...]:
    """Remove leftovers of runs that were killed, and after some days list and error pages, request logs, run records.

    Args:
        keep_days: days after which what is no longer needed is removed.

    Nothing is removed that a report was read from, nor anything of a run under way. The small files of a lake are
    merged, and its time travel ends after the same days. Data Docs keep their latest ten runs by themselves.
    """
    before = datetime.now(UTC) - timedelta(days=keep_days)
    with on_record([], least_free=0) as run:
        context = run.context
        removed = [remove_staged(context), remove_half_published(context)]
        if others_live(context):
            _logger.warning("another run is under way: the archive is left as it is until the next housekeeping")
        else:
            removed.append(remove_archived(context, before))
        removed.append(remove_request_log(context, before))
        removed.append(remove_run_records(context, before))
        removed.append(tidy_warehouse(context, before))
        removed.append(forget_flow_runs(before))
    table = [{"removed": each.what, "items": each.items, "bytes": each.bytes} for each in removed]
    create_table_artifact(table, key="housekeeping-summary", description=f"Removed what was older than {before:%F}")
    return tuple(removed)
