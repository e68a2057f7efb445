"""Vega-Lite specifications drawn without a browser: as SVG for our pages, as SVG or PNG to be put anywhere."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import vl_convert

Spec = dict[str, object]

_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')

_FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'

PALETTES: Mapping[str, Mapping[str, str]] = {
    "light": {
        "paper": "#ffffff",
        "ink": "#1c2024",
        "quiet": "#5c6269",
        "line": "#d9dbd6",
        "link": "#1f4e8c",
        "clean": "#7fa99b",
        "broken": "#b8322a",
        "unread": "#d9a441",
        "doubt": "#ecd9a8",
        "absent": "#c3c6c2",
        "band": "#dfe6ee",
        "o1": "#2f6f73",
        "o2": "#79a99d",
        "o3": "#b8322a",
        "o4": "#d98e73",
        "o5": "#d9a441",
        "o6": "#a9adb3",
    },
    "dark": {
        "paper": "#16191c",
        "ink": "#e6e7e4",
        "quiet": "#a3a8ad",
        "line": "#3a3f44",
        "link": "#8db8ec",
        "clean": "#5f9485",
        "broken": "#e0665c",
        "unread": "#c9973c",
        "doubt": "#8b7642",
        "absent": "#555b60",
        "band": "#2b3743",
        "o1": "#58a3a6",
        "o2": "#3f6f66",
        "o3": "#e0665c",
        "o4": "#a85d45",
        "o5": "#c9973c",
        "o6": "#6d737a",
    },
}
"""What the colours' names mean where no style sheet says it; ``explorer.css`` declares the same."""

_CONFIG = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
        "gridColor": "var(--line)",
        "labelColor": "var(--quiet)",
        "titleColor": "var(--quiet)",
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
    },
    "legend": {
        "labelColor": "var(--ink)",
        "titleColor": "var(--quiet)",
        "labelFontSize": 13,
        "orient": "top",
        "columns": 3,
        "title": None,
        "symbolType": "square",
    },
    "text": {"color": "var(--ink)", "fontSize": 12},
}


def chart(rows: Sequence[object], *, width: int, height: int, **parts: object) -> Spec:
    """Begin a specification with our rows and looks."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": width,
        "height": height,
        "config": _CONFIG,
        **parts,
    }


def titled(spec: Spec, title: str, source: str) -> Spec:
    """Put above a chart what is seen in it, and where its figures are from, for where no page says so."""
    heading = {
        "text": title,
        "anchor": "start",
        "color": "var(--ink)",
        "fontSize": 15,
        "offset": 12,
        **({"subtitle": source, "subtitleColor": "var(--quiet)", "subtitleFontSize": 11} if source else {}),
    }
    return {**spec, "title": heading, "description": title, "padding": 12}


def draw(spec: Spec) -> str:
    """Draw a chart as SVG for our own pages, its colours left to the style sheet.

    It stands within an element that says what is seen, so the roles of its parts are left out.
    """
    return _ROLES.sub("", _svg(json.dumps(spec, ensure_ascii=False, sort_keys=True)))


def alone(spec: Spec, scheme: str) -> str:
    """Draw a chart as SVG that stands anywhere, in a light or dark scheme."""
    return _svg(_coloured(spec, scheme))


def png(spec: Spec, scheme: str) -> bytes:
    """Draw a chart as PNG, twice as fine as it is large."""
    return bytes(vl_convert.vegalite_to_png(_coloured(spec, scheme), scale=2, allowed_base_urls=[]))


def _coloured(spec: Spec, scheme: str) -> str:
    colours = PALETTES[scheme]
    text = json.dumps({**spec, "background": "var(--paper)"}, ensure_ascii=False, sort_keys=True)
    return re.sub(r"var\(--(\w+)\)", lambda found: colours[found[1]], text)


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
