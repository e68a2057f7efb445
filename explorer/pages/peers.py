"""One rate among organs of one level and kind: its distribution, and where one organ stands in it. No league table."""

from typing import Any

from explorer.asking import KIND, LEVEL, REGION, TEXT, YEAR, Question, choice
from explorer.charts import peers as chart
from explorer.charts.drawing import draw
from explorer.pages import compare
from explorer.pages.page import Context, Listing, Page
from warehouse.snapshots.pool import Lease

MEASURES = {
    "granted_rate": "concluded",
    "partially_granted_rate": "concluded",
    "denied_rate": "concluded",
    "unavailable_rate": "concluded",
    "not_processed_rate": "concluded",
    "other_rate": "concluded",
    "corrected_rate": "coalesce(review_decided, 0) + coalesce(litigation_decided, 0)",
}
"""Every rate, and the cases that it is a share of."""

MEASURE = "denied_rate"
"""The rate that is shown unless another is asked for."""

MOST_DRAWN = 500

_LATEST = "SELECT max(year) AS year FROM mart.report"
_YEARS = "SELECT DISTINCT year FROM mart.report ORDER BY year DESC"
_ORDERS = {"name": "organ_id", "high": "rate DESC, organ_id", "low": "rate, organ_id"}
PARAMETERS = {
    "measure": choice(*MEASURES),
    "year": YEAR,
    "region": REGION,
    "level": LEVEL,
    "kind": KIND,
    "organ": TEXT,
    "sort": choice(*_ORDERS),
}


def listing(asked: Question) -> Listing:
    """Return the organs with a rate of enough cases and, as in the view ``ranking``, figures that do not contradict
    each other; by name unless asked otherwise.
    """
    return Listing(_rates(asked, "quality <> 'inconsistent'"), "mart.report", _values(asked))


def _rates(asked: Question, condition: str) -> str:
    measure = str(asked.values.get("measure", MEASURE))
    order = _ORDERS[str(asked.values.get("sort", "name"))]
    return f"""
        SELECT report_id, organ_id, organ, year, level, kind, region_code, {measure} AS rate,
            ({MEASURES[measure]})::BIGINT AS cases
        FROM mart.report
        WHERE {condition} AND {measure} IS NOT NULL AND year = coalesce($year, (SELECT max(year) FROM mart.report))
            AND kind = coalesce($kind, 'department') AND ($level IS NULL OR level = $level)
            AND ($region IS NULL OR starts_with(region_code, rtrim($region, '0')))
        ORDER BY {order}
    """


def _values(asked: Question) -> dict[str, object]:
    return {name: asked.values.get(name) for name in ("year", "kind", "level", "region")}


def view(asked: Question, lease: Lease) -> Context:
    """Gather the distribution and the organs in it."""
    rates = listing(asked)
    rows = lease.rows(f"SELECT * FROM ({rates.sql}) LIMIT {MOST_DRAWN}", **rates.parameters)
    spread = lease.row(
        f"SELECT count(*) AS n, quantile_cont(rate, 0.25) AS p25, quantile_cont(rate, 0.5) AS median, "
        f"quantile_cont(rate, 0.75) AS p75 FROM ({rates.sql})",
        **rates.parameters,
    )
    latest = lease.row(_LATEST)
    own: Any = asked.values.get("organ")
    return {
        "rows": rows,
        "spread": spread,
        "left_out": lease.rows(_rates(asked, "quality = 'inconsistent'"), **_values(asked))[:MOST_DRAWN],
        "year": asked.values.get("year") or (latest and latest["year"]),
        "years": [row["year"] for row in lease.rows(_YEARS)],
        "measure": asked.values.get("measure", MEASURE),
        "own": own,
        "chart": draw(chart.spec(rows, own, asked.lang)) if len(rows) > 1 else "",
        "measures": tuple(MEASURES),
        "compared": compare.MEASURES,
    }


PAGE = Page("/peers", "peers.html", view, PARAMETERS, listing)
