"""Silent corrections: figures that an address showed first so, then otherwise."""

from explorer.asking import PAGE_NUMBER, PAGE_ROWS, REGION, TEXT, YEAR, Question
from explorer.pages.page import Context, Listing, Page
from warehouse.snapshots.pool import Lease

_CORRECTIONS = """
    SELECT organ_id, organ, year, table_code, row_code, column_code, row_label, row_label_en, column_label,
        column_label_en, value_before, value_after, last_seen_before_at, first_seen_after_at, earlier_report_id,
        later_report_id, url
    FROM mart.correction
    WHERE ($year IS NULL OR year = $year) AND ($organ IS NULL OR organ_id = $organ)
        AND ($region IS NULL OR starts_with(region_code, rtrim($region, '0')))
    ORDER BY first_seen_after_at DESC, organ_id, year, table_code, row_code, column_code
"""
_PARAMETERS = {"year": YEAR, "region": REGION, "organ": TEXT, "page": PAGE_NUMBER}


def listing(asked: Question) -> Listing:
    """Return the corrections that were asked for."""
    return Listing(
        _CORRECTIONS, "mart.correction", {name: asked.values.get(name) for name in ("year", "organ", "region")}
    )


def view(asked: Question, lease: Lease) -> Context:
    """Gather one page of corrections."""
    found = listing(asked)
    rows = found.page(lease, asked)
    return {"corrections": rows[:PAGE_ROWS], "has_next": len(rows) > PAGE_ROWS, "total": found.count(lease)}


PAGE = Page("/corrections", "corrections.html", view, _PARAMETERS, listing)
