"""Every dress of the sample generator, named or put together at random, is read wholly right."""

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samples.dresses import (
    DEFICIENT,
    DOCUMENTS,
    DRESSES,
    Dress,
    expected_cells,
    expected_header,
    random_document,
    random_dress,
    render,
)
from samples.inconsistencies import published_reports
from samples.reports import SampleReport
from tasks.extract.extraction import extract
from tasks.extract.report import Report
from tests.extract.trust import outcomes

REPORTS_PER_DRESS = 3
HARMLESS = {"unknown_unit"}
"""Problems that a dress may cause on purpose."""


@cache
def reports() -> tuple[SampleReport, ...]:
    return tuple(published_reports())


def assert_read_right(report: SampleReport, dress: Dress) -> Report:
    read = extract(render(report, dress), item=dress.name)
    cells = {(cell.table, cell.row, cell.column): (cell.value, cell.state, cell.raw, cell.unit) for cell in read.cells}
    assert cells == {key: tuple(cell) for key, cell in expected_cells(report, dress).items()}
    header = (read.organ, read.year, read.title, read.published_on, read.publisher)
    assert header == tuple(expected_header(report, dress))
    assert read.tables == report.editions
    assert {problem.code for problem in read.problems} <= HARMLESS
    assert all(counts.complete for counts in read.completeness.values())
    assert not read.doubtful
    return read


@pytest.mark.parametrize("name", DRESSES)
def test_named_dresses(name: str) -> None:
    chosen = reports()[:: len(reports()) // REPORTS_PER_DRESS]
    for report in chosen:
        assert_read_right(report, DRESSES[name])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**6))
@example(222, 110)
@example(480, 402)
@example(556, 484)
def test_random_dresses(seed: int, chosen: int) -> None:
    assert_read_right(reports()[chosen % len(reports())], random_dress(seed))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_random_documents_are_right_or_refused(seed: int) -> None:
    report = reports()[seed % len(reports())]
    found = outcomes(report, random_document(seed))
    assert not found["wrong"]
    assert not found["missing"]
    assert found["right"] > found["refused"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_office_documents(name: str) -> None:
    for report in reports()[:: len(reports()) // 2]:
        assert_read_right(report, DOCUMENTS[name])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("unreadable", "figure_unreadable"),
        ("drawn", "figure_unreadable"),
        ("lost-table", "table_missing"),
        ("lost-row", "table_incomplete"),
    ],
)
def test_pages_that_lack_something_say_so(name: str, code: str) -> None:
    for report in reports()[:: len(reports()) // REPORTS_PER_DRESS]:
        dress = DEFICIENT[name]
        read = extract(render(report, dress), item=name)
        cells = {(c.table, c.row, c.column): (c.value, c.state, c.raw, c.unit) for c in read.cells}
        assert cells == {key: tuple(cell) for key, cell in expected_cells(report, dress).items()}
        assert {problem.code for problem in read.problems} == {code}
        incomplete = {table for table, counts in read.completeness.items() if not counts.complete}
        assert bool(incomplete) == (code == "table_incomplete")
        assert not read.doubtful


def test_claims_of_the_prose_are_read() -> None:
    for report in reports()[::11]:
        read = assert_read_right(report, DRESSES["plain"])
        claims = {(claim.measure, claim.value) for claim in report.prose.claims}
        assert claims == {(statement.measure, statement.value) for statement in read.statements}


def test_every_cell_keeps_a_place_of_its_own() -> None:
    for name in ("plain", "text", "split-tables"):
        read = extract(render(reports()[0], DRESSES[name]), item=name)
        assert len({cell.place for cell in read.cells}) == len(read.cells)
