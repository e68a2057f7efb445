"""What is typed into a PDF's page without being part of it: the values of form fields, and typewriter notes."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tasks.extract.documents.seen import OBJECT

_HIDDEN = 0b10_0010
"""Flags of annotations that are hidden or not viewed (ISO 32000, table 165)."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the upper left corner of the page."""


class FormField(NamedTuple):
    """A value and where it is shown."""

    text: str
    box: Box


def form_fields(page: Any) -> Iterator[FormField]:
    """Yield what a page of pdfplumber's shows in its fields and typewriter notes; a chosen box is an object."""
    for annotation in page.annots:
        data = annotation["data"]
        kind = _name(data.get("Subtype"))
        if int(data.get("F") or 0) & _HIDDEN or kind not in ("Widget", "FreeText"):
            continue
        text = _value(data) if kind == "Widget" else _text(data.get("Contents"))
        yield FormField(text, (annotation["x0"], annotation["top"], annotation["x1"], annotation["bottom"]))


def _value(field: dict[str, Any]) -> str:
    if _inherited(field, "FT") is not None and _name(_inherited(field, "FT")) == "Btn":
        return OBJECT if _name(field.get("AS")) not in ("", "Off") else ""
    return _text(_inherited(field, "V"))


def _inherited(field: dict[str, Any], name: str) -> Any:
    """Return an entry of a field, or of the nearest of those above it that has one."""
    for _ in range(8):
        if field.get(name) is not None:
            return field[name]
        above = field.get("Parent")
        if not isinstance(above, dict):
            return None
        field = above
    return None


def _name(value: Any) -> str:
    return str(getattr(value, "name", value or ""))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    if isinstance(value, bytes):
        from pdfminer.utils import decode_text

        return str(decode_text(value)).strip()
    return _name(value).strip()
