"""ZIP archives that are no document themselves."""

from tasks.extract.documents.document import Document, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File, Format


def recognise(file: File) -> Evidence:
    """Tell by the first bytes."""
    return Evidence.SIGNATURE if file.is_package else Evidence.NONE


def read_archive(file: File) -> Document:
    """Refuse it."""
    raise UnreadableDocumentError("binary_file", "The archive holds neither a Word document nor an Excel workbook.")


FORMAT = Format(recognise, read_archive)
