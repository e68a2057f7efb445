"""Which format bytes are in, and its reader."""

from collections.abc import Sequence

from tasks.extract.documents.document import Document, UnreadableDocumentError
from tasks.extract.documents.file import Container, Evidence, File
from tasks.extract.documents.formats import known_formats

LARGEST = 60_000_000
"""Bytes above which a file is refused: no report is that large."""


def read_document(data: bytes, content_type: str | None = None) -> Document:
    """Read bytes of any supported format; raises :class:`UnreadableDocumentError` with a code where that fails."""
    return _read(File(data, content_type))


def _read(file: File) -> Document:
    if not file.data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocumentError("empty_file", "The file is empty.")
    if len(file.data) > LARGEST:
        raise UnreadableDocumentError(
            "too_large", f"The file has {len(file.data):,} bytes; more than {LARGEST:,} are refused."
        )
    evidence, known = max(((known.recognise(file), known) for known in known_formats()), key=lambda judged: judged[0])
    if evidence is Evidence.NONE:
        raise UnreadableDocumentError(
            "binary_file", f"The file begins with {file.data[:8]!r} and is in no known format."
        )
    return _only_one(known.unpack(file)) if isinstance(known, Container) else known.read(file)


def _only_one(files: Sequence[File]) -> Document:
    """Read the one document with tables among those that a file holds."""
    if len(files) == 1:
        return _read(files[0])
    with_tables = []
    for file in files:
        try:
            document = _read(file)
        except UnreadableDocumentError:
            continue
        if any(document.tables):
            with_tables.append(document)
    if len(with_tables) != 1:
        found = f"{len(with_tables)} documents" if with_tables else "no document"
        raise UnreadableDocumentError("binary_file", f"The file holds {found} with tables; one alone can be read.")
    return with_tables[0]
