"""From a document to a file's bytes."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from enum import StrEnum
from typing import ClassVar, Protocol

from samples.dresses.document import Document, Grid, Heading, Manner, PrintedCell
from samples.dresses.furniture import BARE, Furniture
from samples.dresses.markup import PIECES_STYLE, PLAIN, Markup


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
        has_pieces = any(cell.pieces for cell in document.statutory_cells)
        head = self.markup.head + (PIECES_STYLE if has_pieces else "")
        page = self.furniture(document, head, self.markup.body(document), self.charset)
        return page.encode(self.codec, "xmlcharrefreplace")


class TextLayout(StrEnum):
    """How plain text shows a table."""

    CELLS = "cells"
    """Every cell on a line of its own, between empty lines."""
    ROWS = "rows"
    """Every row on a line, cells between tabs."""
    PIPES = "pipes"
    """Every row on a line, cells between bars as in Markdown."""
    BOXES = "boxes"
    """As in Markdown, the bars and the lines between rows drawn."""


_MARKDOWN = {
    Manner.HIDDEN: "<!-- {} -->",
    Manner.STRUCK: "~~{}~~",
    Manner.RAISED: "[^{}]",
}


@dataclass(frozen=True)
class Text:
    """Plain text. ``opening`` stands before the title."""

    layout: TextLayout = TextLayout.CELLS
    codec: str = "utf-8"
    opening: str = ""

    suffix: ClassVar[str] = ".txt"

    @property
    def content_type(self) -> str:
        """The Content-Type a server sends with it."""
        return f"text/plain; charset={self.codec}"

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""
        lines = [
            f"您现在的位置:{document.breadcrumb[0]}\n > {' > '.join(document.breadcrumb[1:])}\n"
            f"{self.opening}{document.title}\n"
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
        rows = [[_in_line(cell) for cell in row.cells] for row in table.rows]
        if self.layout is TextLayout.ROWS:
            yield "\n".join("\t".join(texts) for texts in rows)
        elif self.layout is TextLayout.PIPES:
            yield "\n".join(f"| {' | '.join(texts)} |" for texts in rows)
        else:
            rule = "├" + "─" * 40 + "┤"
            yield "\n".join([rule, *(f"│ {' │ '.join(texts)} │\n{rule}" for texts in rows)])


def _in_line(cell: PrintedCell) -> str:
    pieces = (_MARKDOWN.get(piece.manner, "{}").format(piece.text) for piece in cell.pieces)
    return ("".join(pieces) if cell.pieces else cell.text).replace("\n", "")


@dataclass(frozen=True)
class Csv:
    """The whole report as a spreadsheet saves it, texts between tables in rows of their own."""

    codec: str = "utf-8-sig"
    separator: str = ","

    suffix: ClassVar[str] = ".csv"
    content_type: ClassVar[str] = "text/csv"

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=self.separator)
        writer.writerow([document.title])
        writer.writerow([f"发布日期：{document.published}　来源：{document.source}"])
        for block in document.blocks:
            if isinstance(block, Grid):
                writer.writerows([cell.text for cell in row.cells] for row in block.rows)
            else:
                writer.writerow([block.text])
        return buffer.getvalue().encode(self.codec)


@dataclass(frozen=True)
class Mht:
    """A page saved as a single file."""

    page: Html = Html()

    suffix: ClassVar[str] = ".mht"
    content_type: ClassVar[str] = "multipart/related"

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""
        archive = MIMEMultipart("related", boundary="----=_NextPart")
        part = MIMEBase("text", "html", charset=self.page.charset)
        part.set_payload(self.page.write(document))
        encode_base64(part)
        archive.attach(part)
        return archive.as_bytes()


@dataclass(frozen=True)
class Zipped:
    """Another file, alone in a ZIP archive."""

    writer: Writer

    suffix: ClassVar[str] = ".zip"
    content_type: ClassVar[str] = "application/zip"

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"年报\\{document.title}{self.writer.suffix}", self.writer.write(document))
        return buffer.getvalue()
