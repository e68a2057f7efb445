"""PDF with a text layer → document."""

import io
import logging
import re
import time
import zlib
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, cast
from unicodedata import normalize

from tasks.extract.documents.cut_rows import join_cut_row
from tasks.extract.documents.document import Block, Document, Picture, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import without_marks
from tasks.extract.documents.form_fields import FormField, form_fields
from tasks.extract.documents.lines import is_page_number, tables_and_lines
from tasks.extract.documents.placed import Box, Text, Word, box_of, is_within
from tasks.extract.documents.seen import OBJECT, Manner, Run, as_seen
from tasks.extract.documents.unruled import UnruledTables, may_be_head, may_be_row
from tasks.extract.figures import read_figure
from tasks.extract.report import CellState
from tasks.extract.vocabulary import meaning_of
from warehouse.characters import folded

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF
    from pdfplumber.table import Table

_SIGNATURE_WITHIN = 1024
_MOST_PAGES = 200
_MOST_CHARACTERS = 40_000
_MOST_LINES = 20_000
"""Characters and drawn lines of one page above which it is no page of a report."""
_INSET = 0.3
"""Part of a glyph's height, at its foot and its head, that a cell's border may touch."""
_MARGIN = 2.0
"""Points by which a picture may stand out of the cell that it is in."""
_GROUND = 0.9
"""Part of a cell's width and height from which a shape in it is its ground."""
_LARGEST_STREAM = 48_000_000
_SECONDS = 60.0
_FEWEST_CHARACTERS = 30
"""Characters of a whole document below which it has no text layer."""
_STREAM = re.compile(rb"<<((?:(?!stream\r?\n).){0,2000}?)>>\s*stream\r?\n", re.DOTALL)
_FULL_LINE = 0.8
"""Share of the longest line's width from which a line is full."""
_FEWEST_UPRIGHT, _WIDEST_UPRIGHT = 3, 12
"""Lines, and letters in each, of a label that is set in upright columns."""
_FEWEST_WORDS = 3
_SENTENCE = re.compile(r"[，。；：！？《》]")
_PARAGRAPH_END = re.compile(r"[。；：！？!?.]$|^[^，。；：]*(?:报告|年报)$")
"""The end of a sentence, or a line that is nothing but a title."""
_HEADING = re.compile(r"^[（(]?[一二三四五六七八九十]+[）)、]")


def recognise(file: File) -> Evidence:
    """Tell by the signature, which may stand behind white space."""
    return Evidence.SIGNATURE if file.data[:_SIGNATURE_WITHIN].lstrip().startswith(b"%PDF-") else Evidence.NONE


def read_pdf(file: File) -> Document:
    """Read a PDF: its ruled tables, and the lines outside them joined to paragraphs.

    Raises :class:`UnreadableDocumentError`: ``encrypted_file``, ``too_large``, ``damaged_file``, or
    ``tables_are_images`` for a scan without text.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    _refuse_bombs(file.data)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(file.data)) as pdf:
            return _document(pdf)
    except UnreadableDocumentError:
        raise
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (*error.args, error.__cause__)):
            raise UnreadableDocumentError("encrypted_file", "The PDF is protected by a password.") from error
        raise UnreadableDocumentError("damaged_file", f"The PDF cannot be read: {error}.") from error
    except Exception as error:  # pdfminer raises whatever comes up on damaged input
        raise UnreadableDocumentError("damaged_file", f"The PDF cannot be read: {error!r}.") from error


def _document(pdf: "PDF") -> Document:
    from tasks.extract.documents.glyphs import is_seen, show_as_seen, struck_glyphs
    from tasks.extract.documents.proven_fonts import ProvenFonts

    pdf.rsrcmgr = ProvenFonts()
    if len(pdf.pages) > _MOST_PAGES:
        raise UnreadableDocumentError("too_large", f"The PDF has {len(pdf.pages)} pages.")
    deadline = time.monotonic() + _SECONDS
    ordinals, unruled = count(), UnruledTables()
    blocks: list[Block] = []
    characters = pictures = 0
    for page in pdf.pages:
        show_as_seen(page)
        if time.monotonic() > deadline or len(page.chars) > _MOST_CHARACTERS or len(page.edges) > _MOST_LINES:
            raise UnreadableDocumentError("too_large", f"Page {page.page_number} is too large to be a report's.")
        seen = page.crop(page.cropbox, strict=False).filter(is_seen)
        characters += len(seen.chars)
        pictures += len(page.images)
        on_page = list(_page_blocks(seen, ordinals, list(form_fields(page)), list(struck_glyphs(page)), unruled))
        join_cut_row(blocks, on_page)
        blocks += on_page
        page.close()
    if characters < _FEWEST_CHARACTERS:
        raise UnreadableDocumentError(
            "tables_are_images" if pictures else "empty_file", "The PDF has no text layer: it is a scan."
        )
    return Document(_joined(blocks))


def _page_blocks(
    page: "Page",
    ordinals: Iterator[int],
    fields: list[FormField],
    struck: list[tuple[Box, str]],
    unruled: UnruledTables,
) -> Iterator[Block]:
    """Yield a page's lines, pictures and tables from top to bottom."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 or len(table.rows[0].cells) > 1]
    objects = [*(field.box for field in fields), *(box for box, _ in struck)]
    lines = _lines_outside(page, [table.bbox for table in tables])
    tables, without_rules = _tables_without_rules(page, tables, lines, objects, unruled)
    boxes = [*(table.bbox for table in tables), *(box for box, _ in without_rules)]
    lines = _lines_outside(page, boxes) if without_rules else lines
    pieces: list[tuple[float, list[Block]]] = [
        (line["top"], [_seen_text(line["text"])]) for line in lines if not is_page_number(line["text"])
    ]
    pieces += ((image["top"], [Picture()]) for image in page.images)
    pieces += ((box[1], tables_and_lines(rows, ordinals)) for box, rows in without_rules)
    for table in tables:
        crossed = list(_crossed(table, page))
        rows = _rows(table, page, fields, struck, crossed)
        pieces.append((table.bbox[1], tables_and_lines(rows, ordinals)))
    pieces += ((field.box[1], [field.text]) for field in fields if field.text and not _inside_any(field.box, boxes))
    for _, blocks in sorted(pieces, key=lambda piece: piece[0]):
        yield from blocks


def _tables_without_rules(
    page: "Page", tables: "list[Table]", lines: list[Text], objects: list[Box], unruled: UnruledTables
) -> tuple["list[Table]", list[tuple[Box, list[list[str]]]]]:
    """Return the tables that are ruled, and those whose rows and columns only their places tell, with their boxes.

    Ruled ones right above or below such rows are stripes or bands of the same table. Where anything that is no text
    stands in it, none is told.
    """
    from tasks.extract.documents.glyphs import outlined_signs

    rows = [(line["top"], line["bottom"]) for line in lines if may_be_row(line["text"])]
    if not rows and not unruled.may_go_on and not any(may_be_head(line["text"]) for line in lines):
        unruled.of_page(())
        return tables, []
    apart = list(tables)
    while touching := [table for table in apart if _touches(table, rows)]:
        rows += ((table.bbox[1], table.bbox[3]) for table in touching)
        apart = [table for table in apart if table not in touching]
    words = cast(list[Word], _outside(page, [table.bbox for table in apart]).extract_words(return_chars=True))
    objects = [*objects, *map(box_of, page.images), *outlined_signs(page)]
    found = unruled.of_page(words, objects)
    boxes = [box for box, _ in found]
    return [table for table in tables if table in apart or not _inside_any(table.bbox, boxes)], found


def _touches(table: "Table", rows: Sequence[tuple[float, float]]) -> bool:
    _, top, _, bottom = table.bbox
    return any(top - below < below - above and above - bottom < below - above for above, below in rows)


def _lines_outside(page: "Page", boxes: Sequence[Box]) -> list[Text]:
    return cast(list[Text], _outside(page, boxes).extract_text_lines(return_chars=False))


def _outside(page: "Page", boxes: Sequence[Box]) -> "Page":
    return page.filter(lambda thing: "top" not in thing or not _inside_any(box_of(thing), boxes)) if boxes else page


def _crossed(table: "Table", page: "Page") -> Iterator[Box]:
    """Yield the boxes of glyphs that a border between two cells goes through: they stand in either."""
    borders = sorted({cell[1] for cell in table.cells} & {cell[3] for cell in table.cells})
    for glyph in page.chars:
        inset = _INSET * (glyph["bottom"] - glyph["top"])
        at = bisect(borders, glyph["top"] + inset)
        if at < len(borders) and borders[at] < glyph["bottom"] - inset and glyph["text"].strip():
            box = box_of(glyph)
            if any(borders[at] in (cell[1], cell[3]) and _inside_any(box, [cell]) for cell in table.cells):
                yield box


def _rows(
    table: "Table",
    page: "Page",
    fields: list[FormField],
    struck: list[tuple[Box, str]],
    crossed: list[Box],
) -> Iterator[list[str]]:
    """Yield the texts of a table's rows: what is typed into a form's fields, and the sign of a picture, among them.

    What is struck is kept, as such, where nothing else stands in a cell. A cell into which the text of another one
    runs is an object, and so is one with no text but shapes that may be the outlines of figures.
    """
    from tasks.extract.documents.glyphs import outlined_signs

    pictures = list(map(box_of, page.images))
    signs = list(outlined_signs(page))
    for row, texts in zip(table.rows, table.extract(), strict=True):
        read = []
        for box, text in zip(row.cells, texts, strict=True):
            if box is None:
                continue
            if any(_inside_any(glyph, [box]) for glyph in crossed):
                read.append(OBJECT)
                continue
            filled_in = [field.text for field in fields if _inside_any(field.box, [box])]
            written = [_label_set_upright(_seen_text(text or ""), box, page), *filled_in]
            is_pictured = any(_inside_any(picture, [box]) and _fits(picture, box) for picture in pictures)
            if is_pictured or (not any(written) and any(_stands_in(sign, box) for sign in signs)):
                written.append(OBJECT)
            gone = "" if any(written) else "".join(glyph for place, glyph in struck if _inside_any(place, [box]))
            read.append("\n".join(filter(None, written)) or as_seen([Run(gone, Manner.STRUCK)]))
        yield read


def _seen_text(text: str) -> str:
    return folded(without_marks(text)).strip()


def _label_set_upright(text: str, box: Box, page: "Page") -> str:
    """Return a label whose letters stand one below another, as they were drawn, where the forms know it; else the text.

    Its columns from right to left, and its brackets, are lost in lines.
    """
    lines = text.split("\n")
    if len(lines) < _FEWEST_UPRIGHT or max(map(len, lines)) > _WIDEST_UPRIGHT or meaning_of(text).known:
        return text
    glyphs = (glyph for glyph in page.chars if _inside_any(box_of(glyph), [box]))
    drawn = normalize("NFKC", "".join(glyph["text"] for glyph in glyphs))
    return drawn if meaning_of(drawn).known else text


def _fits(inner: Box, outer: Box) -> bool:
    return inner[2] - inner[0] <= outer[2] - outer[0] + _MARGIN and inner[3] - inner[1] <= outer[3] - outer[1] + _MARGIN


def _stands_in(sign: Box, cell: Box) -> bool:
    """Tell whether a shape leaves room around it in a cell, as its ground does not."""
    is_ground = all(sign[end] - sign[start] >= _GROUND * (cell[end] - cell[start]) for start, end in ((0, 2), (1, 3)))
    return _inside_any(sign, [cell]) and _fits(sign, cell) and not is_ground


def _inside_any(inner: Box, boxes: Iterable[Box]) -> bool:
    return any(is_within(inner, box) for box in boxes)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines of a paragraph: a full line that does not end a sentence goes on in the next one."""
    full = _FULL_LINE * max((_width(block) for block in blocks if isinstance(block, str)), default=0)
    joined: list[Block] = []
    goes_on = False
    for block in blocks:
        if goes_on and isinstance(block, str) and not (_HEADING.match(block) or _is_row(block)):
            joined[-1] = f"{joined[-1]}{block}"
        else:
            joined.append(block)
        goes_on = (
            isinstance(block, str) and _width(block) >= full and not (_PARAGRAPH_END.search(block) or _is_row(block))
        )
    return joined


def _is_row(line: str) -> bool:
    """Tell whether a line is of a table without ruled lines: several words that are no sentence, or end in figures."""
    words = line.split()
    if len(words) < _FEWEST_WORDS:
        return False
    return not _SENTENCE.search(line) or all(read_figure(word).state is not CellState.UNREADABLE for word in words[-2:])


def _width(line: str) -> float:
    """Return a line's width in Chinese characters; others take half as much."""
    return sum(0.5 if character.isascii() else 1.0 for character in line)


def _refuse_bombs(data: bytes) -> None:
    """Refuse a PDF with a compressed stream that unpacks to far more than any page holds; pictures are not unpacked."""
    for match in _STREAM.finditer(data):
        if b"FlateDecode" not in match[1] or b"/Image" in match[1]:
            continue
        packed = data[match.end() : match.end() + _LARGEST_STREAM]
        for _ in range(match[1].count(b"FlateDecode")):
            unpacker = zlib.decompressobj()
            try:
                packed = unpacker.decompress(packed, _LARGEST_STREAM)
            except zlib.error:
                break
            if unpacker.unconsumed_tail and len(packed) >= _LARGEST_STREAM:
                raise UnreadableDocumentError("too_large", f"A stream unpacks to over {_LARGEST_STREAM:,} bytes.")


FORMAT = Format(recognise, read_pdf)
