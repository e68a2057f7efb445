"""XLSX → document: of every sheet, the rows as Excel shows them."""

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from lxml import etree

from tasks.extract.documents.conditional_formats import conditions
from tasks.extract.documents.document import Block, Document, Picture
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import without_marks
from tasks.extract.documents.lines import tables_and_lines
from tasks.extract.documents.packages import Package
from tasks.extract.documents.seen import OBJECT
from tasks.extract.documents.sheet_cells import CellReader
from tasks.extract.documents.sheet_parts import columns_of_parts
from warehouse.characters import folded

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_ROWS, _MOST_COLUMNS = 5_000, 100
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DRAWN = ("{*}pic", "{*}sp", "{*}grpSp")
_MOST_COVERED = 6
"""Cells under a picture up to which it stands for a figure, and not beside the table."""

Place = tuple[int, int]
"""Row and column, from one."""


class Span(NamedTuple):
    """A range of cells, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    def places(self) -> Iterator[Place]:
        """Every place in it that a sheet of reasonable size has."""
        for row in range(self.top, min(self.bottom, _MOST_ROWS) + 1):
            for column in range(self.left, min(self.right, _MOST_COLUMNS) + 1):
                yield row, column


def recognise(file: File) -> Evidence:
    """Tell by the package's main part."""
    return Evidence.CONTENT if file.is_package and file.package.main_element == "workbook" else Evidence.NONE


def read_workbook(file: File) -> Document:
    """Read the sheets of an Excel workbook that are shown."""
    package = file.package
    workbook = package.markup(package.main_part)
    relations = package.relations(package.main_part)
    cells = CellReader(package, workbook)
    ordinals = count()
    blocks: list[Block] = []
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        relation = relations.get(sheet.get(_RELATIONSHIP, ""))
        if relation is not None and relation.kind == "worksheet" and sheet.get("state", "visible") == "visible":
            shown = _Sheet(package, relation.target, cells)
            for rows in shown.parts():
                blocks += tables_and_lines(rows, ordinals, sheet=sheet.get("name", ""))
            blocks += [Picture()] * shown.pictures
    return Document(blocks)


class _Sheet:
    """One sheet: what is shown at which place."""

    def __init__(self, package: Package, part: str, cells: CellReader):
        self._markup = package.markup(part)
        self._texts = self._read_cells(cells)
        self._hidden_rows = {
            _number(row.get("r")) for row in self._markup.iterfind("{*}sheetData/{*}row") if _is_hidden(row, "ht")
        }
        self._hidden_columns = {
            column
            for columns in self._markup.iterfind("{*}cols/{*}col")
            if _is_hidden(columns, "width")
            for column in range(_number(columns.get("min")), min(_number(columns.get("max")), _MOST_COLUMNS) + 1)
        }
        covered = self._merge()
        self.pictures = self._put_pictures(package, part, covered)
        self._covered = covered

    def parts(self) -> Iterator[list[list[str]]]:
        """Yield the texts of the rows that are shown, of each of the tables beside each other."""
        filled = {place for place, text in self._texts.items() if text}
        height = max((row for row, _ in filled), default=0)
        width = max((column for _, column in filled), default=0)
        columns = [column for column in range(1, width + 1) if column not in self._hidden_columns]
        rows = [row for row in range(1, height + 1) if row not in self._hidden_rows]
        for own in columns_of_parts(self._texts, self._covered, columns):
            yield [
                [self._texts.get((row, column), "") for column in own if (row, column) not in self._covered]
                for row in rows
            ]

    def _read_cells(self, cells: CellReader) -> dict[Place, str]:
        views = self._markup.iterfind("{*}sheetViews/{*}sheetView")
        shows_zeros = all(view.get("showZeros", "1") not in ("0", "false") for view in views)
        conditional = [
            (condition, [span for reference in condition.ranges if (span := _span(reference))])
            for condition in conditions(self._markup)
        ]
        texts: dict[Place, str] = {}
        row_number = 0
        for row in self._markup.iterfind("{*}sheetData/{*}row"):
            row_number = _number(row.get("r")) or row_number + 1
            column = 0
            for cell in row.iterfind("{*}c"):
                place = _place(cell.get("r", ""))
                column = place[1] if place else column + 1
                if row_number <= _MOST_ROWS and column <= _MOST_COLUMNS:
                    here = [
                        condition
                        for condition, spans in conditional
                        if any(_has(span, row_number, column) for span in spans)
                    ]
                    shown = cells.text(cell, shows_zeros, here)
                    texts[row_number, column] = folded(without_marks(shown)).strip()
        return texts

    def _merge(self) -> set[Place]:
        """Return the places that merged cells cover; the text of their first cell moves to the first that is shown."""
        covered: set[Place] = set()
        for merged in self._markup.iterfind("{*}mergeCells/{*}mergeCell"):
            span = _span(merged.get("ref", ""))
            places = list(span.places()) if span else []
            shown = [
                (row, col) for row, col in places if row not in self._hidden_rows and col not in self._hidden_columns
            ]
            if not shown:
                continue
            text = self._texts.get(places[0], "")
            covered.update(place for place in places if place != shown[0])
            for place in places:
                self._texts.pop(place, None)
            self._texts[shown[0]] = text
        return covered

    def _put_pictures(self, package: Package, part: str, covered: set[Place]) -> int:
        """Put the sign for an object into empty cells under small pictures; return the number of the others."""
        others = 0
        for relation in package.relations(part).values():
            if relation.kind != "drawing" or relation.target not in package.names:
                continue
            for anchor in package.markup(relation.target):
                if anchor.find("{*}from") is None or not any(
                    anchor.find(f"{{*}}{kind}") is not None for kind in ("pic", "sp", "grpSp")
                ):
                    continue
                places = list(_anchored(anchor).places())
                empty = [place for place in places if place not in covered and not self._texts.get(place)]
                if len(places) <= _MOST_COVERED:
                    self._texts.update(dict.fromkeys(empty[:1], OBJECT))
                else:
                    others += 1
        return others


def _anchored(anchor: etree._Element) -> Span:
    begin = _corner(anchor, "from") or (1, 1)
    end = _corner(anchor, "to") or begin
    return Span(*begin, *end)


def _corner(anchor: etree._Element, name: str) -> Place | None:
    row, column = anchor.findtext(f"{{*}}{name}/{{*}}row"), anchor.findtext(f"{{*}}{name}/{{*}}col")
    return (_number(row) + 1, _number(column) + 1) if row and column else None


def _is_hidden(part: etree._Element, size: str) -> bool:
    return part.get("hidden", "0") in ("1", "true") or re.fullmatch(r"0+(\.0+)?", part.get(size, "1")) is not None


def _place(reference: str) -> Place | None:
    match = _PLACE.fullmatch(reference.replace("$", ""))
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _span(reference: str) -> Span | None:
    first, _, last = reference.partition(":")
    begin, end = _place(first), _place(last or first)
    return Span(*begin, *end) if begin and end else None


def _has(span: Span, row: int, column: int) -> bool:
    return span.top <= row <= span.bottom and span.left <= column <= span.right


def _number(text: str | None) -> int:
    return int(text) if text and text.strip().isdigit() else 0


FORMAT = Format(recognise, read_workbook)
