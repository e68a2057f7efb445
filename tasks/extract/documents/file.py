"""A file whose format is still to be told, and what a format says for itself."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from tasks.extract.documents.document import Document
from tasks.extract.documents.packages import SIGNATURE, Package
from tasks.web.encodings import decoded, marked_encoding

_SAMPLE = 4096
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_PRINTABLE_SHARE = 0.95


@dataclass(frozen=True)
class File:
    """Bytes, and what the server said of them, which may be wrong."""

    data: bytes
    content_type: str | None = None

    @property
    def is_package(self) -> bool:
        """Whether it begins as a ZIP archive does."""
        return self.data.startswith(SIGNATURE)

    @cached_property
    def package(self) -> Package:
        """The ZIP archive that it is; raises ``UnreadableDocumentError`` if it is damaged."""
        return Package(self.data)

    @cached_property
    def is_text(self) -> bool:
        """Whether the first bytes are those of a text in any encoding, a stray control character or two among them."""
        sample = self.data[:_SAMPLE]
        is_printable = len(sample.translate(None, _CONTROL)) >= _PRINTABLE_SHARE * len(sample)
        return is_printable or marked_encoding(self.data) is not None

    @property
    def encoding(self) -> str:
        """The name of the encoding that its text is in."""
        return self._decoded[0]

    @property
    def text(self) -> str:
        """Its text."""
        return self._decoded[1]

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return decoded(self.data, self.content_type)

    @property
    def beginning(self) -> str:
        """The first characters, by which formats without a signature are told."""
        return self.text[:_SAMPLE]


class Evidence(IntEnum):
    """How surely a file is in a format; the surest format reads it."""

    NONE = 0
    TEXT = 1
    """It is text of some kind."""
    LOOKS = 2
    """Its text looks like the format."""
    SIGNATURE = 3
    """It begins as only files of this format, or of a family of formats, do."""
    CONTENT = 4
    """What is inside says so."""


class Format(NamedTuple):
    """One format: how surely a file is in it, and its reader.

    The reader raises :class:`~tasks.extract.documents.document.UnreadableDocumentError` where it cannot read.
    """

    recognise: Callable[[File], Evidence]
    read: Callable[[File], Document]


class Container(NamedTuple):
    """A format of files that hold documents: how surely a file is one, and what it holds."""

    recognise: Callable[[File], Evidence]
    unpack: Callable[[File], list[File]]
