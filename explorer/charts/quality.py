"""Reports by year and what became of them: clean, with warnings, inconsistent, not read whole, blank, missing."""

from collections.abc import Iterable

from explorer.charts.drawing import Spec, chart
from explorer.names import QUALITIES
from warehouse.rows import Row

_COLOURS = {
    "clean": "clean",
    "questionable": "doubt",
    "inconsistent": "broken",
    "incomplete": "unread",
    "blank": "o6",
    "missing": "absent",
}


def spec(years: Iterable[Row], lang: str) -> Spec:
    """Return the chart of rows with a year and the reports of every quality."""
    names = {quality: QUALITIES[quality].wording(lang) for quality in _COLOURS}
    rows = [
        {"year": str(row["year"]), "quality": names[quality], "order": order, "reports": int(row[quality])}
        for row in years
        for order, quality in enumerate(_COLOURS)
    ]
    return chart(
        rows,
        width=340,
        height=180,
        mark={"type": "bar", "size": 28, "stroke": "var(--paper)", "strokeWidth": 1},
        encoding={
            "x": {"field": "year", "type": "ordinal", "axis": {"title": None, "labelAngle": 0}},
            "y": {
                "field": "reports",
                "type": "quantitative",
                "axis": {"title": None, "tickCount": 4},
                "scale": {"nice": 4},
            },
            "order": {"field": "order"},
            "color": {
                "field": "quality",
                "type": "nominal",
                "scale": {
                    "domain": list(names.values()),
                    "range": [f"var(--{colour})" for colour in _COLOURS.values()],
                },
            },
        },
    )
