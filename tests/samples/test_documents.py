"""Office documents, opened with the libraries that people open them with, hold what they expect to be read."""

import io
from collections.abc import Callable, Iterator

import docx
import openpyxl
import pdfplumber
import pytest

from samples import SampleReport, sample_reports
from samples.dresses import DOCUMENTS, Dress, expected_cells, render
from samples.dresses.piece_quirks import Pieces

REPORTS = [report for report in sample_reports(years=[2019, 2023]) if report.organ.level == "county"][:4]


def texts_of_docx(data: bytes) -> Iterator[str]:
    for table in docx.Document(io.BytesIO(data)).tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def texts_of_xlsx(data: bytes) -> Iterator[str]:
    for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True):
        yield from ("" if value is None else str(value) for value in row)


def texts_of_pdf(data: bytes) -> Iterator[str]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                yield from ((text or "").replace("\n", "") for row in table for text in row)


OPENERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    ".docx": texts_of_docx,
    ".xlsx": texts_of_xlsx,
    ".pdf": texts_of_pdf,
}


def stores_what_it_shows(dress: Dress) -> bool:
    has_pieces = any(isinstance(quirk, Pieces) for quirk in dress.quirks)
    return dress.writer.suffix in OPENERS and not has_pieces and dress.name != "xlsx-money"


def cases() -> Iterator[tuple[SampleReport, Dress]]:
    for position, dress in enumerate(filter(stores_what_it_shows, DOCUMENTS.values())):
        yield REPORTS[position % 2], dress
        yield REPORTS[2 + position % 2], dress


@pytest.mark.parametrize(("report", "dress"), list(cases()), ids=lambda value: getattr(value, "name", None))
def test_documents_hold_every_expected_cell_in_its_place(report: SampleReport, dress: Dress) -> None:
    data = render(report, dress)
    rest = OPENERS[dress.writer.suffix](data)
    for cell in expected_cells(report, dress).values():
        assert any(text.strip() == cell.raw for text in rest), f"{cell} is not in its place"


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_word_and_pdf_are_the_same_every_time(name: str) -> None:
    assert render(REPORTS[0], DOCUMENTS[name]) == render(REPORTS[0], DOCUMENTS[name])
