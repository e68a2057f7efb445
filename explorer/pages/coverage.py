"""Coverage: who should have published for which year, who did, and the evidence; organs down, years across."""

from explorer.asking import KIND, PAGE_NUMBER, PAGE_ROWS, REGION, TEXT, YEAR, Question, choice
from explorer.pages.page import Context, Listing, Page
from tasks.problems import Stage
from tasks.runbook import KINDS
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease

_WHERE = """
    WHERE ($region IS NULL OR starts_with(region_code, rtrim($region, '0')))
        AND ($status IS NULL OR status = $status) AND ($year IS NULL OR year = $year)
        AND ($kind IS NULL OR kind = $kind) AND ($q IS NULL OR contains(organ, $q))
"""
_ALL = f"""
    SELECT source_id, organ_id, organ, level, kind, region_code, year, status, basis, due_on, published_on, report_id,
        evidence
    FROM mart.coverage {_WHERE} ORDER BY organ_id, year, source_id
"""
_ORGANS = f"SELECT DISTINCT organ_id, organ FROM mart.coverage {_WHERE} ORDER BY organ_id"
_CELLS = """
    SELECT organ_id, year, status, report_id, due_on, published_on, evidence FROM mart.coverage
    WHERE list_contains($organs, organ_id) ORDER BY organ_id, year
"""
_TOTALS = f"""
    SELECT year, count(*) FILTER (status = 'published') AS published, count(*) FILTER (status = 'late') AS late,
        count(*) FILTER (status = 'missing') AS missing, count(*) FILTER (status = 'unreadable') AS unreadable
    FROM mart.coverage {_WHERE} GROUP BY year ORDER BY year
"""
_READING = (Stage.FETCH, Stage.EXTRACT)
_PARAMETERS = {
    "q": TEXT,
    "year": YEAR,
    "status": choice("published", "late", "missing", "unreadable"),
    "region": REGION,
    "kind": KIND,
    "page": PAGE_NUMBER,
}


def _values(asked: Question) -> dict[str, object]:
    return {name: asked.values.get(name) for name in ("region", "status", "year", "kind", "q")}


def listing(asked: Question) -> Listing:
    """Return every report that should exist, with what became of it."""
    return Listing(_ALL, "mart.coverage", _values(asked))


def view(asked: Question, lease: Lease) -> Context:
    """Gather one page of organs with all their years."""
    found = Listing(_ORGANS, "mart.coverage", _values(asked)).page(lease, asked)
    organs = found[:PAGE_ROWS]
    cells: dict[tuple[str, int], Row] = {
        (row["organ_id"], row["year"]): row
        for row in lease.rows(_CELLS, organs=[organ["organ_id"] for organ in organs])
    }
    names = {organ["organ_id"]: organ["organ"] for organ in organs}
    totals = lease.rows(_TOTALS, **_values(asked))
    return {
        "organs": organs,
        "has_next": len(found) > PAGE_ROWS,
        "cells": cells,
        "unseen": [_why(row, names) for row in cells.values() if row["report_id"] is None],
        "years": sorted({year for _, year in cells} | {row["year"] for row in totals}),
        "totals": {row["year"]: row for row in totals},
    }


def _why(row: Row, names: dict[str, str]) -> Row:
    """Tell why a report is missing or was not read: the kind of problem, the address under which it is listed."""
    code, _, url = str(row["evidence"]).rpartition(" ")
    kind = next((kind for (stage, each), kind in KINDS.items() if each == code and stage in _READING), None)
    return {
        **row,
        "organ": names[row["organ_id"]],
        "code": kind.cause if kind else None,
        "url": url if "://" in url else "",
    }


PAGE = Page("/coverage", "coverage.html", view, _PARAMETERS, listing)
