"""What stands on a PDF's page as pdfplumber tells of it, and where: in points from the page's upper left corner."""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypedDict

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Text(TypedDict):
    """A line, a word or a glyph."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Word(Text):
    """A word with its glyphs."""

    chars: list[Text]


def box_of(thing: Mapping[str, Any]) -> Box:
    """Return where a thing stands."""
    return thing["x0"], thing["top"], thing["x1"], thing["bottom"]


def is_within(inner: Box, outer: Box) -> bool:
    """Tell whether the middle of a box lies in another."""
    across, middle = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= middle <= outer[3]
