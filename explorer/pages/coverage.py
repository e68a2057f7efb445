"""Coverage: who should have published for which year, who did, and the evidence; organs down, years across."""

from explorer.asking import KIND, PAGE_NUMBER, PAGE_ROWS, REGION, TEXT, YEAR, Question, choice
from explorer.pages.page import Context, Listing, Page
from tasks.problems import Stage
from tasks.runbook import KINDS
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease

_PLACE = """
    ($region IS NULL OR starts_with(region_code, rtrim($region, '0'))) AND ($kind IS NULL OR kind = $kind)
        AND ($q IS NULL OR contains(organ, $q))
"""
_WHERE = f"""
    WHERE {_PLACE} AND ($year IS NULL OR year = $year)
        AND ($status IS NULL OR status = $status OR $status = 'wanting' AND status IN ('missing', 'late'))
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
_UNKNOWN = """
    SELECT organ_id, year, reason, turning_year, other_organs FROM mart.unknown_year
    WHERE list_contains($organs, organ_id)
"""
_TOTALS = f"""
    SELECT year, count(*) AS expected,
        count(*) FILTER (basis = 'declared') AS declared, count(*) FILTER (basis = 'neighbouring year') AS neighbouring,
        count(*) FILTER (basis = 'published') AS alone, count(*) FILTER (basis = 'listed') AS listed,
        count(*) FILTER (status = 'published') AS published, count(*) FILTER (status = 'late') AS late,
        count(*) FILTER (status = 'missing') AS missing, count(*) FILTER (status = 'unreadable') AS unreadable
    FROM mart.coverage WHERE {_PLACE} GROUP BY year ORDER BY year
"""
_REASONS = f"""
    SELECT year, reason, count(*) AS organs FROM mart.unknown_year WHERE {_PLACE}
    GROUP BY year, reason ORDER BY year, organs DESC, reason
"""
_READING = (Stage.FETCH, Stage.EXTRACT)
_PARAMETERS = {
    "q": TEXT,
    "year": YEAR,
    "status": choice("published", "late", "missing", "unreadable", "wanting"),
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
    identities = [organ["organ_id"] for organ in organs]
    cells: dict[tuple[str, int], Row] = {
        (row["organ_id"], row["year"]): row for row in lease.rows(_CELLS, organs=identities)
    }
    names = {organ["organ_id"]: organ["organ"] for organ in organs}
    place = {name: asked.values.get(name) for name in ("region", "kind", "q")}
    reasons: dict[int, list[Row]] = {}
    for row in lease.rows(_REASONS, **place):
        reasons.setdefault(row["year"], []).append(row)
    totals = {row["year"]: row for row in lease.rows(_TOTALS, **place)}
    return {
        "organs": organs,
        "has_next": len(found) > PAGE_ROWS,
        "cells": cells,
        "unknown": {(row["organ_id"], row["year"]): row for row in lease.rows(_UNKNOWN, organs=identities)},
        "unseen": [_why(row, names) for row in cells.values() if row["report_id"] is None],
        "years": sorted({year for _, year in cells} | totals.keys()),
        "totals": totals,
        "reasons": reasons,
        "year": asked.values.get("year"),
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
