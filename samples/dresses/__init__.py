"""Dresses: the ways in which real pages show the same report.

A *dress* is a list of quirks, applied to the plainly laid out report one after the other, and a writer that makes
bytes of the outcome. Because quirks change figures and what a perfect reader gets from them together,
:func:`expected_cells` is exact for every combination.
"""

from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from samples.dresses.document import Document
from samples.dresses.layout import lay_out
from samples.dresses.wardrobe import DEFICIENT, DOCUMENTS, DRESSES, Dress, dress_of, random_document, random_dress
from samples.figures import FigureKey
from samples.reports import SampleReport
from tasks.extract.report import CellState
from warehouse.characters import folded

__all__ = [
    "DEFICIENT",
    "DOCUMENTS",
    "DRESSES",
    "Dress",
    "ExpectedCell",
    "ExpectedHeader",
    "dress_of",
    "expected_cells",
    "expected_header",
    "random_document",
    "random_dress",
    "render",
]


class ExpectedCell(NamedTuple):
    """What a perfect reader gets from one statutory cell.

    Money is in yuan, and ``unit`` is ``"yuan"``; where the page does not tell its unit, ``value`` is the bare figure
    and ``unit`` is ``None``. ``raw`` is without invisible characters, and stripped at both ends.
    """

    value: Decimal | None
    state: CellState
    raw: str
    unit: str | None = None


class ExpectedHeader(NamedTuple):
    """What a perfect reader gets from the rest of the page. ``title`` and ``publisher`` are as printed."""

    organ: str
    year: int
    title: str
    published_on: date
    publisher: str


def render(report: SampleReport, dress: Dress) -> bytes:
    """Make the file that shows a report in a dress."""
    return dress.writer.write(_dressed(report, dress))


def expected_cells(report: SampleReport, dress: Dress) -> dict[FigureKey, ExpectedCell]:
    """Return what a perfect reader gets from that file, by table, row code and column code."""
    return {
        cell.key: ExpectedCell(cell.value, cell.state, folded(cell.text).strip(), cell.unit)
        for cell in _dressed(report, dress).statutory_cells
        if cell.key and cell.state
    }


def expected_header(report: SampleReport, dress: Dress) -> ExpectedHeader:
    """Return what a perfect reader gets from that file's title and date line."""
    document = _dressed(report, dress)
    return ExpectedHeader(document.organ, document.year, document.title, document.published_on, document.source)


def _dressed(report: SampleReport, dress: Dress) -> Document:
    document = lay_out(report)
    random = Random(f"{dress.name}/{report.identity}")
    for quirk in dress.quirks:
        document = quirk(document, random)
    return document
