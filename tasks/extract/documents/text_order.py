"""Text that styles set in another order than it is written in: put into the order in which it is seen, else marked."""

import re

from lxml import etree

from tasks.extract.documents.cascade import Styles, values_of
from tasks.extract.documents.lengths import length
from tasks.extract.documents.unread import CELLS, cell_around, holds_figure, mark_unread, written

_BLOCKS = ("table", "tr", "td", "th", "p", "div", "ul", "ol", "form")
_BOX = re.compile("flex|box|grid")
_REVERSING = re.compile("(?:row|column)-reverse|wrap-reverse")
_SHIFTED_FROM = 5.0
"""Pixels by which a text is moved when it stands in another place than it is written in."""
_MIRRORING = re.compile(r"scale(?:x|3d)?\(\s*-|rotate(?:[yz]|3d)?\([^)]*[1-9]|matrix")
_UNPROVEN = ("translate", "rotate", "zoom", "mask", "mask-image", "animation", "-webkit-text-security", "clip-path")
"""Properties that may take a part of a text away, or elsewhere, in more ways than are told apart here."""
_CLIPPING = re.compile("hidden|clip")
_PLAIN = ("none", "normal", "1", "100%", "initial", "unset", "")
_SHIFTING = re.compile(r"translate(?:x|3d)?\(\s*(-?[\d.]+[a-z]*)")


def put_in_order(styles: Styles) -> None:
    """Put the parts of flexible boxes into the order in which they are shown; mark figures whose order is not told."""
    for element in list(styles):
        own = values_of(element, styles)
        if _BOX.search(own.get("display", "")):
            _order_items(element, own, styles)


def mark_if_moved(element: etree._Element, styles: Styles) -> None:
    """Mark a figure that its style moves beyond what stands beside it, or turns."""
    own = values_of(element, styles)
    if element.tag in CELLS:
        is_elsewhere = own.get("order", "0") != "0" or any(name.startswith("grid-") for name in own)
        row = next(element.iterancestors(), element)
        is_elsewhere &= not _BOX.search(values_of(row, styles).get("display", ""))
    else:
        is_elsewhere = (_may_be_elsewhere(own) and not _is_alone(element)) or _is_cut(element, own)
    if (is_elsewhere or _turns(element, own, styles)) and holds_figure(element):
        mark_unread(element)


def is_right_to_left(element: etree._Element, styles: Styles) -> bool:
    """Tell by the nearest declaration whether an element's direction is from right to left."""
    for around in (element, *element.iterancestors()):
        if direction := values_of(around, styles).get("direction") or around.get("dir", "").lower():
            return direction == "rtl"
    return False


def _order_items(element: etree._Element, own: dict[str, str], styles: Styles) -> None:
    if any(element.iterdescendants(*_BLOCKS)):
        return
    _wrap_texts(element)
    items = sorted(element, key=lambda item: _order(values_of(item, styles)))
    is_reversed = _REVERSING.search(f"{own.get('flex-direction')} {own.get('flex-flow')}") is not None
    is_reversed ^= own.get("-webkit-box-direction") == "reverse"
    is_reversed ^= is_right_to_left(element, styles)
    element[:] = reversed(items) if is_reversed else items
    is_placed = any(name.startswith("grid-") for item in items for name in values_of(item, styles))
    if is_placed and holds_figure(element):
        mark_unread(element)


def _wrap_texts(element: etree._Element) -> None:
    """Make an element of every text beside the children of another, as browsers do in their layout."""
    children = list(element)
    element[:] = []
    texts = [element.text, *(child.tail for child in children)]
    element.text = None
    for child in children:
        child.tail = None
    for at, text in enumerate(texts):
        if text and text.strip():
            item = element.makeelement("span")
            item.text = text
            element.append(item)
        element.extend(children[at : at + 1])


def _order(own: dict[str, str]) -> int:
    order = own.get("order", "0")
    return int(order) if re.fullmatch(r"-?\d{1,6}", order) else 0


def _may_be_elsewhere(own: dict[str, str]) -> bool:
    """Tell whether a text may be moved beyond its neighbours."""
    if own.get("float") == "right":
        return True
    if own.get("position") in ("absolute", "fixed") or any(own.get(name, "none") not in _PLAIN for name in _UNPROVEN):
        return True
    sides = [length(own.get(side, "")) for side in ("left", "right")]
    ways = [*(sides if own.get("position") == "relative" else ())]
    ways += [length(way) for way in _SHIFTING.findall(own.get("transform", ""))]
    back = [length(own.get(f"margin-{side}", "")) for side in ("left", "right")]
    ways += [way for way in back if way is not None and way < 0]
    return any(way is not None and abs(way) >= _SHIFTED_FROM for way in ways)


def _is_cut(element: etree._Element, own: dict[str, str]) -> bool:
    """Tell whether a box that clips what leaves it holds several pieces of text, so that some may be outside."""
    if not _CLIPPING.search(" ".join(own.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))):
        return False
    if not any(name in own for name in ("width", "height", "max-width", "max-height")):
        return False
    return sum(bool(text.strip()) for text in element.itertext()) > 1


def _is_alone(element: etree._Element) -> bool:
    """Tell whether nothing else is written in an element's cell."""
    cell = cell_around(element)
    return cell is None or written(cell) == written(element)


def _turns(element: etree._Element, own: dict[str, str], styles: Styles) -> bool:
    """Tell whether a style mirrors or turns a text, or sets its letters or parts from right to left."""
    spacing = length(own.get("letter-spacing", ""))
    if _MIRRORING.search(own.get("transform", "")) or (spacing is not None and spacing <= -_SHIFTED_FROM):
        return True
    if own.get("direction") != "rtl":
        return False
    parts = [values_of(part, styles).get("display", "") for part in element.iterdescendants(etree.Element)]
    return sum(display.startswith("inline-") for display in parts) > 1
