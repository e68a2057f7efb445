"""Findings with facets: which rules are broken where, narrowed down by any of their properties."""

from collections.abc import Iterable

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
_GROUPS = {
    "report": ("report_id", "critical DESC, warning DESC, info DESC, report_id"),
    "region": ("region_code", "region_code"),
}
"""What findings can be counted by, in place of the list, and in which order."""

_GROUPED = """
    SELECT any_value(report_id) AS report_id, any_value(organ) AS organ, any_value(year) AS year,
        any_value(region_code) AS region_code, count(DISTINCT report_id) AS reports, count(*) AS findings,
        count(DISTINCT (report_id, group_id)) AS errors, count(*) FILTER (severity = 'critical') AS critical,
        count(*) FILTER (severity = 'warning') AS warning, count(*) FILTER (severity = 'info') AS info
    FROM mart.finding {condition} GROUP BY {group}
    ORDER BY {order}
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
    "by": choice(*_GROUPS),
    "page": PAGE_NUMBER,
}


def listing(asked: Question) -> Listing:
    """Return the findings that were asked for."""
    order = _ORDERS[asked.values.get("sort", "severity")] or _WORST_FIRST
    condition = _where(asked, _CONDITIONS)
    return Listing(f"SELECT {_COLUMNS} FROM mart.finding {condition} {order}", "mart.finding", _values(asked))


def view(asked: Question, lease: Lease) -> Context:
    """Gather one page of findings and the counts of every facet."""
    by = asked.values.get("by")
    found = (_grouped(asked, by) if by else listing(asked)).page(lease, asked)
    return {
        "by": by,
        "groups": ("", *_GROUPS),
        "rows": found[:PAGE_ROWS],
        "has_next": len(found) > PAGE_ROWS,
        "total": _count(asked, lease),
        "reports": _reports(asked, lease),
        "facets": {name: _facet(asked, lease, name) for name in _FACETS},
        "chips": {name: asked.texts[name] for name in (*_FACETS, "organ", "q") if name in asked.texts},
        "sorts": tuple(_ORDERS),
    }


def _grouped(asked: Question, by: str) -> Listing:
    group, order = _GROUPS[by]
    sql = _GROUPED.format(condition=_where(asked, _CONDITIONS), group=group, order=order)
    return Listing(sql, "mart.finding", _values(asked))


def _where(asked: Question, names: Iterable[str]) -> str:
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


def _reports(asked: Question, lease: Lease) -> int:
    sql = f"SELECT count(DISTINCT report_id) AS n FROM mart.finding {_where(asked, _CONDITIONS)}"
    row = lease.row(sql, **_values(asked))
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
