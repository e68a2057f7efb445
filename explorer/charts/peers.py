"""Every organ's rate as a tick on one line, the middle half as a box, one organ in its own colour."""

from collections.abc import Iterable

from explorer.charts.drawing import Spec, chart
from warehouse.rows import Row


def spec(rates: Iterable[Row], own: str | None) -> Spec:
    """Return the chart of rows with an organ and its rate."""
    rows = [{"rate": float(row["rate"]), "organ": row["organ"], "own": row["organ_id"] == own} for row in rates]
    axis = {"title": None, "format": ".0%", "tickCount": 6, "grid": True}
    x = {"field": "rate", "type": "quantitative", "axis": axis, "scale": {"domainMin": 0}}
    box = {
        "mark": {
            "type": "boxplot",
            "extent": "min-max",
            "size": 34,
            "box": {"color": "var(--band)"},
            "median": {"color": "var(--quiet)"},
            "rule": {"color": "var(--line)"},
        },
        "encoding": {"x": x},
    }
    ticks = {
        "transform": [{"filter": "!datum.own"}],
        "mark": {"type": "tick", "thickness": 2, "size": 24, "color": "var(--ink)", "opacity": 0.55},
        "encoding": {"x": x},
    }
    one = {
        "transform": [{"filter": "datum.own"}],
        "layer": [
            {"mark": {"type": "tick", "thickness": 4, "size": 44, "color": "var(--link)"}},
            {"mark": {"type": "text", "dy": -32, "color": "var(--link)"}, "encoding": {"text": {"field": "organ"}}},
        ],
        "encoding": {"x": x},
    }
    return chart(rows, width=340, height=90, layer=[box, ticks, one])
