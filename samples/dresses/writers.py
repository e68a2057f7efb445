"""From a document to a file's bytes."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from samples.dresses.document import Document, Heading, PrintedTable
from samples.dresses.furniture import BARE, Furniture
from samples.dresses.markup import PLAIN, Markup


class Writer(Protocol):
    """Makes a file of a document."""

    @property
    def suffix(self) -> str:
        """The file name's suffix, with its dot."""

    @property
    def content_type(self) -> str:
        """The Content-Type a server sends with it."""

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""


@dataclass(frozen=True)
class Html:
    """An HTML page. ``charset`` is declared in its head, ``codec`` is what its bytes are in."""

    markup: Markup = PLAIN
    furniture: Furniture = BARE
    charset: str = "utf-8"
    codec: str = "utf-8"
    header_charset: str | None = "utf-8"

    suffix: ClassVar[str] = ".html"

    @property
    def content_type(self) -> str:
        """The Content-Type a server sends with it, with a charset where ``header_charset`` names one."""
        return f"text/html; charset={self.header_charset}" if self.header_charset else "text/html"

    def write(self, document: Document) -> bytes:
        """Make the page's bytes."""
        page = self.furniture(document, self.markup.head, self.markup.body(document), self.charset)
        return page.encode(self.codec)


@dataclass(frozen=True)
class Text:
    """Plain text in which every cell stands on a line of its own, between empty lines."""

    codec: str = "utf-8"

    suffix: ClassVar[str] = ".txt"

    @property
    def content_type(self) -> str:
        """The Content-Type a server sends with it."""
        return f"text/plain; charset={self.codec}"

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""
        lines = [
            f"您现在的位置:{document.breadcrumb[0]}\n > {' > '.join(document.breadcrumb[1:])}\n{document.title}\n"
            f"发布日期: {document.published.replace('-', '- ')} 16: 37 浏览次数: 来源: {document.source} 字体:[ ]"
        ]
        for block in document.blocks:
            if isinstance(block, PrintedTable):
                lines += [cell.text for row in block.rows for cell in row.cells]
            else:
                lines.append(f"{block.text}\n" if isinstance(block, Heading) else block.text)
        return "\n\n".join(lines).encode(self.codec)
