"""What a reader sees of the glyphs of a PDF's page: those drawn nowhere, invisibly, twice, raised or struck are told.

A page is laid out here instead of by pdfplumber, which forgets render modes, clips, layers and the order of drawing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.utils import apply_matrix_pt
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

UNSEEN, STRUCK = "unseen", "struck"
"""The tags of glyphs that no reader sees, or that are raised notes and no part of a figure; and of struck ones."""

_TILTED = 0.03
"""Slope of a line of text from which it is a watermark, and no text of the page."""
_INVISIBLE_MODES = (3, 7)
_FAINTEST = 0.05
_WHITEST, _INKS = 0.97, 4
_THINNEST = 1.5
"""Points of a line's thickness up to which it may strike a text."""
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

Box = tuple[float, float, float, float]


class _State:
    """What pdfminer's graphics state lacks: the clip, the ink's share, and the layer that is switched off."""

    def __init__(self) -> None:
        self.clip: Box | None = None
        self.alpha = 1.0
        self.saved: list[tuple[Box | None, float]] = []
        self.layers: list[bool] = []


class _Device(PDFPageAggregatorWithMarkedContent):
    """Tags what is drawn invisibly."""

    def __init__(self, page: Any) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
        self.state = _State()
        self._invisible = False
        self._rise = 0.0

    def render_string(self, textstate: Any, *rest: Any) -> None:
        self._invisible = textstate.render in _INVISIBLE_MODES
        self._rise = textstate.rise
        super().render_string(textstate, *rest)

    def tag_cur_item(self) -> None:
        super().tag_cur_item()
        item: Any = self.cur_item._objs[-1] if self.cur_item._objs else None
        if isinstance(item, LTChar):
            glyph: Any = item
            glyph.rise = self._rise
            across, along = abs(item.matrix[0]), abs(item.matrix[1])
            is_tilted = min(across, along) > _TILTED * max(across, along)
            if self._invisible or is_tilted or self._is_off(item):
                glyph.tag = UNSEEN
        elif item is not None and (any(self.state.layers) or self.state.alpha < _FAINTEST):
            item.tag = UNSEEN

    def _is_off(self, glyph: Any) -> bool:
        state = self.state
        if any(state.layers) or state.alpha < _FAINTEST:
            return True
        x, y = _middle(glyph)
        return state.clip is not None and not (
            state.clip[0] <= x <= state.clip[2] and state.clip[1] <= y <= state.clip[3]
        )


class _Interpreter(PDFPageInterpreter):
    """Keeps clips, alpha and layers, which pdfminer leaves out."""

    hidden_layers: frozenset[int] = frozenset()

    @property
    def _state(self) -> _State:
        return cast(_Device, self.device).state

    def dup(self) -> "_Interpreter":
        copy = type(self)(self.rsrcmgr, self.device)
        copy.hidden_layers = self.hidden_layers
        return copy

    def do_q(self) -> None:
        super().do_q()
        state = self._state
        state.saved.append((state.clip, state.alpha))

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        state = self._state
        if state.saved:
            state.clip, state.alpha = state.saved.pop()

    def do_W(self) -> None:  # noqa: N802
        self._clip()

    def do_W_a(self) -> None:  # noqa: N802
        self._clip()

    def do_gs(self, name: Any) -> None:
        states = resolve1(self.resources.get("ExtGState")) or {}
        settings = resolve1(states.get(getattr(name, "name", name))) or {}
        if "ca" in settings:
            self._state.alpha = float(resolve1(settings["ca"]))

    def do_BMC(self, tag: Any) -> None:  # noqa: N802
        super().do_BMC(tag)
        self._state.layers.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        super().do_BDC(tag, props)
        layers = resolve1(self.resources.get("Properties")) or {}
        layer = layers.get(getattr(props, "name", ""))
        self._state.layers.append(getattr(tag, "name", "") == "OC" and self._is_hidden(layer))

    def do_EMC(self) -> None:  # noqa: N802
        super().do_EMC()
        if self._state.layers:
            self._state.layers.pop()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        drawn = resolve1(self.xobjmap.get(getattr(xobjid_arg, "name", xobjid_arg)))
        layers = self._state.layers
        layers.append(drawn is not None and self._is_hidden(drawn.get("OC")))
        depth = len(layers)
        super().do_Do(xobjid_arg)
        del layers[depth - 1 :]

    def _is_hidden(self, layer: Any) -> bool:
        if isinstance(layer, PDFObjRef) and layer.objid in self.hidden_layers:
            return True
        members = resolve1(layer)
        members = resolve1(members.get("OCGs")) if isinstance(members, dict) else None
        listed = members if isinstance(members, list) else [layer] if members is None else [members]
        ids = [member.objid for member in listed if isinstance(member, PDFObjRef)]
        return bool(ids) and all(one in self.hidden_layers for one in ids)

    def _clip(self) -> None:
        points = [
            apply_matrix_pt(self.ctm, (float(step[at]), float(step[at + 1])))
            for step in self.curpath
            for at in range(1, len(step) - 1, 2)
        ]
        state = self._state
        box: Box = (0.0, 0.0, -1.0, -1.0)
        if points:
            xs, ys = zip(*points, strict=True)
            box = (min(xs), min(ys), max(xs), max(ys))
        if state.clip is not None:
            left, bottom, right, top = state.clip
            box = (max(box[0], left), max(box[1], bottom), min(box[2], right), min(box[3], top))
        state.clip = box


def show_as_seen(page: Any) -> None:
    """Lay out a page of pdfplumber's, and tag what no reader sees on it; goes before anything else of the page."""
    device = _Device(page)
    interpreter = _Interpreter(page.pdf.rsrcmgr, device)
    interpreter.hidden_layers = _hidden_layers(page.pdf.doc.catalog)
    interpreter.process_page(page.page_obj)
    page._layout = device.get_result()
    drawn = list(_in_order(page._layout))
    glyphs: list[Any] = [thing for thing in drawn if isinstance(thing, LTChar)]
    tellers = ((_is_white_on_white(drawn), UNSEEN), (_is_drawn_again(), UNSEEN), (_is_struck(drawn), STRUCK))
    for tells, tag in tellers:
        for glyph in _seen(glyphs):
            if tells(glyph):
                glyph.tag = tag
    _tag_raised(_seen(glyphs))


def _seen(things: Iterable[Any]) -> list[Any]:
    return [thing for thing in things if thing.tag not in (UNSEEN, STRUCK)]


def is_seen(thing: dict[str, Any]) -> bool:
    """Tell whether one of a page's objects is seen, and not struck."""
    return thing.get("tag") not in (UNSEEN, STRUCK)


def struck_glyphs(page: Any) -> Iterator[tuple[Box, str]]:
    """Yield the struck glyphs of a page of pdfplumber's, with their boxes from left to right and from the top."""
    for glyph in page.chars:
        if glyph.get("tag") == STRUCK and glyph["text"].strip():
            yield (glyph["x0"], glyph["top"], glyph["x1"], glyph["bottom"]), glyph["text"]


def _hidden_layers(catalog: Any) -> frozenset[int]:
    properties = resolve1(catalog.get("OCProperties")) or {}
    default = resolve1(properties.get("D")) or {}
    every = [layer.objid for layer in resolve1(properties.get("OCGs")) or [] if isinstance(layer, PDFObjRef)]
    on, off = (
        {layer.objid for layer in resolve1(default.get(name)) or [] if isinstance(layer, PDFObjRef)}
        for name in ("ON", "OFF")
    )
    base = getattr(resolve1(default.get("BaseState")), "name", "ON")
    return frozenset(off | (set(every) - on if base == "OFF" else set()))


def _in_order(container: Any) -> Iterator[Any]:
    for thing in container:
        if isinstance(thing, LTFigure):
            yield from _in_order(thing)
        else:
            yield thing


def _middle(thing: Any) -> tuple[float, float]:
    return (thing.x0 + thing.x1) / 2, (thing.y0 + thing.y1) / 2


def _is_white(colour: Any) -> bool:
    """Tell whether a colour of grey, RGB or CMYK is white."""
    values = colour if isinstance(colour, tuple | list) else (colour,)
    if not values or not all(isinstance(value, int | float) for value in values):
        return False
    return bool(max(values) <= 1 - _WHITEST if len(values) == _INKS else min(values) >= _WHITEST)


def _colour(thing: Any) -> Any:
    return thing.graphicstate.ncolor if isinstance(thing, LTChar) else thing.non_stroking_color


def _is_white_on_white(drawn: Sequence[Any]) -> Callable[[Any], bool]:
    """Tell of a glyph whether it is white on no other ground, or painted over in white; such paint rules no cell."""
    grounds: list[tuple[int, Any]] = [
        (order, thing)
        for order, thing in enumerate(drawn)
        if thing.tag != UNSEEN and (isinstance(thing, LTImage) or (isinstance(thing, LTCurve) and thing.fill))
    ]
    orders = {id(thing): order for order, thing in enumerate(drawn)}

    def tells(glyph: Any) -> bool:
        x, y = _middle(glyph)
        order = orders[id(glyph)]
        under = [(at, thing) for at, thing in grounds if thing.x0 <= x <= thing.x1 and thing.y0 <= y <= thing.y1]
        covers = [thing for at, thing in under if at > order and not isinstance(thing, LTImage)]
        covers = [thing for thing in covers if _is_white(_colour(thing)) and thing.y1 - thing.y0 > glyph.size / 2]
        if covers:
            for cover in covers:
                cover.tag = UNSEEN
            return True
        if not _is_white(_colour(glyph)):
            return False
        last = next((thing for at, thing in reversed(under) if at < order), None)
        return bool(last is None or (not isinstance(last, LTImage) and _is_white(_colour(last))))

    return tells


def _is_drawn_again() -> Callable[[Any], bool]:
    """Tell of a glyph whether the same was drawn before in nearly the same place."""
    drawn: dict[tuple[str, int, int], list[Any]] = defaultdict(list)

    def tells(glyph: Any) -> bool:
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


def _is_struck(drawn: Sequence[Any]) -> Callable[[Any], bool]:
    """Tell of a glyph whether a line goes through its middle."""
    lines = [
        thing
        for thing in drawn
        if isinstance(thing, LTCurve) and thing.y1 - thing.y0 <= _THINNEST and thing.x1 - thing.x0 > _THINNEST
    ]

    def tells(glyph: Any) -> bool:
        x, _ = _middle(glyph)
        height = glyph.y1 - glyph.y0
        low, high = glyph.y0 + _STRUCK_FROM * height, glyph.y0 + _STRUCK_TO * height
        return any(line.x0 <= x <= line.x1 and low <= line.y0 and line.y1 <= high for line in lines)

    return tells if lines else lambda glyph: False


def _tag_raised(glyphs: Sequence[Any]) -> None:
    """Tag what stands raised or lowered behind another glyph, smaller than it or set so by the text's rise."""
    ends: dict[tuple[int, int], list[Any]] = defaultdict(list)
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


def _is_raised_behind(base: Any, glyph: Any) -> bool:
    shift = abs(glyph.y0 - base.y0) / base.size
    differs = glyph.size <= _SMALLER * base.size or glyph.rise != base.rise == 0
    return bool(differs and _RAISED_FROM <= shift <= _RAISED_TO) and _is_beside(base, glyph)


def _is_beside(base: Any, glyph: Any) -> bool:
    gap = glyph.x0 - base.x1
    is_near = _OVERLAP * base.size <= gap <= _FAR * base.size
    return bool(is_near and glyph.y0 < base.y1 and glyph.y1 > base.y0)
