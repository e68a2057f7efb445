"""What is drawn on a PDF's page, in order, as pdfminer draws it and with what it forgets.

It forgets render modes, clips, the boxes of forms, layers, what shines through, and the outlines of what is filled.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

from pdfminer.layout import LTChar, LTComponent, LTCurve, LTImage, LTLine, LTPage
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFStackT, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.utils import MATRIX_IDENTITY, Matrix, PathSegment, Point, mult_matrix
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

from tasks.extract.documents.outlines import Clip, Outline, outline_of, outline_of_box
from tasks.extract.documents.seen import OBJECT

UNSEEN, STRUCK, PAINT = "unseen", "struck", "paint"
"""The tags of glyphs that no reader sees, or that are raised notes and no part of a figure; of struck ones; and of
areas painted over glyphs, which rule no cell."""

_TILTED = 0.03
"""Slope of a line of text from which it is a watermark, and no text of the page."""
_INVISIBLE_MODE, _ONLY_CLIPS = 3, 7
_FAINTEST = 0.05
_EDGE, _FOOT, _HEAD = 0.2, 0.25, 0.75
"""Parts of a glyph's box within which its ink stands for sure."""
_THICK = 3.0
"""Points of a line's thickness from which it is a bar."""
_SPACES = " \u3000\xa0\n\r\t"


class _Look(NamedTuple):
    """What pdfminer's graphics state lacks: the clip, the ink's share, and whether ink mixes with what is below it."""

    clip: Clip | None = None
    alpha: float = 1.0
    mixes: bool = False


class _Kept:
    """What :class:`_Device` keeps with each thing of pdfminer's: how it is drawn, and the tag of what is not seen."""

    look: _Look
    tag: str | None


class Glyph(LTChar, _Kept):
    """The type of a glyph that is drawn."""

    rise: float


class Shape(LTCurve, _Kept):
    """The type of a line or an area that is drawn; an area has an outline."""

    outline: Outline | None


class Image(LTImage, _Kept):
    """The type of a picture that is drawn."""


Area: TypeAlias = Shape | Image
Drawn: TypeAlias = Glyph | Area
"""What is drawn: an instance of pdfminer's own class, by which it is told apart."""


class _State:
    """The look of what is drawn now, those set aside, and the layers that are switched off."""

    def __init__(self) -> None:
        self.look = _Look()
        self.saved: list[_Look] = []
        self.layers: list[bool] = []


class _Device(PDFPageAggregatorWithMarkedContent):
    """Tags what is drawn invisibly, and keeps with each thing how it is drawn."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
        self.state = _State()
        self._mode = 0
        self._rise = 0.0
        self._outline: Outline | None = None

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        super().begin_page(page, ctm)
        self.state.look = _Look(Clip(outline_of_box(page.cropbox, ctm).box))

    def render_string(self, textstate: PDFTextState, *rest: Any) -> None:
        self._mode = textstate.render
        self._rise = textstate.rise
        super().render_string(textstate, *rest)

    def handle_undefined_char(self, font: PDFFont, cid: int) -> str:
        return OBJECT

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        """Keep the outline of a path as a whole: pdfminer makes a thing of each of its parts."""
        is_whole = self._outline is None and fill
        if is_whole:
            self._outline = outline_of(path, self.ctm, is_evenodd=evenodd)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        if is_whole:
            self._outline = None

    def tag_cur_item(self) -> None:
        item: Drawn | None = self.cur_item._objs[-1] if self.cur_item._objs else None  # type: ignore[assignment]
        if item is None or hasattr(item, "look"):
            return
        super().tag_cur_item()
        item.look = look = self.state.look
        is_off = any(self.state.layers) or look.alpha < _FAINTEST
        if isinstance(item, LTChar):
            self._tag_glyph(item)
        elif isinstance(item, LTCurve):
            item.outline = self._outline or self._thick_line(item)
        if is_off:
            item.tag = UNSEEN

    def _thick_line(self, line: Shape) -> Outline | None:
        """Return the outline of a line that is as thick as a bar."""
        a, b, c, d, *_ = self.ctm
        half = float(line.linewidth or 0) * math.sqrt(abs(a * d - b * c)) / 2
        if not isinstance(line, LTLine) or half < _THICK / 2:
            return None
        across, along = (half, 0.0) if line.x1 - line.x0 < line.y1 - line.y0 else (0.0, half)
        return Outline((line.x0 - across, line.y0 - along, line.x1 + across, line.y1 + along))

    def _tag_glyph(self, glyph: Glyph) -> None:
        glyph.rise = self._rise
        across, along = abs(glyph.matrix[0]), abs(glyph.matrix[1])
        is_tilted = min(across, along) > _TILTED * max(across, along)
        clip = self.state.look.clip
        inked = [clip.has(x, y) for x, y in inked_points(glyph)] if clip is not None else [True]
        if is_tilted or self._mode == _INVISIBLE_MODE or not any(inked):
            glyph.tag = UNSEEN
        elif glyph._text not in _SPACES and (self._mode == _ONLY_CLIPS or not all(inked)):
            glyph._text = OBJECT


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
        self._state.saved.append(self._state.look)

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if self._state.saved:
            self._state.look = self._state.saved.pop()

    def do_W(self) -> None:  # noqa: N802
        self._clip(outline_of(self.curpath, self.ctm))

    def do_W_a(self) -> None:  # noqa: N802
        self._clip(outline_of(self.curpath, self.ctm, is_evenodd=True))

    def do_gs(self, name: PDFStackT) -> None:
        states = resolve1(self.resources.get("ExtGState")) or {}
        settings = resolve1(states.get(getattr(name, "name", name))) or {}
        look = self._state.look
        if "ca" in settings:
            look = look._replace(alpha=float(resolve1(settings["ca"])))
        if "BM" in settings:
            modes = resolve1(settings["BM"])
            first = resolve1(modes[0]) if isinstance(modes, list) and modes else modes
            look = look._replace(mixes=getattr(first, "name", "Normal") not in ("Normal", "Compatible"))
        self._state.look = look

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: N802
        super().do_BMC(tag)
        self._state.layers.append(False)

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:  # noqa: N802
        super().do_BDC(tag, props)
        layers = resolve1(self.resources.get("Properties")) or {}
        layer = layers.get(getattr(props, "name", ""))
        self._state.layers.append(getattr(tag, "name", "") == "OC" and self._is_hidden(layer))

    def do_EMC(self) -> None:  # noqa: N802
        super().do_EMC()
        if self._state.layers:
            self._state.layers.pop()

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802
        """Draw a form or picture: what a form sets ends with it, and its box clips it."""
        drawn = resolve1(self.xobjmap.get(getattr(xobjid_arg, "name", xobjid_arg)))
        state = self._state
        look, depth, layers = state.look, len(state.saved), len(state.layers)
        state.layers.append(drawn is not None and self._is_hidden(drawn.get("OC")))
        box = resolve1(drawn.get("BBox")) if drawn is not None else None
        if box:
            matrix = tuple(map(resolve1, resolve1(drawn.get("Matrix")) or MATRIX_IDENTITY))
            self._clip(outline_of_box([resolve1(side) for side in box], mult_matrix(cast(Matrix, matrix), self.ctm)))
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)
        state.look = look
        del state.saved[depth:], state.layers[layers:]

    def _is_hidden(self, layer: object) -> bool:
        if isinstance(layer, PDFObjRef) and layer.objid in self.hidden_layers:
            return True
        members = resolve1(layer)
        members = resolve1(members.get("OCGs")) if isinstance(members, dict) else None
        listed = members if isinstance(members, list) else [layer] if members is None else [members]
        ids = [member.objid for member in listed if isinstance(member, PDFObjRef)]
        return bool(ids) and all(one in self.hidden_layers for one in ids)

    def _clip(self, outline: Outline) -> None:
        look = self._state.look
        clip = Clip(outline.box, (outline,) if outline.polygons else ())
        self._state.look = look._replace(clip=clip if look.clip is None else look.clip.within(outline))


def draw(page: Page) -> LTPage:
    """Draw a page of pdfplumber's, and return its layout."""
    device = _Device(page)
    interpreter = _Interpreter(page.pdf.rsrcmgr, device)
    interpreter.hidden_layers = _hidden_layers(page.pdf.doc.catalog)
    interpreter.process_page(page.page_obj)
    return device.get_result()


def inked_points(glyph: LTComponent) -> Sequence[Point]:
    """Return nine points of a glyph's box, the inner part in which its ink stands for sure."""
    width, height = glyph.x1 - glyph.x0, glyph.y1 - glyph.y0
    xs = [glyph.x0 + share * width for share in (_EDGE, 0.5, 1 - _EDGE)]
    ys = [glyph.y0 + share * height for share in (_FOOT, 0.5, _HEAD)]
    return [(x, y) for x in xs for y in ys]


def _hidden_layers(catalog: Mapping[str, object]) -> frozenset[int]:
    properties = resolve1(catalog.get("OCProperties")) or {}
    default = resolve1(properties.get("D")) or {}
    every = [layer.objid for layer in resolve1(properties.get("OCGs")) or [] if isinstance(layer, PDFObjRef)]
    on, off = (
        {layer.objid for layer in resolve1(default.get(name)) or [] if isinstance(layer, PDFObjRef)}
        for name in ("ON", "OFF")
    )
    base = getattr(resolve1(default.get("BaseState")), "name", "ON")
    return frozenset(off | (set(every) - on if base == "OFF" else set()))
