"""A page whose figures changed says which, and what that cured or caused."""

from datetime import timedelta

import pytest

from expectations import validate
from expectations.findings.revisions import BrokenPlace, ChangedCell, revisions
from tests.expectations.books import BLANK, DISPUTES, NOW, STATISTICS_TABLE, UNREADABLE, consistent, load, show
from warehouse.forms import Edition
from warehouse.store import memory

RIGHT = consistent()
CELL, OTHER = (DISPUTES, "review", "total"), (DISPUTES, "litigation_direct", "total")
PUBLISHED = RIGHT.changed("a-published", {CELL: RIGHT.cells[CELL] + 5})
CORRECTED = RIGHT.changed("b-corrected", {OTHER: RIGHT.cells[OTHER] + 1})


def test_a_silent_correction_is_told():
    connection = load([PUBLISHED], memory())
    validate(connection, run_id="first", validated_at=NOW)
    connection.execute("UPDATE core.report SET is_current = false")
    load([CORRECTED], connection)
    assert revisions(connection) == ()

    show(connection, PUBLISHED.report_id, CORRECTED.report_id)
    validate(connection, run_id="second", validated_at=NOW)

    (revision,) = revisions(connection, years=[2019])
    assert (revision.earlier_report_id, revision.later_report_id) == ("a-published", "b-corrected")
    assert set(revision.changed) == {
        ChangedCell(*CELL, RIGHT.cells[CELL] + 5, RIGHT.cells[CELL]),
        ChangedCell(*OTHER, RIGHT.cells[OTHER], RIGHT.cells[OTHER] + 1),
    }
    assert revision.cured == (BrokenPlace("B1", "disputes", "review", None),)
    assert revision.caused == (BrokenPlace("B1", "disputes", "litigation_direct", None),)
    assert revisions(connection, years=[2020]) == ()


def test_a_page_that_goes_back_to_what_it_showed_was_corrected_twice():
    connection = load([PUBLISHED, CORRECTED], memory())
    show(connection, *2 * [PUBLISHED.report_id, CORRECTED.report_id])
    there, back, again = revisions(connection)
    assert (there.earlier_report_id, there.later_report_id) == ("a-published", "b-corrected")
    assert (back.earlier_report_id, back.later_report_id) == ("b-corrected", "a-published")
    assert [each.seen_at for each in (there, back, again)] == [NOW + timedelta(days=day) for day in (1, 2, 3)]
    assert [(cell.before, cell.after) for cell in back.changed] == [(cell.after, cell.before) for cell in there.changed]
    assert again.changed == there.changed
    assert len(there.changed) == 2


@pytest.mark.parametrize("lost", [UNREADABLE, None])
def test_a_figure_that_was_not_read_any_more_was_not_corrected(lost):
    """Nor is what it broke mended."""
    spoiled = PUBLISHED.changed("b-spoiled", {CELL: lost})
    connection = load([PUBLISHED, spoiled], memory())
    show(connection, PUBLISHED.report_id, spoiled.report_id)
    validate(connection, run_id="run", validated_at=NOW)
    connection.execute("UPDATE core.report SET is_current = false WHERE report_id = 'a-published'")
    assert connection.execute("FROM correction").fetchall() == []
    assert revisions(connection) == ()


def test_a_figure_that_was_taken_out_was_corrected():
    emptied = PUBLISHED.changed("b-emptied", {CELL: BLANK})
    connection = load([PUBLISHED, emptied], memory())
    show(connection, PUBLISHED.report_id, emptied.report_id)
    (revision,) = revisions(connection)
    assert revision.changed == (ChangedCell(*CELL, RIGHT.cells[CELL] + 5, None),)


def test_the_appendix_of_2014_to_2018_is_corrected_in_silence_too():
    published = consistent("a-published", Edition.E2014)
    cell = (STATISTICS_TABLE, "7", "amount")
    corrected = published.changed("b-corrected", {cell: published.cells[cell] + 3})
    connection = load([published, corrected], memory())
    show(connection, published.report_id, corrected.report_id)
    told = connection.execute(
        "SELECT table_code, row_code, column_code, value_before, value_after FROM correction"
    ).fetchall()
    assert told == [(*cell, published.cells[cell], corrected.cells[cell])]
    (revision,) = revisions(connection)
    assert revision.changed == tuple(ChangedCell(*each) for each in told)
