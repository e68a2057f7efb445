"""In which encoding a page or file is, when byte-order mark, header, meta tag and bytes may all say something else."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass

_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE
)
_META_WITHIN = 4096
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks; that of UTF-32 begins like that of UTF-16, and so goes before it."""
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936", "gb18030"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """A decision: the codec's name, and what it rests on (``bom``, ``bytes``, ``header``, ``meta`` or ``guess``)."""

    name: str
    source: str

    def decode(self, body: bytes) -> str:
        """The text, with a replacement sign for what does not fit."""
        return body.decode(self.name, "replace")


def decide_encoding(body: bytes, content_type: str | None = None) -> Encoding:
    """Weigh byte-order mark, bytes, header and meta tag, in this order of trust; ``content_type`` is the header's.

    Text that is valid UTF-8 is UTF-8 whatever is declared: other encodings hardly ever happen to be. The Chinese
    national encodings are all read as their superset GB18030. Where nothing fits, it is what damages least.
    """
    if marked := marked_encoding(body):
        return marked
    if _fits(body, "utf-8"):
        return Encoding("utf-8", "bytes")
    declared = _declared(body, content_type)
    for candidate in declared:
        if candidate.name != "utf-8" and _fits(body, candidate.name):
            return candidate
    if _fits(body, "gb18030"):
        return Encoding("gb18030", "bytes")
    guesses = [Encoding(name, "guess") for name in ("utf-8", "gb18030", "big5")]
    return min((*declared, *guesses), key=lambda candidate: candidate.decode(body).count("\ufffd"))


def decoded(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The name of the encoding of a body, decided as above, and its text; UTF-8 is decoded in proving that it is."""
    if marked_encoding(body) is None:
        with suppress(UnicodeDecodeError):
            return "utf-8", body.decode("utf-8")
    encoding = decide_encoding(body, content_type)
    return encoding.name, encoding.decode(body)


def marked_encoding(body: bytes) -> Encoding | None:
    """The encoding that a byte-order mark says; ``None`` where there is no mark."""
    return next((Encoding(name, "bom") for mark, name in _MARKS if body.startswith(mark)), None)


def _declared(body: bytes, content_type: str | None) -> list[Encoding]:
    header = _HEADER.search(content_type or "")
    meta = _META.search(body[:_META_WITHIN])
    found = [
        (_canonical(header.group(1)) if header else None, "header"),
        (_canonical(meta.group(1).decode("ascii")) if meta else None, "meta"),
    ]
    return [Encoding(name, source) for name, source in found if name]


def _canonical(name: str) -> str | None:
    lowered = name.lower()
    if lowered in _CHINESE:
        return "gb18030"
    try:
        known = codecs.lookup(lowered)
    except LookupError:
        return None
    # Single-byte encodings fit any bytes and are only ever a server's untouched default here.
    return known.name if known.name in {"utf-8", "gb18030", "big5", "big5hkscs", "utf-16", "utf-16-le"} else None


def _fits(body: bytes, name: str) -> bool:
    """Whether the bytes decode without an error, but for a character cut off at the very end."""
    try:
        codecs.getincrementaldecoder(name)("strict").decode(body, final=False)
    except UnicodeDecodeError:
        return False
    return True
