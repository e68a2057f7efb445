"""What is set onto a PDF's page without being part of it: the values of form fields, notes, stamps and strokes."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.documents.placed import Box, box_of
from tasks.extract.documents.seen import OBJECT

if TYPE_CHECKING:
    from pdfplumber.page import Page

_HIDDEN = 0b10_0010
"""Flags of annotations that are hidden or not viewed (ISO 32000, table 165)."""

_WRITTEN = ("Widget", "FreeText")
_DRAWN = ("Stamp", "Ink", "Line", "StrikeOut", "Redact")
_SHAPES = ("Square", "Circle", "Polygon", "PolyLine")
"""Kinds of annotations that hold text, those that draw over what is on the page, and those that do if filled."""
_SHOWS_TEXT = re.compile(rb"\bT[jJ]\b")


class FormField(NamedTuple):
    """A value and where it is shown."""

    text: str
    box: Box


def form_fields(page: "Page") -> Iterator[FormField]:
    """Yield what a page of pdfplumber's shows in fields and notes; a chosen box, a stamp or a stroke is an object."""
    for annotation in page.annots:
        data = annotation["data"]
        kind = _name(data.get("Subtype"))
        is_drawn = kind in _DRAWN or (kind in _SHAPES and bool(data.get("IC")))
        if int(data.get("F") or 0) & _HIDDEN or not (is_drawn or kind in _WRITTEN):
            continue
        text = OBJECT if is_drawn else _value(data) if kind == "Widget" else _text(data.get("Contents"))
        if not text and _shows_text(data):
            text = OBJECT
        yield FormField(text, box_of(annotation))


def _value(field: Mapping[str, object]) -> str:
    if _inherited(field, "FT") is not None and _name(_inherited(field, "FT")) == "Btn":
        return OBJECT if _name(field.get("AS")) not in ("", "Off") else ""
    return _text(_inherited(field, "V"))


def _inherited(field: Mapping[str, object], name: str) -> object:
    """Return an entry of a field, or of the nearest of those above it that has one."""
    from pdfminer.pdftypes import resolve1

    for _ in range(8):
        if field.get(name) is not None:
            return resolve1(field[name])
        above = resolve1(field.get("Parent"))
        if not isinstance(above, dict):
            return None
        field = above
    return None


def _shows_text(data: Mapping[str, object]) -> bool:
    """Tell whether what is drawn for an annotation without a value has text, as where its field is lost."""
    from pdfminer.pdftypes import PDFStream, resolve1

    drawn = resolve1((resolve1(data.get("AP")) or {}).get("N"))
    return isinstance(drawn, PDFStream) and _SHOWS_TEXT.search(drawn.get_data()) is not None


def _name(value: object) -> str:
    return str(getattr(value, "name", value or ""))


def _text(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    if isinstance(value, bytes):
        from pdfminer.utils import decode_text

        return str(decode_text(value)).strip()
    return _name(value).strip()
