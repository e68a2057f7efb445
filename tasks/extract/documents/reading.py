"""Which format bytes are in, and its reader."""

from tasks.extract.documents.document import Document, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File
from tasks.extract.documents.formats import known_formats

LARGEST = 60_000_000
"""Bytes above which a file is refused: no report is that large."""


def read_document(data: bytes, content_type: str | None = None) -> Document:
    """Read bytes of any supported format; raises :class:`UnreadableDocumentError` with a code where that fails."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocumentError("empty_file", "The file is empty.")
    if len(data) > LARGEST:
        raise UnreadableDocumentError(
            "too_large", f"The file has {len(data):,} bytes; more than {LARGEST:,} are refused."
        )
    file = File(data, content_type)
    evidence, reader = max(
        ((known.recognise(file), known.read) for known in known_formats()), key=lambda judged: judged[0]
    )
    if evidence is Evidence.NONE:
        raise UnreadableDocumentError("binary_file", f"The file begins with {data[:8]!r} and is in no known format.")
    return reader(file)
