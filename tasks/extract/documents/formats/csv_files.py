"""CSV, as spreadsheets save it → document."""

import csv
import io
import re
import sys
from collections.abc import Iterator
from itertools import count

from tasks.extract.documents.document import Document
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import without_marks
from tasks.extract.documents.lines import tables_and_lines
from warehouse.characters import folded

_SEPARATORS = (",", ";")
_FEWEST_LINES, _FEWEST_SEPARATORS = 8, 3
"""Lines with so many separators that make a text a CSV."""
_OTHER_LINE = re.compile(r"[|\t。]")
"""What stands in a sentence, or in a line of another kind of table."""


csv.field_size_limit(sys.maxsize)  # of the whole process: files have bounds of their own


def recognise(file: File) -> Evidence:
    """Tell by the separators of its lines; a page has tags."""
    is_csv = file.is_text and "<" not in file.beginning and _separator(file.text) is not None
    return Evidence.LOOKS if is_csv else Evidence.NONE


def read_csv(file: File) -> Document:
    """Read every line as a row; a row with a single text is a paragraph, as in a sheet."""
    return Document(tables_and_lines(_rows(file.text, _separator(file.text) or ","), count()))


def _separator(text: str) -> str | None:
    """Return what cuts the lines of a CSV; ``None`` if hardly any line is cut so."""
    lines = [line for line in text.splitlines() if not _OTHER_LINE.search(line)]
    counts = {
        separator: sum(line.count(separator) >= _FEWEST_SEPARATORS for line in lines) for separator in _SEPARATORS
    }
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] >= _FEWEST_LINES else None


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    lines = io.StringIO(folded(without_marks(text)), newline="")
    for row in csv.reader(lines, delimiter=separator):
        yield [field.strip() for field in row]


FORMAT = Format(recognise, read_csv)
