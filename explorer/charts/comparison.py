"""Two organs' share of the same cases, year by year, each with the interval in which it lies."""

from collections.abc import Iterable, Sequence

from explorer.charts.drawing import Spec, chart
from warehouse.rows import Row


def spec(shares: Iterable[Row], names: Sequence[str]) -> Spec:
    """Return the chart of rows with an organ, a year, a share and its bounds; ``names`` orders the organs."""
    rows = [
        {
            "year": str(row["year"]),
            "organ": row["organ"],
            **{name: float(row[name]) for name in ("share", "low", "high")},
        }
        for row in shares
    ]
    x = {
        "x": {"field": "year", "type": "ordinal", "axis": {"title": None, "labelAngle": 0}},
        "xOffset": {"field": "organ", "scale": {"domain": names}},
        "color": {
            "field": "organ",
            "type": "nominal",
            "scale": {"domain": names, "range": ["var(--link)", "var(--broken)"]},
        },
    }
    axis = {"title": None, "format": ".0%", "tickCount": 5}
    y = {"type": "quantitative", "axis": axis, "scale": {"domainMin": 0}}
    bars = {
        "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.45},
        "encoding": {**x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    points = {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {
            **x,
            "y": {**y, "field": "share"},
            "shape": {"field": "organ", "scale": {"domain": names, "range": ["circle", "diamond"]}},
        },
    }
    return chart(rows, width=340, height=200, layer=[bars, points])
