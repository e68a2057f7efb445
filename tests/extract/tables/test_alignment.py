"""Blank cells around a row's figures: the columns are told by header and rows together, or the row is not read."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samples.dresses import Dress, expected_cells, random_dress, render
from samples.dresses.document import Quirk
from samples.dresses.figure_quirks import zeros_left_out
from samples.dresses.office_writers import Docx, Xlsx
from samples.dresses.span_quirks import empty_columns
from samples.dresses.writers import Html, Writer
from samples.inconsistencies import published_reports
from samples.reports import SampleReport
from tasks.extract.extraction import extract
from tasks.extract.report import CellState
from tests.extract.small_pages import codes, figures_of, read
from warehouse.forms import FORMS, Edition, TableCode

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
COLUMNS = [column.label.chinese for column in FORM.columns.values()]
SPARSE = ["", "1", "", "", "", "", "1"]
"""One request of an enterprise: with a blank cell behind it, the figures could also stand one column to the left."""
HALF_BLANK = zeros_left_out("", CellState.BLANK, share=0.5)
ALL_BLANK = zeros_left_out("", CellState.BLANK)
EMPTY_DISPUTES = [["行政复议", "行政诉讼"], ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3]


@cache
def reports() -> tuple[SampleReport, ...]:
    return tuple(published_reports())


def applications(
    figures: Sequence[str], before: int = 0, behind: int = 0, header: Sequence[str] | None = None, full: str = ""
) -> list[list[str]]:
    """Section three with ``figures`` in every row, zeros written out in the row ``full``, and blank cells around."""
    rows = [list(header)] if header is not None else []
    for row in FORM.rows.values():
        values = ["0"] * 7 if row.code == full else list(figures)
        rows.append([row.label.chinese, *[""] * before, *values, *[""] * behind])
    return rows


@pytest.mark.parametrize("behind", [1, 2])
def test_a_header_with_as_many_blank_cells_tells_the_columns(behind: int) -> None:
    report = read(applications(SPARSE, behind=behind, header=["", *COLUMNS, *[""] * behind]))
    assert figures_of(report, "granted") == SPARSE
    assert "columns_unclear" not in codes(report)


def test_a_header_of_the_same_width_tells_the_columns_behind_blank_cells() -> None:
    report = read(applications(SPARSE, before=2, behind=1, header=["", "", "", *COLUMNS, ""]))
    assert figures_of(report, "granted") == SPARSE


@pytest.mark.parametrize(("before", "behind"), [(0, 1), (1, 0), (1, 1), (0, 2)])
def test_one_row_with_every_figure_tells_the_columns_of_all(before: int, behind: int) -> None:
    report = read(applications(SPARSE, before, behind, full="carried_in"))
    assert figures_of(report, "granted") == SPARSE
    assert "columns_unclear" not in codes(report)


def test_a_header_that_the_figures_contradict_is_not_believed() -> None:
    report = read(applications(SPARSE, before=1, header=["", *COLUMNS, ""], full="carried_in"))
    assert figures_of(report, "granted") == SPARSE


def test_rows_that_fit_in_several_columns_are_not_read() -> None:
    report = read(applications(SPARSE, behind=1))
    assert not report.cells
    assert {"columns_unclear", "table_incomplete"} <= codes(report)


def test_rows_without_any_figure_are_blank_wherever_they_start() -> None:
    report = read(applications([""] * 7, behind=2))
    assert {cell.state for cell in report.cells} == {CellState.BLANK}
    assert report.completeness[TableCode.APPLICATIONS].complete


def test_section_four_follows_its_header_or_is_not_read() -> None:
    line = ["", "1", "", "", "1", *[""] * 10]
    padded = [[*row, ""] for row in (*EMPTY_DISPUTES, line)]
    assert figures_of(read(padded), "review") == line[:5]
    report = read([*EMPTY_DISPUTES, [*line, ""]])
    assert not report.cells
    assert "columns_unclear" in codes(report)


def test_section_four_with_too_many_figures_is_not_cut() -> None:
    report = read([*EMPTY_DISPUTES, [str(figure) for figure in range(16)]])
    assert not report.cells
    assert "columns_unclear" in codes(report)


@pytest.mark.parametrize("behind", range(4))
def test_blank_cells_do_not_tell_the_edition_of_a_table_without_headers(behind: int) -> None:
    form = FORMS[TableCode.PROACTIVE, Edition.E2021]
    rows = [
        [row.label.chinese, *("5" for _ in block.columns), *[""] * behind]
        for block in form.blocks
        for row in block.rows
    ]
    report = read(rows)
    if behind:
        assert not report.cells
        assert "edition_unknown" in codes(report)
    else:
        assert report.tables[TableCode.PROACTIVE] is Edition.E2021
        assert report.completeness[TableCode.PROACTIVE].complete


@pytest.mark.parametrize(
    ("writer", "blanks"),
    [(Html(), HALF_BLANK), (Html(), ALL_BLANK), (Docx(), HALF_BLANK), (Docx(), ALL_BLANK), (Xlsx(), HALF_BLANK)],
)
def test_padded_pages_with_blank_zeros_are_read_right(writer: Writer, blanks: Quirk) -> None:
    dress = Dress("padded-blanks", (blanks, empty_columns), writer, writes_zeros=False)
    for report in reports()[:: len(reports()) // 6]:
        found = extract(render(report, dress), item="x")
        cells = {(cell.table, cell.row, cell.column): cell.raw for cell in found.cells}
        assert cells == {key: cell.raw for key, cell in expected_cells(report, dress).items()}
        assert not found.problems


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**6), st.sampled_from([HALF_BLANK, ALL_BLANK]))
@example(212, 7, HALF_BLANK)  # beside running numbers and remarks, a row with as many of both as of figures
@example(802741412, 300137, ALL_BLANK)  # remarks behind figures that begin with a blank in every row
@example(834702752, 750986, HALF_BLANK)
def test_no_figure_of_a_padded_page_is_wrong(seed: int, chosen: int, blanks: Quirk) -> None:
    report, dress = reports()[chosen % len(reports())], random_dress(seed)
    dress = replace(dress, quirks=(blanks, *dress.quirks, empty_columns))
    found = extract(render(report, dress), item="x")
    expected = expected_cells(report, dress)
    assert all(cell.raw == expected[cell.table, cell.row, cell.column].raw for cell in found.cells)
    assert len(found.cells) == len(expected) or found.problems
