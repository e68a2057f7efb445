"""A page whose figures changed says which, and what that cured or caused."""

from expectations import validate
from expectations.revisions import BrokenPlace, ChangedCell, revisions
from tests.expectations.books import DISPUTES, NOW, consistent, load


def test_a_silent_correction_is_told():
    right = consistent()
    cell, other = (DISPUTES, "review", "total"), (DISPUTES, "litigation_direct", "total")
    published = right.changed("a-published", {cell: right.cells[cell] + 5})
    corrected = right.changed("b-corrected", {other: right.cells[other] + 1})
    connection = load([published])
    validate(connection, run_id="first", validated_at=NOW)
    assert revisions(connection) == ()

    connection.execute("UPDATE core.report SET is_current = false")
    load([corrected], connection)
    validate(connection, run_id="second", validated_at=NOW)

    (revision,) = revisions(connection, years=[2019])
    assert (revision.earlier_report_id, revision.later_report_id) == ("a-published", "b-corrected")
    assert set(revision.changed) == {
        ChangedCell(*cell, right.cells[cell] + 5, right.cells[cell]),
        ChangedCell(*other, right.cells[other], right.cells[other] + 1),
    }
    assert revision.cured == (BrokenPlace("B1", "disputes", "review", None),)
    assert revision.caused == (BrokenPlace("B1", "disputes", "litigation_direct", None),)
    assert revisions(connection, years=[2020]) == ()
