"""Findings with facets: which rules are broken where, narrowed down by any of their properties."""

from typing import Any

from explorer.asking import (
    KIND,
    LEVEL,
    PAGE_NUMBER,
    PAGE_ROWS,
    REGION,
    RULE,
    SEVERITY,
    TEXT,
    YEAR,
    YES_NO,
    Question,
    choice,
)
from explorer.pages.page import Context, Listing, Page
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease

_CONDITIONS = {
    "rule": "rule_id = $rule",
    "severity": "severity = $severity",
    "year": "year = $year",
    "region": "starts_with(region_code, rtrim($region, '0'))",
    "level": "level = $level",
    "kind": "kind = $kind",
    "waived": "is_waived = ($waived = 'yes')",
    "organ": "organ_id = $organ",
    "q": "contains(organ, $q)",
}
"""What each parameter means."""

_FACETS = {
    "severity": "severity",
    "rule": "rule_id",
    "year": "year",
    "level": "level",
    "kind": "kind",
    "region": "rpad(region_code[:4], 6, '0')",
    "waived": "CASE WHEN is_waived THEN 'yes' ELSE 'no' END",
}
"""What is counted, in the order of the page."""

_IN_CUBE = frozenset(_CONDITIONS) - {"organ", "q"}
_ORDERS = {
    "severity": "",
    "organ": "ORDER BY organ_id, year DESC, rule_id, table_code, row_code, column_code, finding_id",
    "year": "ORDER BY year DESC, organ_id, rule_id, table_code, row_code, column_code, finding_id",
    "difference": "ORDER BY abs(difference) DESC NULLS LAST, finding_id",
}
_WORST_FIRST = """ORDER BY list_position(['critical', 'warning', 'info'], severity), year DESC, organ_id, rule_id,
    table_code, row_code, column_code, finding_id"""

_COLUMNS = """
    organ, year, rule_id, rule_title, rule_title_en, severity, sentence_zh, sentence_en,
    concat(table_code, '/', row_code, '/', column_code) AS place, left_value, right_value, difference,
    list_transform(likely, lambda each: concat_ws('/', each.table_code, each.row_code, each.column_code)) AS suspected,
    list_transform(likely, lambda each: each.value) AS should_be,
    waiver, '/findings/' || finding_id AS address, url, level, kind, region_code, table_code, row_code, column_code,
    finding_id, report_id, organ_id, group_id
"""
PARAMETERS = {
    "rule": RULE,
    "severity": SEVERITY,
    "year": YEAR,
    "region": REGION,
    "level": LEVEL,
    "kind": KIND,
    "waived": YES_NO,
    "organ": TEXT,
    "q": TEXT,
    "sort": choice(*_ORDERS),
    "page": PAGE_NUMBER,
}


def listing(asked: Question) -> Listing:
    """Return the findings that were asked for."""
    order = _ORDERS[asked.values.get("sort", "severity")] or _WORST_FIRST
    condition = _where(asked, _CONDITIONS)
    return Listing(f"SELECT {_COLUMNS} FROM mart.finding {condition} {order}", "mart.finding", _values(asked))


def view(asked: Question, lease: Lease) -> Context:
    """Gather one page of findings and the counts of every facet."""
    found = listing(asked).page(lease, asked)
    return {
        "rows": found[:PAGE_ROWS],
        "has_next": len(found) > PAGE_ROWS,
        "total": _count(asked, lease),
        "facets": {name: _facet(asked, lease, name) for name in _FACETS},
        "chips": {name: asked.texts[name] for name in (*_FACETS, "organ", "q") if name in asked.texts},
        "sorts": tuple(_ORDERS),
    }


def _where(asked: Question, names: Any) -> str:
    conditions = [_CONDITIONS[name] for name in names if name in asked.values]
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _values(asked: Question) -> dict[str, object]:
    return {name: value for name, value in asked.values.items() if name in _CONDITIONS}


def _counted(asked: Question) -> tuple[str, str]:
    """Where to count: in the cube, unless the question is about single organs, which it does not know."""
    if asked.values.keys() & {"organ", "q"}:
        return "mart.finding", "count(*)"
    return "mart.finding_count", "coalesce(sum(findings), 0)::BIGINT"


def _count(asked: Question, lease: Lease) -> int:
    table, count = _counted(asked)
    row = lease.row(f"SELECT {count} AS n FROM {table} {_where(asked, _CONDITIONS)}", **_values(asked))
    return int(row["n"]) if row else 0


def _facet(asked: Question, lease: Lease, name: str) -> list[Row]:
    """Count the values of one facet under what the other parameters say."""
    table, count = _counted(asked)
    others = _where(asked, [other for other in _CONDITIONS if other != name])
    values = {key: value for key, value in _values(asked).items() if key != name}
    order = "value DESC" if name == "year" else "n DESC, value"
    return lease.rows(
        f"SELECT {_FACETS[name]} AS value, {count} AS n FROM {table} {others} GROUP BY 1 "
        f"HAVING value IS NOT NULL ORDER BY {order} LIMIT 40",
        **values,
    )


PAGE = Page("/findings", "findings.html", view, PARAMETERS, listing)
