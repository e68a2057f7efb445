"""ZIP archives that are no document themselves → the one document in them."""

from collections.abc import Iterator

from tasks.extract.documents.document import Document, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.packages import SIGNATURE, Package
from tasks.extract.documents.reading import read_document

_MOST_MEMBERS = 30
_LEFT_BY_SYSTEMS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def recognise(file: File) -> Evidence:
    """Tell by the first bytes."""
    return Evidence.SIGNATURE if file.is_package else Evidence.NONE


def read_archive(file: File) -> Document:
    """Read the one document with tables among an archive's members; refuse an archive with none, or with several."""
    with_tables = [document for document in _documents(file.package) if any(document.tables)]
    if len(with_tables) == 1:
        return with_tables[0]
    if with_tables:
        raise UnreadableDocumentError(
            "binary_file", f"The archive holds {len(with_tables)} documents with tables: unpack it and give them alone."
        )
    raise UnreadableDocumentError("binary_file", "The archive holds no document with tables that can be read.")


def _documents(package: Package) -> Iterator[Document]:
    """Yield the members that can be read; archives within archives are left alone."""
    members = [name for name in package.names if not name.endswith(_LEFT_BY_SYSTEMS) and "__macosx/" not in name]
    if len(members) > _MOST_MEMBERS:
        raise UnreadableDocumentError("binary_file", f"The archive holds {len(members)} files: unpack it.")
    for name in members:
        data = package.part(name)
        try:
            if not data.startswith(SIGNATURE) or Package(data).main_element:
                yield read_document(data)
        except UnreadableDocumentError:
            continue


FORMAT = Format(recognise, read_archive)
