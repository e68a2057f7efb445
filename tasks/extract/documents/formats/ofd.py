"""OFD (GB/T 33190), the Chinese counterpart of PDF: told by its name, not read."""

from tasks.extract.documents.document import Document, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File, Format


def recognise(file: File) -> Evidence:
    """Tell by the part that every OFD file has."""
    return Evidence.CONTENT if file.is_package and "ofd.xml" in file.package.names else Evidence.NONE


def read_ofd(file: File) -> Document:
    """Refuse it."""
    raise UnreadableDocumentError("binary_file", "An OFD file (GB/T 33190) is not read: ask for a PDF, or convert it.")


FORMAT = Format(recognise, read_ofd)
