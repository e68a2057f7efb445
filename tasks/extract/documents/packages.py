"""Office Open XML packages: ZIP archives whose parts are found by their relationships, never by their names."""

import io
import posixpath
import zipfile
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from tasks.extract.documents.document import UnreadableDocumentError

SIGNATURE = b"PK\x03\x04"
LARGEST_UNPACKED = 120_000_000
"""Bytes above which what a package unpacks to is refused."""

_USUAL_MAIN_PARTS = ("word/document.xml", "xl/workbook.xml")
"""Where the main part stands in nearly every package: for one whose relationships are lost."""
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
"""The namespaces of Strict packages, and those that all others use (ISO/IEC 29500)."""


class Relation(NamedTuple):
    """One relationship of a part: the last word of its type (``styles``), and the part that it leads to."""

    kind: str
    target: str


class Package:
    """The parts of a ZIP archive. Part names have slashes, none in front, and are compared without case.

    Everything raises :class:`UnreadableDocumentError` where the archive or a part is damaged or too large.
    """

    def __init__(self, data: bytes):
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile raises whatever comes up on damaged input
            raise _damaged(error) from error
        members = [member for member in self._archive.infolist() if not member.is_dir()]
        unpacked = sum(member.file_size for member in members)
        if unpacked > LARGEST_UNPACKED:
            raise UnreadableDocumentError("too_large", f"The package unpacks to {unpacked:,} bytes.")
        self._members = {_normal(member.filename): member for member in members}
        self._trees: dict[str, etree._Element] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return tuple(self._members)

    def part(self, name: str) -> bytes:
        """Return a part's bytes."""
        try:
            return self._archive.read(self._members[_normal(name)])
        except Exception as error:  # zipfile and zlib raise whatever comes up on damaged input
            raise _damaged(error) from error

    def markup(self, name: str) -> etree._Element:
        """Return the root of a part in XML; Strict namespaces are replaced by those that all others use."""
        if name not in self._trees:
            data = self.part(name)
            for strict, usual in _STRICT.items():
                data = data.replace(strict, usual)
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
            try:
                self._trees[name] = etree.fromstring(data, parser)
            except (etree.LxmlError, ValueError) as error:
                raise _damaged(error) from error
        return self._trees[name]

    def relations(self, name: str = "") -> dict[str, Relation]:
        """Return the relationships of a part by their ids; those of the package itself without a name."""
        folder, file = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{file}.rels")
        if _normal(listing) not in self._members:
            return {}
        return {
            relation.get("Id", ""): Relation(
                relation.get("Type", "").rpartition("/")[2],
                _normal(posixpath.join("/", folder, relation.get("Target", "").replace("\\", "/"))),
            )
            for relation in self.markup(listing).iterfind("{*}Relationship")
            if relation.get("TargetMode") != "External"
        }

    def related(self, name: str, kind: str) -> str | None:
        """Return the part of a kind that a part is related to, if it is there."""
        parts = (relation.target for relation in self.relations(name).values() if relation.kind == kind)
        return next((part for part in parts if part in self._members), None)

    @cached_property
    def main_part(self) -> str:
        """The part that holds the document, empty if the archive is no such package."""
        usual = (name for name in _USUAL_MAIN_PARTS if name in self._members)
        return self.related("", "officeDocument") or next(usual, "")

    @cached_property
    def main_element(self) -> str:
        """The name of the main part's root: ``document`` in Word's packages, ``workbook`` in Excel's."""
        return etree.QName(self.markup(self.main_part)).localname if self.main_part else ""


def _normal(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _damaged(error: Exception) -> UnreadableDocumentError:
    return UnreadableDocumentError("damaged_file", f"The package cannot be read: {error}.")
