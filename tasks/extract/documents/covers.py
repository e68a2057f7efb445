"""What is painted over the glyphs of a PDF's page, and whether anything shows that a glyph is below."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TypeGuard

from pdfminer.layout import LTChar, LTCurve, LTImage
from pdfminer.pdfinterp import Color
from pdfminer.utils import Point

from tasks.extract.documents.drawing import PAINT, STRUCK, UNSEEN, Area, Drawn, Glyph, Shape, inked_points
from tasks.extract.documents.outlines import Outline
from tasks.extract.documents.seen import OBJECT

_WHITEST, _INKS = 0.97, 4
_VEIL, _OPAQUE = 0.5, 0.95
"""Ink's share from which paint veils what is below it, and from which it hides it."""
_THINNEST, _BAND = 1.5, 0.3
"""Points, and the part of a glyph's size, above which paint is more than a line."""
_MEETING = 3.5
"""Points by which lines miss each other at most where they meet in a corner of a table."""
_SCAN = 200_000.0
"""Square points from which a picture is the page itself, and what is below it no text of the page."""


def tag_covered(drawn: Sequence[Drawn]) -> None:
    """Tag glyphs that are painted over; make objects of those that are so in part, or by what is seen as a bar.

    Paint in the colour of the ground hides what is below as if nothing stood there, and so does any on which
    something else is written. Such paint rules no cell.
    """
    covers = [(order, thing) for order, thing in enumerate(drawn) if is_ground(thing) and _veils(thing)]
    written_on: dict[int, bool] = {}
    for order, glyph in enumerate(drawn if covers else ()):
        if not isinstance(glyph, LTChar) or glyph.tag in (UNSEEN, STRUCK) or not glyph.get_text().strip():
            continue
        points: Sequence[Point] = ()
        over: list[tuple[int, Area, int]] = []
        for at, cover in covers:
            if at > order and _is_beyond(cover, glyph):
                points = points or inked_points(glyph)
                if share := sum(is_painted(cover, x, y) for x, y in points):
                    over.append((at, cover, share))
        if not over:
            continue
        for at, cover, _ in over:
            if at not in written_on:
                written_on[at] = _is_written_on(cover, drawn[at + 1 :])
        is_whole = any(share == len(points) for _, _, share in over)
        if is_whole and all(written_on[at] or _is_ground_colour(cover, drawn[:order], glyph) for at, cover, _ in over):
            glyph.tag = UNSEEN
        else:
            glyph._text = OBJECT
        for _, cover, _ in over:
            if not isinstance(cover, LTImage):
                cover.tag = PAINT


def tag_grounds_within(drawn: Sequence[Drawn]) -> None:
    """Tag grounds that fill a cell from side to side but lie within its height: they rule no cell.

    Their upper and lower edges meet nothing, and lines on either side go on above and below them.
    """
    shapes = [thing for thing in drawn if isinstance(thing, LTCurve) and thing.tag not in (UNSEEN, PAINT)]
    levels, sides = _edges(shapes, "y0", "y1"), _edges(shapes, "x0", "x1")
    for ground in shapes:
        if ground.fill and not ground.stroke and min(ground.width, ground.height) > _MEETING:
            is_met = any(
                shape is not ground and shape.x0 <= ground.x1 + _MEETING and shape.x1 >= ground.x0 - _MEETING
                for level in (ground.y0, ground.y1)
                for _, shape in _between(levels, level - _MEETING, level + _MEETING)
            )
            if not is_met and _is_between_lines(ground, sides):
                ground.tag = PAINT


def _is_between_lines(ground: Shape, sides: Sequence[tuple[float, Shape]]) -> bool:
    """Tell whether upright lines go on above and below a ground at its left and its right, and nowhere between."""
    beside = [
        x
        for x, shape in _between(sides, ground.x0 - _MEETING, ground.x1 + _MEETING)
        if shape.y0 < ground.y0 - _MEETING and shape.y1 > ground.y1 + _MEETING
    ]
    at_left = [x for x in beside if x <= ground.x0 + _MEETING]
    at_right = [x for x in beside if x >= ground.x1 - _MEETING]
    return bool(at_left and at_right) and len(at_left) + len(at_right) == len(beside)


def _edges(shapes: Sequence[Shape], *names: str) -> Sequence[tuple[float, Shape]]:
    return sorted(((getattr(shape, name), shape) for shape in shapes for name in names), key=itemgetter(0))


def _between(edges: Sequence[tuple[float, Shape]], low: float, high: float) -> Sequence[tuple[float, Shape]]:
    return edges[bisect_left(edges, low, key=itemgetter(0)) : bisect_right(edges, high, key=itemgetter(0))]


def is_ground(thing: Drawn) -> TypeGuard[Area]:
    """Tell whether something is an area, or a picture."""
    is_area = isinstance(thing, LTImage) or (isinstance(thing, LTCurve) and thing.outline is not None)
    return is_area and thing.tag != UNSEEN


def is_painted(thing: Area, x: float, y: float) -> bool:
    """Tell whether a point lies within an area as far as that is not clipped."""
    clip = thing.look.clip
    is_within = _outline(thing).has(x, y)
    return is_within and (clip is None or clip.has(x, y))


def _outline(thing: Area) -> Outline:
    return getattr(thing, "outline", None) or Outline((thing.x0, thing.y0, thing.x1, thing.y1))


def colour_of(thing: Glyph | Shape) -> Color | None:
    """Return the colour that a glyph or an area is painted with."""
    if isinstance(thing, LTChar):
        return thing.graphicstate.ncolor
    return thing.non_stroking_color if thing.fill else thing.stroking_color


def is_white(colour: object) -> bool:
    """Tell whether a colour of grey, RGB or CMYK is white."""
    values = colour if isinstance(colour, tuple | list) else (colour,)
    if not values or not all(isinstance(value, int | float) for value in values):
        return False
    return bool(max(values) <= 1 - _WHITEST if len(values) == _INKS else min(values) >= _WHITEST)


def _veils(thing: Area) -> bool:
    if thing.look.mixes or thing.look.alpha < _VEIL:
        return False
    return not isinstance(thing, LTImage) or not (
        thing.imagemask or any(name in thing.stream for name in ("SMask", "Mask", "SMaskInData"))
    )


def _is_beyond(cover: Area, glyph: Glyph) -> bool:
    """Tell whether paint touches a glyph, and is more than a line."""
    left, bottom, right, top = _outline(cover).box
    touches = left < glyph.x1 and right > glyph.x0 and bottom < glyph.y1 and top > glyph.y0
    return touches and bool(min(right - left, top - bottom) > max(_THINNEST, _BAND * glyph.size))


def _is_written_on(cover: Area, later: Sequence[Drawn]) -> bool:
    return any(
        isinstance(thing, LTChar)
        and thing.tag != UNSEEN
        and thing.get_text().strip()
        and is_painted(cover, (thing.x0 + thing.x1) / 2, (thing.y0 + thing.y1) / 2)
        for thing in later
    )


def _is_ground_colour(cover: Area, before: Sequence[Drawn], glyph: Glyph) -> bool:
    """Tell whether a cover over a glyph looks as if nothing were below it: it is the page, or as its ground."""
    if isinstance(cover, LTImage):
        return bool((cover.x1 - cover.x0) * (cover.y1 - cover.y0) > _SCAN)
    if cover.look.alpha < _OPAQUE:
        return False
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    ground = next((thing for thing in reversed(before) if is_ground(thing) and is_painted(thing, x, y)), None)
    if ground is None or isinstance(ground, LTImage):
        return ground is None and is_white(colour_of(cover))
    return bool(colour_of(ground) == colour_of(cover)) or (is_white(colour_of(ground)) and is_white(colour_of(cover)))
