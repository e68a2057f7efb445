"""Every single-cell change of a consistent report makes exactly the rules fire that the declarations imply."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from expectations import RULES
from expectations.checks import Formula, Identity
from tests.expectations.books import APPLICATIONS, Book, Key, checked, consistent, findings
from warehouse.forms import FORMS, Edition, Measure

Broken = tuple[str, str | None, str | None]


def implied(cell: Key, edition: Edition) -> set[Broken]:
    """The identities, with their places, that one changed cell breaks, read straight from the declarations."""
    return {
        broken
        for rule in RULES.values()
        if isinstance(rule.check, Identity) and rule.check.table == cell[0]
        for formula in rule.check.formulas
        if formula.edition == edition
        for broken in _broken(rule.id, formula, cell)
    }


def _broken(rule_id: str, formula: Formula, cell: Key) -> Iterator[Broken]:
    _, row, column = cell
    for _, term in formula.terms():
        if term.row in (None, row) and term.column in (None, column):
            yield rule_id, None if term.row else row, None if term.column else column


def test_a_consistent_report_passes_every_rule() -> None:
    assert findings(checked(consistent(), consistent("later", Edition.E2021)), "*") == []


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("change", [1, -1, 9, 100])
def test_a_changed_cell_breaks_what_it_implies(edition: Edition, change: int) -> None:
    base = consistent(edition=edition)
    mutants = {f"{table}.{row}.{column}": (table, row, column) for table, row, column in base.cells}
    books = [base.changed(name, {cell: base.cells[cell] + change}) for name, cell in mutants.items()]

    fired: dict[str, set[Broken]] = {name: set() for name in mutants}
    for name, rule_id, row, column in findings(checked(*books), "report_id, rule_id, row_code, column_code"):
        fired[name].add((rule_id, row, column))

    assert fired == {name: implied(cell, edition) for name, cell in mutants.items()}


def test_the_difference_is_the_size_of_the_change() -> None:
    base = consistent()
    book = base.changed(
        "changed",
        {(APPLICATIONS, "concluded_total", "other"): 7 + base.cells[APPLICATIONS, "concluded_total", "other"]},
    )
    assert findings(checked(book), "rule_id, difference") == [("A1", -7), ("A2", -7), ("A3", 7)]


@pytest.mark.parametrize("edition", Edition)
def test_every_count_must_be_whole_and_not_negative(edition: Edition) -> None:
    base = consistent(edition=edition)
    measures = {
        (table, row, column): cell.column.measure
        for (table, form_edition), form in FORMS.items()
        if form_edition == edition
        for (row, column), cell in form.cells.items()
    }
    negative = [base.changed(f"negative.{'.'.join(cell)}", {cell: -3}) for cell in base.cells]
    fractional = [base.changed(f"fractional.{'.'.join(cell)}", {cell: Decimal("0.5")}) for cell in base.cells]
    found = findings(checked(*negative, *fractional), "report_id, severity, left_value", "rule_id = 'A5'")
    assert sorted(found) == sorted(
        [
            (f"negative.{'.'.join(cell)}", "critical", Decimal(-3))
            for cell, measure in measures.items()
            if measure is Measure.COUNT
        ]
        + [
            (f"fractional.{'.'.join(cell)}", "warning", Decimal("0.5"))
            for cell, measure in measures.items()
            if measure is not Measure.MONEY
        ]
    )


def test_two_reports_are_never_mixed() -> None:
    base = consistent()
    broken = base.changed("broken", {(APPLICATIONS, "granted", "other"): 99})
    assert {row[0] for row in findings(checked(base, broken), "report_id")} == {"broken"}


def test_superseded_versions_are_not_assessed() -> None:
    old = consistent().changed("old", {(APPLICATIONS, "granted", "other"): 99})
    assert findings(checked(Book(old.report_id, old.cells, is_current=False)), "*") == []
