"""Which format bytes are in, and its reader."""

from tasks.extract.document import Document, UnreadableDocumentError
from tasks.extract.encodings import decode

LARGEST = 60_000_000
"""Bytes above which a file is refused: no report is that large."""
_TEXT_SAMPLE = 4096
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


def read_document(data: bytes, content_type: str | None = None, encoding: str | None = None) -> Document:
    """Read bytes of any supported format; raises :class:`UnreadableDocumentError` with a code where that fails."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocumentError("empty_file", "The file is empty.")
    if len(data) > LARGEST:
        raise UnreadableDocumentError(
            "too_large", f"The file has {len(data):,} bytes; more than {LARGEST:,} are refused."
        )
    if _is_binary(data):
        raise UnreadableDocumentError("binary_file", f"The file begins with {data[:8]!r} and is in no known format.")
    text, _ = decode(data, encoding)
    return _read_markup_or_text(text, content_type)


def _is_binary(data: bytes) -> bool:
    sample = data[:_TEXT_SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\0" in sample or len(sample.translate(None, _CONTROL)) < 0.95 * len(sample)


def _read_markup_or_text(text: str, content_type: str | None) -> Document:
    head = text[:_TEXT_SAMPLE].lower()
    tags = ("<!doctype html", "<html", "<head", "<body", "<table", "<div", "<p>", "<p ", "<td", "<span", "<meta", "<br")
    if any(tag in head for tag in tags) or (content_type and "html" in content_type and "<" in text):
        from tasks.extract.html_pages import read_html

        return read_html(text)
    from tasks.extract.plain_text import read_text

    return read_text(text)
