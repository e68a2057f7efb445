"""Problems: what we could not fetch or read, why, and what to do. Never a fault of a report."""

from explorer.asking import PAGE_NUMBER, PAGE_ROWS, YEAR, Question, matching
from explorer.pages.page import Context, Listing, Page
from tasks.runbook import kind_of
from warehouse.snapshots.pool import Lease
from warehouse.text import Text

_CODE = matching(r"[a-z0-9_]{1,60}", Text("代码，如 unreachable", "a code such as unreachable"))
_PROBLEMS = """
    SELECT code, stage, year, source_id, item, detail, attempts, first_seen_at, last_seen_at FROM main.problem
    WHERE ($code IS NULL OR code = $code) AND ($year IS NULL OR year = $year)
    ORDER BY last_seen_at DESC, code, item
"""
_CODES = "SELECT code, any_value(stage) AS stage, count(*) AS n FROM main.problem GROUP BY code ORDER BY n DESC, code"


def listing(asked: Question) -> Listing:
    """Return the problems that were asked for."""
    return Listing(_PROBLEMS, "main.problem", {name: asked.values.get(name) for name in ("code", "year")})


def view(asked: Question, lease: Lease) -> Context:
    """Gather one page of problems, and how many there are of every code."""
    problems = listing(asked)
    rows = problems.page(lease, asked)
    return {
        "rows": rows[:PAGE_ROWS],
        "has_next": len(rows) > PAGE_ROWS,
        "codes": lease.rows(_CODES),
        "kind_of": kind_of,
    }


PAGE = Page("/problems", "problems.html", view, {"code": _CODE, "year": YEAR, "page": PAGE_NUMBER}, listing)
