"""What became of the concluded requests of an organ, year by year, as shares of all; the number stands above."""

from collections.abc import Iterable

from explorer.charts.drawing import Spec, chart
from explorer.names import MEASURES
from warehouse.rows import Row

OUTCOMES = ("granted", "partially_granted", "denied", "unavailable", "not_processed", "other")
SMALLEST = 30
"""Shares of fewer cases say nothing: such bars are drawn faintly."""


def spec(reports: Iterable[Row], lang: str) -> Spec:
    """Return the chart of reports with their outcomes; a year of which one was not read has no bar."""
    names = {outcome: MEASURES[outcome].wording(lang) for outcome in OUTCOMES}
    rows = []
    totals = []
    for report in reports:
        if report["rows_unread"] != 0 and any(report[outcome] is None for outcome in OUTCOMES):
            continue
        cases = {outcome: float(report[outcome] or 0) for outcome in OUTCOMES}
        if total := sum(cases.values()):
            totals.append({"year": str(report["year"]), "n": f"{total:,.0f}"})
            rows += [
                {
                    "year": str(report["year"]),
                    "outcome": names[outcome],
                    "order": order,
                    "share": cases[outcome] / total,
                    "few": total < SMALLEST,
                }
                for order, outcome in enumerate(OUTCOMES)
            ]
    years = {"field": "year", "type": "ordinal", "axis": {"title": None, "labelAngle": 0}}
    bars = {
        "mark": {"type": "bar", "size": 28, "stroke": "var(--paper)", "strokeWidth": 1},
        "encoding": {
            "x": years,
            "y": {
                "field": "share",
                "type": "quantitative",
                "axis": {"title": None, "format": ".0%", "tickCount": 4},
                "scale": {"domain": [0, 1.08], "nice": False},
            },
            "order": {"field": "order"},
            "opacity": {"condition": {"test": "datum.few", "value": 0.4}, "value": 1},
            "color": {
                "field": "outcome",
                "type": "nominal",
                "scale": {
                    "domain": list(names.values()),
                    "range": [f"var(--o{number})" for number in range(1, 1 + len(OUTCOMES))],
                },
            },
        },
    }
    numbers = {
        "data": {"values": totals},
        "mark": {"type": "text", "baseline": "bottom", "dy": -3},
        "encoding": {"x": years, "y": {"datum": 1, "type": "quantitative"}, "text": {"field": "n"}},
    }
    return chart(rows, width=340, height=200, layer=[bars, numbers])
