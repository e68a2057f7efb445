"""``python -m bench.curves FOLDER``: how time and memory grow with the reports, from what ``nation`` measured last.

Reads ``bench/results/nation.json`` and writes ``growth-light.svg`` and ``growth-dark.svg``; where nothing was measured
yet, the pictures stay as they are.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.__main__ import RESULTS
from explorer.charts.drawing import Spec, alone, chart
from explorer.pictures import SCHEMES

_STEPS: Mapping[str, tuple[str, str]] = {
    "everything": ("archive to snapshot", "o1"),
    "nothing changed": ("again, nothing changed", "o5"),
    "one changed": ("again, one page changed", "o3"),
}
_GIGABYTE = 1e9


def main() -> None:
    """Draw the curves into a folder."""
    measured = RESULTS / "nation.json"
    if not measured.exists():
        print("No growth was measured here yet (`python -m bench nation`): its pictures stay as they are.")
        return
    curves = spec(json.loads(measured.read_text(encoding="utf-8"))["figures"])
    for scheme in SCHEMES:
        (Path(sys.argv[1]) / f"growth-{scheme}.svg").write_text(alone(curves, scheme), encoding="utf-8")


def spec(figures: list[dict[str, Any]]) -> Spec:
    """Return two charts beside each other of what each step took, by how many reports there are."""
    rows = list(_rows(figures))
    return {**chart(rows, width=0, height=0), "hconcat": [_panel("seconds"), _panel("gigabytes")], "padding": 12}


def _rows(figures: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for found in figures:
        for step, (name, _) in _STEPS.items():
            took = found[step]
            yield {
                "reports": found["reports"],
                "step": name,
                "seconds": took["seconds"],
                "gigabytes": took["peak_bytes"] / _GIGABYTE,
            }


def _panel(measure: str) -> Spec:
    names, colours = zip(*_STEPS.values(), strict=True)
    scale = {"type": "log"} if measure == "seconds" else {"zero": True}
    return {
        "width": 300,
        "height": 220,
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {
                "field": "reports",
                "type": "quantitative",
                "scale": {"type": "log"},
                "axis": {"title": "reports", "grid": False, "tickCount": 3},
            },
            "y": {"field": measure, "type": "quantitative", "scale": scale, "axis": {"title": measure, "tickCount": 4}},
            "color": {
                "field": "step",
                "type": "nominal",
                "scale": {"domain": names, "range": [f"var(--{colour})" for colour in colours]},
            },
        },
    }


if __name__ == "__main__":
    main()
