"""PDF with a text layer → document."""

import io
import logging
import re
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from tasks.extract.documents.document import Block, Document, Picture, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import without_marks
from tasks.extract.documents.lines import tables_and_lines
from tasks.extract.figures import read_figure
from tasks.extract.report import CellState

_SIGNATURE_WITHIN = 1024
_MOST_PAGES = 200
_MOST_CHARACTERS = 40_000
_MOST_LINES = 20_000
"""Characters and drawn lines of one page above which it is no page of a report."""
_LARGEST_STREAM = 48_000_000
_SECONDS = 60.0
_FEWEST_CHARACTERS = 30
"""Characters of a whole document below which it has no text layer."""
_STREAM = re.compile(rb"<<((?:(?!stream\r?\n).){0,2000}?)>>\s*stream\r?\n", re.DOTALL)
_FULL_LINE = 0.8
"""Share of the longest line's width from which a line is full."""
_FEWEST_WORDS = 3
_SENTENCE = re.compile(r"[，。；：！？《》]")
_PAGE_NUMBER = re.compile(r"[-—－–\s]*(?:第\s*)?\d{1,3}(?:\s*页)?[-—－–\s]*")
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


def _document(pdf: Any) -> Document:
    if len(pdf.pages) > _MOST_PAGES:
        raise UnreadableDocumentError("too_large", f"The PDF has {len(pdf.pages)} pages.")
    deadline = time.monotonic() + _SECONDS
    ordinals = count()
    blocks: list[Block] = []
    characters = pictures = 0
    for page in pdf.pages:
        if time.monotonic() > deadline or len(page.chars) > _MOST_CHARACTERS or len(page.edges) > _MOST_LINES:
            raise UnreadableDocumentError("too_large", f"Page {page.page_number} is too large to be a report's.")
        characters += len(page.chars)
        pictures += len(page.images)
        blocks += _page_blocks(page, ordinals)
        page.close()
    if characters < _FEWEST_CHARACTERS:
        raise UnreadableDocumentError(
            "tables_are_images" if pictures else "empty_file", "The PDF has no text layer: it is a scan."
        )
    return Document(_joined(blocks))


def _page_blocks(page: Any, ordinals: Iterator[int]) -> Iterator[Block]:
    """Yield a page's lines, pictures and tables from top to bottom."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 or len(table.rows[0].cells) > 1]
    boxes = [table.bbox for table in tables]
    outside = page.filter(lambda thing: not _inside(thing, boxes)) if boxes else page
    pieces: list[tuple[float, list[Block]]] = [
        (line["top"], [without_marks(line["text"]).strip()])
        for line in outside.extract_text_lines(return_chars=False)
        if not _PAGE_NUMBER.fullmatch(line["text"])
    ]
    pieces += ((image["top"], [Picture()]) for image in page.images)
    for table in tables:
        rows = ([without_marks(text) for text in row if text is not None] for row in table.extract())
        pieces.append((table.bbox[1], tables_and_lines(rows, ordinals)))
    for _, blocks in sorted(pieces, key=lambda piece: piece[0]):
        yield from blocks


def _inside(thing: dict[str, Any], boxes: Iterable[tuple[float, float, float, float]]) -> bool:
    if "top" not in thing:
        return False
    middle, across = (thing["top"] + thing["bottom"]) / 2, (thing["x0"] + thing["x1"]) / 2
    return any(left <= across <= right and top <= middle <= bottom for left, top, right, bottom in boxes)


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
