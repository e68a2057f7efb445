"""Runs: what was fetched, read and audited when, how long each stage took, and how it ended."""

from explorer.asking import PAGE_NUMBER, PAGE_ROWS, Question
from explorer.pages.page import Context, Listing, Page
from warehouse.snapshots.pool import Lease

_RUNS = """
    SELECT run_id, flow, parameters, state, started_at, finished_at,
        date_diff('second', started_at, finished_at) AS seconds, links, pages_fetched, pages_unchanged, reports_new,
        reports_seen, findings, problems
    FROM audit.run ORDER BY started_at DESC, run_id
"""
_STAGES = """
    SELECT stage, sum(items)::BIGINT AS items, round(sum(seconds), 1) AS seconds, sum(retries)::BIGINT AS retries
    FROM audit.stage_metric WHERE run_id = $run GROUP BY stage ORDER BY min(finished_at), stage
"""


def listing(asked: Question) -> Listing:
    """Return every run, the latest first."""
    return Listing(_RUNS, "audit.run")


def view(asked: Question, lease: Lease) -> Context:
    """Gather one page of runs, each with its stages."""
    rows = listing(asked).page(lease, asked)
    runs = [{**row, "stages": lease.rows(_STAGES, run=row["run_id"])} for row in rows[:PAGE_ROWS]]
    return {"rows": runs, "has_next": len(rows) > PAGE_ROWS}


PAGE = Page("/runs", "runs.html", view, {"page": PAGE_NUMBER}, listing)
