"""Blank parts are zero, blank results are not stated, and what was not read is not judged."""

import pytest

from tests.expectations.books import (
    APPLICATIONS,
    BLANK,
    DASH,
    DISPUTES,
    UNREADABLE,
    Book,
    checked,
    consistent,
    findings,
)
from warehouse.forms import APPLICANT_PARTS, DISPUTE_PARTS, FORMS, Edition, outcome_rows

OUTCOMES = outcome_rows(FORMS[APPLICATIONS, Edition.E2019])


def blanked(state: str, *cells: tuple[str, str], **zeros: object) -> Book:
    """A report of zeros in section three, except that some cells have no figure."""
    zero = {(APPLICATIONS, row, column): 0 for row, column in FORMS[APPLICATIONS, Edition.E2019].cells}
    return consistent().changed("report", {**zero, **{(APPLICATIONS, *cell): state for cell in cells}})


def reasons(book: Book, rule_id: str) -> list[tuple[object, ...]]:
    columns = "coalesce(row_code, column_code), verdict, reason, strict_verdict"
    return findings(checked(book, rules=(rule_id,)), columns)


@pytest.mark.parametrize("state", [BLANK, DASH])
def test_a_blank_part_is_zero_while_another_is_filled(state: str) -> None:
    book = blanked(state, ("carried_in", "other"), ("carried_out", "other"), ("granted", "other"))
    assert findings(checked(book), "*", "column_code = 'other'") == []


def test_a_blank_part_still_breaks_a_sum() -> None:
    base = consistent()
    book = base.changed("report", {(APPLICATIONS, "carried_in", "other"): BLANK})
    assert reasons(book, "A1") == [("other", "fail", None, "fail")]
    assert reasons(book, "A3") == [("carried_in", "fail", None, "fail")]


@pytest.mark.parametrize("state", [BLANK, DASH])
def test_a_blank_result_is_not_stated(state: str) -> None:
    book = consistent().changed("report", {(APPLICATIONS, "granted", "total"): state})
    assert reasons(book, "A3") == [("granted", "not_assessable", "result_blank", "fail")]
    assert reasons(blanked(state, ("granted", "total")), "A3") == [
        ("granted", "not_assessable", "result_blank", "pass")
    ]


def test_a_blank_concluded_total_leaves_both_its_identities_open() -> None:
    book = consistent().changed("report", {(APPLICATIONS, "concluded_total", "other"): BLANK})
    assert reasons(book, "A1") == [("other", "not_assessable", "result_blank", "fail")]
    assert reasons(book, "A2") == [("other", "not_assessable", "result_blank", "fail")]
    assert reasons(book, "A3") == [("concluded_total", "fail", None, "fail")]


def test_a_sum_of_nothing_but_blanks_is_not_assessable() -> None:
    applicants = [("granted", column) for column in APPLICANT_PARTS]
    assert reasons(blanked(BLANK, *applicants), "A3") == [("granted", "not_assessable", "parts_blank", "pass")]
    intake = [("received_new", "other"), ("carried_in", "other")]
    assert reasons(blanked(BLANK, *intake), "A1") == [("other", "not_assessable", "parts_blank", "pass")]


def test_a_row_without_any_figure_is_not_assessable() -> None:
    row = [("granted", column) for column in (*APPLICANT_PARTS, "total")]
    assert reasons(blanked(BLANK, *row), "A3") == [("granted", "not_assessable", "result_blank", "pass")]


@pytest.mark.parametrize(("blanks", "expected"), [(9, []), (10, [("other", "not_assessable", "mostly_blank", "pass")])])
def test_outcomes_more_than_half_blank_are_not_summed(blanks: int, expected: list[tuple[object, ...]]) -> None:
    assert len(OUTCOMES) == 19
    assert reasons(blanked(BLANK, *((row, "other") for row in OUTCOMES[:blanks])), "A2") == expected


def test_mostly_blank_applicants_are_still_summed() -> None:
    parts = [("granted", column) for column in APPLICANT_PARTS[1:]]
    assert reasons(blanked(BLANK, *parts), "A3") == []


def test_an_unreadable_figure_is_never_taken_for_zero() -> None:
    book = consistent().changed("report", {(APPLICATIONS, "granted", "other"): UNREADABLE})
    expected = [
        ("A2", None, "other"),
        ("A3", "granted", None),
        ("A5", "granted", "other"),
        ("A6", "granted", None),
    ]
    found = findings(checked(book), "rule_id, row_code, column_code, verdict, reason, strict_verdict")
    assert found == [(*place, "not_assessable", "unreadable", "not_assessable") for place in expected]


def test_an_absent_cell_leaves_its_identities_open() -> None:
    book = consistent().changed("report", {(DISPUTES, "review", "pending"): None})
    found = findings(checked(book), "rule_id, row_code, verdict, reason, strict_verdict, cells[4].state")
    assert found == [("B1", "review", "not_assessable", "table_incomplete", "not_assessable", "absent")]


def test_an_absent_table_is_no_finding() -> None:
    gone = {(DISPUTES, *cell): None for cell in FORMS[DISPUTES, Edition.E2019].cells}
    assert findings(checked(consistent().changed("report", gone)), "*") == []


def test_blanks_in_disputes() -> None:
    parts = {(DISPUTES, "review", column): BLANK for column in DISPUTE_PARTS}
    book = consistent().changed("report", {**parts, (DISPUTES, "review", "total"): 4})
    assert reasons(book, "B1") == [("review", "not_assessable", "parts_blank", "fail")]
