"""An organ's own rate over the years, within the band in which most of its peers' lie."""

from collections.abc import Iterable

from explorer.charts.drawing import Spec, chart
from warehouse.rows import Row

FEWEST_PEERS = 5
"""A band of fewer organs is no band."""


def spec(reports: Iterable[Row], peers: Iterable[Row], rate: str) -> Spec:
    """Return the chart of an organ's reports and its peers' quantiles by year."""
    reports = list(reports)
    years = [str(report["year"]) for report in reports]
    own = [{"year": str(report["year"]), "rate": float(report[rate])} for report in reports if report[rate] is not None]
    band = [
        {"year": str(row["year"]), **{key: float(row[key]) for key in ("p10", "median", "p90")}}
        for row in peers
        if row["ranked"] >= FEWEST_PEERS and str(row["year"]) in years
    ]
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": years},
        "axis": {"title": None, "labelAngle": 0},
    }
    axis = {"title": None, "format": ".0%", "tickCount": 3}
    y = {"type": "quantitative", "axis": axis, "scale": {"domainMin": 0}}
    layers: list[Spec] = [
        {
            "data": {"values": own},
            "mark": {"type": "line", "color": "var(--link)", "strokeWidth": 2},
            "encoding": {"x": x, "y": {**y, "field": "rate"}},
        },
        {
            "data": {"values": own},
            "mark": {"type": "point", "filled": True, "size": 50, "color": "var(--link)", "opacity": 1},
            "encoding": {"x": x, "y": {**y, "field": "rate"}},
        },
    ]
    if band:
        layers = [
            {
                "data": {"values": band},
                "mark": {"type": "area", "color": "var(--band)", "opacity": 1, "line": False},
                "encoding": {"x": x, "y": {**y, "field": "p10"}, "y2": {"field": "p90"}},
            },
            {
                "data": {"values": band},
                "mark": {"type": "line", "color": "var(--quiet)", "strokeDash": [4, 3]},
                "encoding": {"x": x, "y": {**y, "field": "median"}},
            },
            *layers,
        ]
    return chart([], width=250, height=110, layer=layers)
