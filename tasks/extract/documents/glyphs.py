"""What a reader sees of a PDF's glyphs: those drawn nowhere, invisibly, twice, raised or struck are told."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTItem, LTLine
from pdfminer.utils import Point
from pdfplumber.page import Page

from tasks.extract.documents.covers import colour_of, is_ground, is_painted, is_white, tag_covered, tag_grounds_within
from tasks.extract.documents.drawing import PAINT, STRUCK, UNSEEN, Drawn, Glyph, Shape, draw
from tasks.extract.documents.placed import Box, box_of

_THINNEST = 1.5
"""Points of a line's thickness up to which it may strike a text."""
_TOUCHING = 1.5
"""Points by which lines miss each other where they meet."""
_STRUCK_FROM, _STRUCK_TO = 0.25, 0.75
"""Part of a glyph's height that a line through it strikes."""
_GRID = 8
"""Points of the squares by which neighbours are looked for."""
_TWICE = 0.18
"""Part of a glyph's size by which it is shifted at most when it is drawn again to look bold."""
_OVERLAP, _FAR = -0.3, 1.0
"""How far behind its neighbour, in parts of that one's size, a raised glyph stands."""
_RAISED_FROM, _RAISED_TO, _SMALLER = 0.15, 0.8, 0.85
"""Part of its neighbour's size by which a glyph is shifted when it is raised or lowered, and its own part of that."""
_LOWEST, _HIGHEST = 3.5, 30.0
"""Points of height between which a shape may be a glyph."""
_MOST_CORNERS = 5
"""Points, its first again among them, of a shape that is no more than a box or a stripe."""
_CURVES = "cvy"


def show_as_seen(page: Page) -> None:
    """Lay out a page of pdfplumber's, and tag what no reader sees on it; goes before anything else of the page."""
    page._layout = draw(page)
    drawn = cast(list[Drawn], list(_in_order(page._layout)))
    tag_covered(drawn)
    tag_grounds_within(drawn)
    glyphs = [thing for thing in drawn if isinstance(thing, LTChar)]
    tellers = ((_is_white_on_white(drawn), UNSEEN), (_is_drawn_again(), UNSEEN), (_is_struck(drawn), STRUCK))
    for tells, tag in tellers:
        for glyph in _seen(glyphs):
            if tells(glyph):
                glyph.tag = tag
    _tag_raised(_seen(glyphs))


def _seen(glyphs: Iterable[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if glyph.tag not in (UNSEEN, STRUCK)]


def is_seen(thing: Mapping[str, object]) -> bool:
    """Tell whether one of a page's objects is seen, and not struck."""
    return thing.get("tag") not in (UNSEEN, STRUCK, PAINT)


def struck_glyphs(page: Page) -> Iterator[tuple[Box, str]]:
    """Yield the struck glyphs of a page of pdfplumber's, with their boxes from left to right and from the top."""
    for glyph in page.chars:
        if glyph.get("tag") == STRUCK and glyph["text"].strip():
            yield box_of(glyph), glyph["text"]


def outlined_signs(page: Page) -> Iterator[Box]:
    """Yield the boxes of filled shapes that may be glyphs drawn as outlines, from left to right and from the top.

    Those are as high as a glyph and of curves or many corners: no rules, frames, stripes or dots.
    """
    for shape in page.curves:
        is_of_corners = len(shape["pts"]) <= _MOST_CORNERS and all(step[0] not in _CURVES for step in shape["path"])
        is_high = _LOWEST <= shape["height"] <= _HIGHEST
        if shape["fill"] and is_high and not is_of_corners and not is_white(shape["non_stroking_color"]):
            yield box_of(shape)


def _in_order(things: Iterable[LTItem]) -> Iterator[LTItem]:
    for thing in things:
        if isinstance(thing, LTFigure):
            yield from _in_order(thing)
        else:
            yield thing


def _middle(glyph: Glyph) -> Point:
    return (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2


def _is_white_on_white(drawn: Sequence[Drawn]) -> Callable[[Glyph], bool]:
    """Tell of a glyph whether it is white on no other ground."""
    grounds = [(order, thing) for order, thing in enumerate(drawn) if is_ground(thing)]
    orders = {id(thing): order for order, thing in enumerate(drawn) if isinstance(thing, LTChar)}

    def tells(glyph: Glyph) -> bool:
        if not is_white(colour_of(glyph)):
            return False
        x, y = _middle(glyph)
        order = orders[id(glyph)]
        last = next((thing for at, thing in reversed(grounds) if at < order and is_painted(thing, x, y)), None)
        return last is None or (not isinstance(last, LTImage) and is_white(colour_of(last)))

    return tells


def _is_drawn_again() -> Callable[[Glyph], bool]:
    """Tell of a glyph whether the same was drawn before in nearly the same place."""
    drawn: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)

    def tells(glyph: Glyph) -> bool:
        text, (x, y), near = glyph.get_text(), _middle(glyph), _TWICE * glyph.size
        column, line = int(x // _GRID), int(y // _GRID)
        for across in (column - 1, column, column + 1):
            for along in (line - 1, line, line + 1):
                for other in drawn[text, across, along]:
                    other_x, other_y = _middle(other)
                    if abs(other_x - x) <= near and abs(other_y - y) <= near and abs(other.size - glyph.size) <= near:
                        return True
        drawn[text, column, line].append(glyph)
        return False

    return tells


def _is_struck(drawn: Sequence[Drawn]) -> Callable[[Glyph], bool]:
    """Tell of a glyph whether a line goes through its middle that is no border of a cell."""
    lines = [
        thing
        for thing in drawn
        if isinstance(thing, LTCurve)
        and thing.y1 - thing.y0 <= _THINNEST < thing.x1 - thing.x0
        and (thing.fill or not is_ground(thing))
    ]

    @cache
    def is_border(order: int) -> bool:
        return _is_border(lines[order], drawn)

    def tells(glyph: Glyph) -> bool:
        x, _ = _middle(glyph)
        height = glyph.y1 - glyph.y0
        low, high = glyph.y0 + _STRUCK_FROM * height, glyph.y0 + _STRUCK_TO * height
        return any(
            line.x0 <= x <= line.x1
            and low <= line.y0
            and line.y1 <= high
            and not _is_outline_of(glyph, line)
            and not is_border(order)
            for order, line in enumerate(lines)
        )

    return tells if lines else lambda glyph: False


def _is_outline_of(glyph: Glyph, line: Shape) -> bool:
    """Tell whether a line is the edge of a glyph's own stroke, drawn to look bold: closed, empty, and no longer."""
    is_closed = not isinstance(line, LTLine) and not line.fill and len(line.pts) > 2
    return is_closed and glyph.x0 <= line.x0 + _TOUCHING and line.x1 <= glyph.x1 + _TOUCHING


def _is_border(line: Shape, drawn: Sequence[Drawn]) -> bool:
    """Tell whether a line ends at upright lines on either side, as the border of a cell does."""
    uprights = [
        thing
        for thing in drawn
        if isinstance(thing, LTCurve)
        and thing.y1 - thing.y0 > _THINNEST
        and thing.y0 - _TOUCHING <= line.y0
        and thing.y1 + _TOUCHING >= line.y1
    ]
    return all(
        any(min(abs(thing.x0 - end), abs(thing.x1 - end)) <= _TOUCHING for thing in uprights)
        for end in (line.x0, line.x1)
    )


def _tag_raised(glyphs: Sequence[Glyph]) -> None:
    """Tag what stands raised or lowered behind another glyph, smaller than it or set so by the text's rise."""
    ends: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if glyph.get_text().strip():
            ends[int(glyph.x1 // _GRID), int(_middle(glyph)[1] // _GRID)].append(glyph)
    raised = []
    for glyph in glyphs:
        column, line = int(glyph.x0 // _GRID), int(_middle(glyph)[1] // _GRID)
        near = (ends[column + across, line + along] for across in (-2, -1, 0, 1) for along in (-1, 0, 1))
        if glyph.upright and any(_is_raised_behind(base, glyph) for bases in near for base in bases):
            raised.append(glyph)
    for glyph in raised:
        glyph.tag = UNSEEN


def _is_raised_behind(base: Glyph, glyph: Glyph) -> bool:
    shift = abs(glyph.y0 - base.y0) / base.size
    differs = glyph.size <= _SMALLER * base.size or glyph.rise != base.rise == 0
    return differs and _RAISED_FROM <= shift <= _RAISED_TO and _is_beside(base, glyph)


def _is_beside(base: Glyph, glyph: Glyph) -> bool:
    gap = glyph.x0 - base.x1
    is_near = _OVERLAP * base.size <= gap <= _FAR * base.size
    return is_near and glyph.y0 < base.y1 and glyph.y1 > base.y0
