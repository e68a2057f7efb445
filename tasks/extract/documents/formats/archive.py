"""ZIP archives that are no document themselves → the documents in them."""

from tasks.extract.documents.document import UnreadableDocumentError
from tasks.extract.documents.file import Container, Evidence, File

_MOST_MEMBERS = 30
_LEFT_BY_SYSTEMS = (".ds_store", "thumbs.db", "desktop.ini")


def recognise(file: File) -> Evidence:
    """Tell by the first bytes."""
    return Evidence.SIGNATURE if file.is_package else Evidence.NONE


def unpack(file: File) -> list[File]:
    """Return the members, without what operating systems leave behind and without archives in the archive."""
    names = [
        name for name in file.package.names if not name.endswith(_LEFT_BY_SYSTEMS) and "__macosx/" not in f"{name}/"
    ]
    if len(names) > _MOST_MEMBERS:
        raise UnreadableDocumentError("binary_file", f"The archive holds {len(names)} files: unpack it.")
    members = [File(file.package.part(name)) for name in names]
    return [member for member in members if not member.is_package or member.package.main_element]


FORMAT = Container(recognise, unpack)
