"""Dresses: what they expect of a reader stands in the bytes they write."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samples import SampleReport, published_reports, sample_reports
from samples.dresses import DEFICIENT, DRESSES, Dress, dress_of, expected_cells, expected_header, random_dress, render
from samples.dresses.piece_quirks import Pieces
from samples.dresses.writers import Html
from tasks.extract.report import CellState
from warehouse.characters import folded
from warehouse.forms import FORMS, STATUTORY_EDITIONS

REPORTS = [report for report in sample_reports(years=[2020, 2022]) if report.organ.level == "county"][:4]


class CellTexts(HTMLParser):
    """Collects the text of every table cell in reading order, also of cells and rows that are never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[list[str] | None] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self._open.append(None)
        elif tag in ("td", "th", "tr"):
            self._close()
            if tag != "tr":
                self._open[-1] = []

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] is not None:
            self._open[-1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table") and self._open:
            self._close()
            if tag == "table":
                self._open.pop()

    def _close(self) -> None:
        if self._open[-1] is not None:
            self.texts.append("".join(self._open[-1]).strip())
            self._open[-1] = None


_UNSEEN = re.compile(r"</td></tr></table>(?=</td>)|<(span class=.old|i style|template|noscript)\b.*?</\w+>")
"""What the markups that hide something hide, and the end of the box that they put around a cell's text."""
_BOX = "<table><tr><td>", ""


def page_text(report: SampleReport, dress: Dress) -> str:
    writer = dress.writer
    return render(report, dress).decode(writer.codec if isinstance(writer, Html) else "utf-8")


def check_expectations(report: SampleReport, dress: Dress) -> None:
    """Every statutory cell is expected, with its figure or none, and its text, if it is whole, stands in its place."""
    cells = expected_cells(report, dress)
    forms = {(table, *cell) for table, edition in report.editions.items() for cell in FORMS[table, edition].cells}
    assert set(cells) <= forms
    assert (set(cells) == forms) == dress.is_complete
    for key, cell in cells.items():
        assert (cell.value is None) == (cell.state is not CellState.NUMBER)
        has_no_unit = key[2] == "amount" and cell.unit is None
        assert has_no_unit or cell.value in (None, report.figures[key])
    if any(isinstance(quirk, Pieces) for quirk in dress.quirks):
        return
    if isinstance(dress.writer, Html):
        parser = CellTexts()
        parser.feed(_UNSEEN.sub("", page_text(report, dress)).replace(*_BOX))
        rest = iter(map(folded, parser.texts))
        assert all(any(text == cell.raw for text in rest) for cell in cells.values())
    else:
        text = folded(page_text(report, dress))
        assert all(cell.raw in text for cell in cells.values())


@pytest.mark.parametrize("dress", [*DRESSES.values(), *DEFICIENT.values()], ids=lambda dress: dress.name)
def test_named_dresses_show_what_they_expect_to_be_read(dress: Dress) -> None:
    for report in REPORTS:
        check_expectations(report, dress)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10**9), position=st.integers(0, len(REPORTS) - 1))
def test_random_dresses_show_what_they_expect_to_be_read(seed: int, position: int) -> None:
    check_expectations(REPORTS[position], random_dress(seed))


def test_random_dresses_are_many_and_the_same_for_a_seed() -> None:
    assert len({len(render(REPORTS[0], random_dress(seed))) for seed in range(50)}) > 40
    assert render(REPORTS[0], random_dress(3)) == render(REPORTS[0], random_dress(3))


def test_there_are_dresses_enough_for_both_editions() -> None:
    assert len(DRESSES) >= 25
    assert {edition for report in REPORTS for edition in report.editions.values()} == set(STATUTORY_EDITIONS)


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


def test_headers_say_what_the_page_says() -> None:
    report = REPORTS[0]
    plain = expected_header(report, DRESSES["plain"])
    assert (plain.organ, plain.year, plain.title) == (report.organ.name, report.year, report.title)
    without_organ = expected_header(report, DRESSES["no-unit"])
    assert report.organ.name not in without_organ.title
    assert without_organ.publisher == without_organ.organ == report.organ.name
    assert str(report.year) not in expected_header(report, DRESSES["unit-in-caption"]).title


def test_money_keeps_its_value_in_every_unit() -> None:
    amounts = {
        name: {key: cell for key, cell in expected_cells(REPORTS[0], DRESSES[name]).items() if key[2] == "amount"}
        for name in ("plain", "words-for-figures", "signs", "unit-in-caption")
    }
    values = {name: [cell.value for cell in cells.values()] for name, cells in amounts.items()}
    texts = {tuple(cell.raw for cell in cells.values()) for cells in amounts.values()}
    assert len(set(map(tuple, values.values()))) == 1
    assert len(texts) == 3
    assert all(cell.unit == "yuan" for cells in amounts.values() for cell in cells.values())
