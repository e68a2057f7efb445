"""From a document to a file's bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from samples.dresses.document import Document, Grid, Heading
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
        return page.encode(self.codec, "xmlcharrefreplace")


class TextLayout(StrEnum):
    """How plain text shows a table."""

    CELLS = "cells"
    """Every cell on a line of its own, between empty lines."""
    ROWS = "rows"
    """Every row on a line, cells between tabs."""
    PIPES = "pipes"
    """Every row on a line, cells between bars as in Markdown."""


@dataclass(frozen=True)
class Text:
    """Plain text."""

    layout: TextLayout = TextLayout.CELLS
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
            if isinstance(block, Grid):
                lines += self._table(block)
            else:
                lines.append(f"{block.text}\n" if isinstance(block, Heading) else block.text)
        return "\n\n".join(lines).encode(self.codec)

    def _table(self, table: Grid) -> Iterator[str]:
        if self.layout is TextLayout.CELLS:
            yield from (cell.text for row in table.rows for cell in row.cells)
            return
        rows = (tuple(cell.text.replace("\n", "") for cell in row.cells) for row in table.rows)
        if self.layout is TextLayout.ROWS:
            yield "\n".join("\t".join(texts) for texts in rows)
        else:
            yield "\n".join(f"| {' | '.join(texts)} |" for texts in rows)
