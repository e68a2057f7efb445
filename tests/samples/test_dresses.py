"""Dresses: what they expect of a reader stands in the bytes they write."""

from collections import Counter
from html.parser import HTMLParser

import pytest

from samples import SampleReport, published_reports, sample_reports
from samples.dresses import DRESSES, dress_of, expected_cells, render
from samples.dresses.writers import Html
from tasks.records import CellState
from warehouse.forms import FORMS

REPORTS = [report for report in sample_reports(years=[2020, 2022]) if report.organ.level == "county"][:6]


class CellTexts(HTMLParser):
    """Collects the text of every innermost table cell, in reading order."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "td":
            self._open.append([])

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.texts.append("".join(self._open.pop()).strip())


def page_text(report: SampleReport, name: str) -> str:
    writer = DRESSES[name].writer
    return render(report, DRESSES[name]).decode(writer.codec if isinstance(writer, Html) else "utf-8")


@pytest.mark.parametrize("name", DRESSES)
def test_every_statutory_cell_is_expected(name: str) -> None:
    for report in REPORTS:
        cells = expected_cells(report, DRESSES[name])
        forms = {(table, *cell) for table, edition in report.editions.items() for cell in FORMS[table, edition].cells}
        assert set(cells) == forms
        for key, cell in cells.items():
            assert (cell.value is None) == (cell.state is not CellState.NUMBER)
            assert cell.value in (None, report.figures[key])


@pytest.mark.parametrize("name", [name for name, dress in DRESSES.items() if isinstance(dress.writer, Html)])
def test_expected_texts_stand_in_the_page_in_their_order(name: str) -> None:
    for report in REPORTS:
        parser = CellTexts()
        parser.feed(page_text(report, name))
        rest = iter(parser.texts)
        for cell in expected_cells(report, DRESSES[name]).values():
            assert any(text == cell.raw for text in rest), f"{cell} is not in its place in {name}"


@pytest.mark.parametrize("name", DRESSES)
def test_a_dress_is_the_same_every_time(name: str) -> None:
    assert render(REPORTS[0], DRESSES[name]) == render(REPORTS[0], DRESSES[name])
    assert render(REPORTS[0], DRESSES[name]) != render(REPORTS[1], DRESSES[name])


@pytest.mark.parametrize("name", DRESSES)
def test_a_dress_that_writes_zeros_leaves_no_figure_out(name: str) -> None:
    states = {cell.state for report in REPORTS for cell in expected_cells(report, DRESSES[name]).values()}
    assert (states == {CellState.NUMBER}) == DRESSES[name].writes_zeros


def test_a_word_export_is_as_heavy_as_real_ones() -> None:
    size = len(render(REPORTS[0], DRESSES["word"]))
    assert 150_000 < size < 250_000


def test_gb2312_is_declared_and_the_bytes_are_gbk() -> None:
    dress = DRESSES["gb2312"]
    page = render(REPORTS[0], dress)
    assert b"charset=gb2312" in page
    assert REPORTS[0].title in page.decode("gbk")
    assert dress.writer.content_type == "text/html"


def test_the_portal_wears_many_dresses() -> None:
    worn = Counter(dress_of(report).name for report in published_reports())
    assert len(worn) >= 8
    assert min(worn.values()) >= 5
