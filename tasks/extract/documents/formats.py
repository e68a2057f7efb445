"""Which format bytes are in, and its reader."""

import re

from tasks.encodings import decide_encoding, marked_encoding
from tasks.extract.documents.document import Document, UnreadableDocumentError
from tasks.extract.documents.scripted_pages import unwrapped

LARGEST = 60_000_000
"""Bytes above which a file is refused: no report is that large."""
_SAMPLE = 4096
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What legacy DOC and XLS files, and encrypted OOXML packages, begin with."""
_TAG = re.compile(r"<(?:!doctype html|html|head|body|table|div|p|td|span|meta|br)[\s/>]", re.IGNORECASE)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


def read_document(data: bytes, content_type: str | None = None) -> Document:
    """Read bytes of any supported format; raises :class:`UnreadableDocumentError` with a code where that fails."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocumentError("empty_file", "The file is empty.")
    if len(data) > LARGEST:
        raise UnreadableDocumentError(
            "too_large", f"The file has {len(data):,} bytes; more than {LARGEST:,} are refused."
        )
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from tasks.extract.documents.pdf import read_pdf

        return read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        from tasks.extract.documents.office import read_package

        return read_package(data)
    if data.startswith((_COMPOUND_FILE, b"{\\rtf")):
        return _read_legacy(data)
    if _is_binary(data):
        raise UnreadableDocumentError("binary_file", f"The file begins with {data[:8]!r} and is in no known format.")
    text = decide_encoding(data, content_type).decode(data)
    if _is_markup(text[:_SAMPLE], content_type):
        from tasks.extract.documents.html_pages import read_html

        page = unwrapped(text) if "_CONFIG" in text else text
        return read_html(page.encode("utf-8", "replace"))
    from tasks.extract.documents.plain_text import read_text

    return read_text(text)


def _read_legacy(data: bytes) -> Document:
    from tasks.extract.documents.office import read_legacy

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableDocumentError("encrypted_file", "The document is protected by a password.")
    if data.startswith(b"{"):
        return read_legacy(data, "rtf")
    return read_legacy(data, "xls" if "Workbook".encode("utf-16-le") in data else "doc")


def _is_binary(data: bytes) -> bool:
    if marked_encoding(data):
        return False
    sample = data[:_SAMPLE]
    return b"\0" in sample or len(sample.translate(None, _CONTROL)) < 0.95 * len(sample)


def _is_markup(sample: str, content_type: str | None) -> bool:
    return bool(_TAG.search(sample)) or bool(content_type and "html" in content_type and "<" in sample)
