"""One rate among organs of one level and kind: its distribution, and where one organ stands in it. No league table."""

from explorer.asking import KIND, LEVEL, REGION, TEXT, YEAR, Question, choice
from explorer.charts import peers as chart
from explorer.charts.drawing import draw
from explorer.pages import compare
from explorer.pages.page import Context, Listing, Page
from warehouse.snapshots.pool import Lease

MEASURES = {
    **{
        f"{part}_rate": (part, "concluded")
        for part in ("granted", "partially_granted", "denied", "unavailable", "not_processed", "other")
    },
    "corrected_rate": ("review_corrected + litigation_corrected", "review_decided + litigation_decided"),
}
"""Every rate, with what is counted and of what it is a share."""

MEASURE = "denied_rate"
"""The rate that is shown unless another is asked for."""

MOST_DRAWN = 500

_LATEST = "SELECT max(year) AS year FROM mart.report"
_YEARS = "SELECT DISTINCT year FROM mart.report ORDER BY year DESC"
_ORDERS = {"name": "organ_id", "high": "rate DESC, organ_id", "low": "rate, organ_id"}
_KINDS = """
    SELECT kind, count(*) FILTER (is_ranked) AS ranked, median(rate) FILTER (is_ranked) AS median,
        count(*) FILTER (out_of < main.smallest_base()) AS few,
        count(*) FILTER (is_faulty AND rate IS NOT NULL) AS faulty,
        count(*) FILTER (cases IS NULL OR out_of IS NULL) AS unread,
        (sum(cases) FILTER (is_counted))::BIGINT AS all_cases,
        (sum(out_of) FILTER (is_counted))::BIGINT AS all_out_of,
        all_cases / nullif(all_out_of, 0) AS share, main.share_interval(all_cases, all_out_of) AS bounds
    FROM ({reports}) GROUP BY kind
    ORDER BY list_position(['government', 'department', 'township', 'subdistrict'], kind) NULLS LAST, kind
"""
"""What the rate comes to among the organs of each kind: all their cases together, and how many organs count."""
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
    """Return the organs of a kind with a rate of enough cases that is not faulty, as in the view ``ranking``; by name
    unless asked otherwise. Each has the interval of its rate at 95 % (Wilson's).
    """
    return Listing(_rates(asked, "is_ranked"), "mart.report", _values(asked))


def _rates(asked: Question, condition: str) -> str:
    order = _ORDERS[str(asked.values.get("sort", "name"))]
    return f"""
        SELECT report_id, organ_id, organ, year, level, kind, region_code, rate, cases, out_of, bounds.low AS low,
            bounds.high AS high
        FROM ({_reports(asked)}) WHERE {condition} AND kind = coalesce($kind, 'department')
        ORDER BY {order}
    """


def _reports(asked: Question) -> str:
    """Return the reports of the year, level and region that were asked for, with the rate and what it is made of."""
    measure = str(asked.values.get("measure", MEASURE))
    cases, out_of = MEASURES[measure]
    return f"""
        SELECT report_id, organ_id, organ, year, level, kind, region_code, {measure} AS rate,
            ({cases})::BIGINT AS cases, ({out_of})::BIGINT AS out_of,
            main.share_interval(({cases})::DOUBLE, ({out_of})::DOUBLE) AS bounds,
            list_contains(faulty_rates, '{measure}') AS is_faulty, rate IS NOT NULL AND NOT is_faulty AS is_ranked,
            cases IS NOT NULL AND out_of IS NOT NULL AND NOT is_faulty AS is_counted
        FROM mart.report
        WHERE year = coalesce($year, (SELECT max(year) FROM mart.report)) AND ($level IS NULL OR level = $level)
            AND ($region IS NULL OR starts_with(region_code, rtrim($region, '0')))
    """


def _values(asked: Question) -> dict[str, object]:
    return {name: asked.values.get(name) for name in ("year", "kind", "level", "region")}


def view(asked: Question, lease: Lease) -> Context:
    """Gather the distribution and the organs in it."""
    rates = listing(asked)
    values = rates.parameters
    rows = lease.rows(f"SELECT * FROM ({rates.sql}) LIMIT {MOST_DRAWN}", **values)
    spread = lease.row(
        f"SELECT count(*) AS n, quantile_cont(rate, 0.25) AS p25, quantile_cont(rate, 0.5) AS median, "
        f"quantile_cont(rate, 0.75) AS p75 FROM ({rates.sql})",
        **values,
    )
    latest = lease.row(_LATEST)
    own = asked.values.get("organ")
    kind = asked.values.get("kind", "department")
    kinds = lease.rows(
        _KINDS.format(reports=_reports(asked)), **{name: values[name] for name in ("year", "level", "region")}
    )
    return {
        "rows": rows,
        "spread": spread,
        "kinds": kinds,
        "kind": kind,
        "of_kind": next((each for each in kinds if each["kind"] == kind), None),
        "left_out": lease.rows(_rates(asked, "is_faulty AND rate IS NOT NULL"), **values)[:MOST_DRAWN],
        "year": asked.values.get("year") or (latest and latest["year"]),
        "years": [row["year"] for row in lease.rows(_YEARS)],
        "measure": asked.values.get("measure", MEASURE),
        "own": own,
        "chart": draw(chart.spec(rows, own)) if len(rows) > 1 else "",
        "measures": tuple(MEASURES),
        "compared": compare.MEASURES,
    }


PAGE = Page("/peers", "peers.html", view, PARAMETERS, listing)
