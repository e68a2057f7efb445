"""Marks what a reader sees in a cell, but Gouji does not read, so that the figure there is unreadable."""

import re
from typing import cast

from lxml import etree

CELLS = ("td", "th")
_TEXTS = etree.XPath(".//text()[not(parent::script or parent::style)]", smart_strings=False)
_FIGURE = re.compile(r"\d")
_WORDS = re.compile("[一-鿿]")


def mark_unread(element: etree._Element) -> None:
    """Put an object behind an element's text."""
    element.append(element.makeelement("object"))


def cell_around(element: etree._Element) -> etree._Element | None:
    """Return the cell that an element is, or stands in."""
    return next((around for around in (element, *element.iterancestors()) if around.tag in CELLS), None)


def written(element: etree._Element) -> str:
    """Return an element's text, without scripts."""
    return "".join(cast(list[str], _TEXTS(element))).strip()


def has_words(element: etree._Element) -> bool:
    """Tell whether words stand in an element, and not figures alone."""
    return bool(_WORDS.search(written(element)))


def holds_figure(element: etree._Element) -> bool:
    """Tell whether an element stands in a cell of figures, and has some itself."""
    cell = cell_around(element)
    return cell is not None and bool(_FIGURE.search(written(element))) and not has_words(cell)
