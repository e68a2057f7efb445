"""Lengths of style sheets in pixels, in a window of the usual size."""

import re

WINDOW = {"width": 1280.0, "height": 800.0}
"""CSS pixels of the window in which a reader sees the page."""

_PIXELS = {
    **{"px": 1.0, "em": 16.0, "rem": 16.0, "ch": 8.0, "ex": 8.0, "lh": 20.0, "ic": 16.0, "%": 0.16, "": 1.0},
    **{"pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "in": 96.0},
    **{f"{kind}v{side}": pixels for kind in ("", "s", "l", "d") for side, pixels in (("w", 12.8), ("h", 8.0))},
    **{"vmin": 8.0, "vmax": 12.8, "vi": 12.8, "vb": 8.0},
}
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)")


def length(value: str) -> float | None:
    """Return a length in pixels; ``None`` if it is none. Relative ones are taken at the usual size of a text."""
    match = _LENGTH.fullmatch(value.strip().lower())
    return float(match[1]) * _PIXELS[match[2]] if match and match[2] in _PIXELS else None
