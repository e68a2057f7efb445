"""Text documents in OpenDocument, as they are shown: LibreOffice converts their hidden sections like all others."""

import io
import zipfile

from lxml import etree

from tasks.extract.documents.document import UnreadableDocumentError

_CONTENT = "content.xml"
_SECTION = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}section"
_DISPLAY = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}display"


def without_hidden_sections(data: bytes, is_package: bool) -> bytes:
    """Return a text document, a package or one file of XML, without the sections that are not shown."""
    if b"section" not in data and not is_package:
        return data
    try:
        return _package(data) if is_package else _markup(data)
    except (etree.LxmlError, zipfile.BadZipFile, KeyError, OSError) as error:
        raise UnreadableDocumentError("damaged_file", f"The document cannot be read: {error}.") from error


def _package(data: bytes) -> bytes:
    shown = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(shown, "w") as copy:
        content = package.read(_CONTENT)
        without = _markup(content)
        if without is content:
            return data
        for member in package.infolist():
            copy.writestr(member, without if member.filename == _CONTENT else package.read(member))
    return shown.getvalue()


def _markup(content: bytes) -> bytes:
    if b"display" not in content:
        return content
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    hidden = [section for section in root.iter(_SECTION) if section.get(_DISPLAY) == "none"]
    for section in hidden:
        parent = section.getparent()
        if parent is not None:
            parent.remove(section)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) if hidden else content
