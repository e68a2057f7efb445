"""Reports as DOCX, XLSX and PDF files. Word and PDF need the development extras."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple
from zlib import crc32

from samples.dresses.document import Document, Grid, Manner, Piece, PrintedCell

_PACKAGE_DATE = (2020, 1, 1, 0, 0, 0)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE_FONT = "STSong-Light"
_MARGIN, _PAGE_WIDTH, _FIGURE_WIDTH = 40, 500, 25
"""Points of the margins, of a table's width, and of a column of figures at most."""


class Placed(NamedTuple):
    """A cell at its place in the grid, from its upper left corner to its lower right one."""

    cell: PrintedCell
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_merged(self) -> bool:
        """Whether it covers more than one place."""
        return (self.top, self.left) != (self.bottom, self.right)


def placed_cells(table: Grid) -> Iterator[Placed]:
    """Yield every cell of a table at its place; spans reach no further than the table."""
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(table.rows):
        left = 0
        for cell in row.cells:
            while (top, left) in taken:
                left += 1
            bottom = min(top + cell.row_span, len(table.rows)) - 1
            right = left + cell.column_span - 1
            taken.update((y, x) for y in range(top, bottom + 1) for x in range(left, right + 1))
            yield Placed(cell, top, left, bottom, right)
            left = right + 1


def _lines_above(document: Document) -> tuple[str, str]:
    return document.title, f"发布日期：{document.published}　来源：{document.source}"


@dataclass(frozen=True)
class Docx:
    """A Word document."""

    suffix: ClassVar[str] = ".docx"
    content_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""
        import docx

        word = docx.Document()
        for line in _lines_above(document):
            word.add_paragraph(line)
        for block in document.blocks:
            if isinstance(block, Grid):
                self._add_table(word, block)
            else:
                word.add_paragraph(block.text)
        buffer = io.BytesIO()
        word.save(buffer)
        return _with_fixed_dates(buffer.getvalue())

    def _add_table(self, word: Any, table: Grid) -> None:
        cells = tuple(placed_cells(table))
        grid = word.add_table(len(table.rows), max(place.right for place in cells) + 1, style="Table Grid")
        rows = [row.cells for row in grid.rows]
        for place in cells:
            self._write(rows[place.top][place.left], place.cell)
        for place in cells:
            if place.is_merged:
                rows[place.top][place.left].merge(rows[place.bottom][place.right])

    def _write(self, written: Any, cell: PrintedCell) -> None:
        """Write a cell, its pieces in runs of their own; a dash of words joined with hyphens that do not break."""
        paragraph = written.paragraphs[0]
        for piece in cell.pieces or (Piece(cell.text),):
            run = paragraph.add_run(piece.text)
            is_odd = crc32(piece.text.encode()) % 2
            if piece.manner is Manner.HIDDEN and is_odd:
                run.font.hidden = True
            elif piece.manner is Manner.HIDDEN:
                _delete(run)
            elif piece.manner is Manner.STRUCK:
                run.font.strike, run.font.double_strike = not is_odd, bool(is_odd)
            elif piece.manner is Manner.RAISED:
                run.font.superscript = True
            elif piece.text.startswith("-"):
                run.text = piece.text[1:]
                run._r.insert(0, run._r.makeelement(f"{_W}noBreakHyphen"))


def _delete(run: Any) -> None:
    """Mark a run as deleted."""
    deleted = run._r.makeelement(f"{_W}del", {f"{_W}id": "1", f"{_W}author": "x"})
    run._r.addprevious(deleted)
    deleted.append(run._r)
    for text in run._r.iterchildren(f"{_W}t"):
        text.tag = f"{_W}delText"


def _with_fixed_dates(package: bytes) -> bytes:
    """Give every member of a package the same date, so that the same report is the same file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _PACKAGE_DATE), source.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@dataclass(frozen=True)
class Xlsx:
    """A workbook with the whole report on one sheet, whole numbers as numbers. Its bytes carry the time of writing."""

    suffix: ClassVar[str] = ".xlsx"
    content_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        for line in _lines_above(document):
            sheet.append([line])
        for block in document.blocks:
            if isinstance(block, Grid):
                self._add_table(sheet, block)
            else:
                sheet.append([block.text])
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    def _add_table(self, sheet: Any, table: Grid) -> None:
        first = sheet.max_row + 1
        for place in placed_cells(table):
            self._write(sheet.cell(first + place.top, place.left + 1), place.cell)
            if place.is_merged:
                sheet.merge_cells(None, first + place.top, place.left + 1, first + place.bottom, place.right + 1)

    def _write(self, written: Any, cell: PrintedCell) -> None:
        """Write a cell: whole numbers as numbers, amounts in 万元 as yuan with a format that shows them so."""
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont

        fonts = {
            Manner.HIDDEN: InlineFont(color="FFFFFFFF"),
            Manner.STRUCK: InlineFont(strike=True),
            Manner.RAISED: InlineFont(vertAlign="superscript"),
        }
        text = cell.text
        if any(piece.manner in fonts for piece in cell.pieces):
            blocks = (TextBlock(fonts.get(piece.manner, InlineFont()), piece.text) for piece in cell.pieces)
            written.value = CellRichText(*blocks)
        elif text.removeprefix("-").isdecimal() and text.isascii():
            written.value, written.number_format = int(text), _NUMBER_FORMATS[int(text) % len(_NUMBER_FORMATS)]
        elif match := _TEN_THOUSANDS.fullmatch(text):
            written.value, written.number_format = int(Decimal(match[1]) * 10_000), '0!.0000"万元"'
        else:
            written.value = text or None


_NUMBER_FORMATS = ("General", "0", "0;-0;0", "#0_ ", '0;"-"0', "@")
"""Formats that show a whole number as it is."""
_TEN_THOUSANDS = re.compile(r"([1-9]\d*\.\d{4})万元")


@dataclass(frozen=True)
class Pdf:
    """A PDF with a text layer and ruled tables; long tables go on over the page, their header repeated or not.

    ``is_bold`` draws every text of a table twice, a little apart.
    """

    header_rows: int = 0
    is_bold: bool = False

    suffix: ClassVar[str] = ".pdf"
    content_type: ClassVar[str] = "application/pdf"

    def write(self, document: Document) -> bytes:
        """Make the file's bytes."""
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.platypus import Paragraph, SimpleDocTemplate

        pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE_FONT))
        title, date_line = _lines_above(document)
        story: list[Any] = [
            Paragraph(_markup(title), _style(16, alignment=1, spaceAfter=14)),
            Paragraph(_markup(date_line), _style(9, alignment=1, spaceAfter=20)),
        ]
        prose = _style(10, firstLineIndent=20, spaceAfter=4)
        for block in document.blocks:
            story.append(self._table(block) if isinstance(block, Grid) else Paragraph(_markup(block.text), prose))
        buffer = io.BytesIO()
        margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
        SimpleDocTemplate(buffer, title=document.title, invariant=1, **margins).build(story)
        return buffer.getvalue()

    def _table(self, table: Grid) -> Any:
        from reportlab.lib.colors import black
        from reportlab.platypus import Paragraph, Table

        class Twice(Table):  # type: ignore[misc]
            def draw(self) -> None:
                super().draw()
                self.canv.translate(0.3, 0)
                super().draw()

        small = _style(6)
        cells = tuple(placed_cells(table))
        width = max(place.right for place in cells) + 1
        grid: list[list[Any]] = [[""] * width for _ in table.rows]
        style: list[tuple[Any, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ]
        for place in cells:
            grid[place.top][place.left] = [Paragraph(line, small) for line in _pieces_markup(place.cell)]
            if place.is_merged:
                style.append(("SPAN", (place.left, place.top), (place.right, place.bottom)))
        figures = {place.left for place in cells if place.cell.key and not place.is_merged}
        narrow = min(_FIGURE_WIDTH, _PAGE_WIDTH / width)
        wide = (_PAGE_WIDTH - narrow * len(figures)) / max(width - len(figures), 1)
        widths = [narrow if column in figures else wide for column in range(width)]
        return (Twice if self.is_bold else Table)(grid, style=style, repeatRows=self.header_rows, colWidths=widths)


def _style(size: int, **more: int) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        f"size {size}", fontName=_CHINESE_FONT, fontSize=size, leading=size * 1.4, wordWrap="CJK", **more
    )


def _markup(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(text).replace("\n", "<br/>")


_PIECES = {
    Manner.HIDDEN: '<font color="white">{}</font>',
    Manner.STRUCK: "<strike>{}</strike>",
    Manner.RAISED: "<super>{}</super>",
}


def _pieces_markup(cell: PrintedCell) -> list[str]:
    """Return the lines of a cell: struck pieces have one each, for ReportLab strikes beside what follows others."""
    if not cell.pieces:
        return [_markup(cell.text)]
    pieces = [_PIECES.get(piece.manner, "{}").format(_markup(piece.text)) for piece in cell.pieces]
    return pieces if any(piece.manner is Manner.STRUCK for piece in cell.pieces) else ["".join(pieces)]
