"""Organs by name, region, level and kind: the search of every page leads here."""

from explorer.asking import KIND, LEVEL, PAGE_NUMBER, PAGE_ROWS, REGION, TEXT, Question
from explorer.pages.page import Context, Listing, Page
from warehouse.snapshots.pool import Lease

_ORGANS = """
    SELECT organ_id, name, level, kind, region_code, parent, reports, first_year, last_year, clean, questionable,
        inconsistent, incomplete, blank, critical
    FROM mart.organ
    WHERE ($q IS NULL OR contains(name, $q) OR list_contains(aliases, $q)
            OR list_aggregate(list_transform(aliases, lambda alias: contains(alias, $q)), 'bool_or'))
        AND ($region IS NULL OR starts_with(region_code, rtrim($region, '0')))
        AND ($level IS NULL OR level = $level) AND ($kind IS NULL OR kind = $kind)
    ORDER BY name <> $q, list_position(['government', 'department', 'township', 'subdistrict'], kind),
        list_position(['country', 'province', 'city', 'county', 'township'], level), organ_id
"""
_PARAMETERS = {"q": TEXT, "region": REGION, "level": LEVEL, "kind": KIND, "page": PAGE_NUMBER}


def listing(asked: Question) -> Listing:
    """Return the organs that were asked for."""
    return Listing(_ORGANS, "mart.organ", {name: asked.values.get(name) for name in ("q", "region", "level", "kind")})


def view(asked: Question, lease: Lease) -> Context:
    """Gather one page of organs."""
    organs = listing(asked)
    rows = organs.page(lease, asked)
    return {"rows": rows[:PAGE_ROWS], "has_next": len(rows) > PAGE_ROWS, "total": organs.count(lease)}


PAGE = Page("/organs", "organs.html", view, _PARAMETERS, listing)
