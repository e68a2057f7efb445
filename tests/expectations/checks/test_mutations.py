"""Every single-cell change of a consistent report makes exactly the rules fire that the declarations imply."""

from decimal import Decimal
from itertools import cycle

import pytest

from expectations import RULES
from expectations.checks.identity import Formula, Identity, Relation, Term
from tests.expectations.books import APPLICATIONS, Book, checked, consistent, findings
from warehouse.forms import EVERY_FORM, Edition, Measure

Broken = tuple[str, str | None, str | None]

CHANGES = (1, 100, -10_000, "zero")
"""What a figure is changed by, or to."""


def implied(book: Book) -> set[Broken]:
    """The identities of one report, with their places, that do not hold, weighed straight from the declarations."""
    return {
        (rule.id, row, column)
        for rule in RULES.values()
        if isinstance(rule.check, Identity) and not rule.check.looks_back and not rule.check.publishers
        for formula in rule.check.formulas
        if formula.edition == book.edition
        for row, column in places(rule.check, book)
        if not holds(rule.check.relation, *(weigh(book, rule.check, terms, row, column) for terms in sides(formula)))
    }


def places(identity: Identity, book: Book) -> set[tuple[str | None, str | None]]:
    terms = [term for _, term in identity.formula(book.edition).terms()]
    return {
        (None if identity.names_rows else row, None if identity.names_columns else column)
        for table, row, column in book.cells
        if table == identity.table
        and all((table, term.row or row, term.column or column) in book.cells for term in terms)
    }


def sides(formula: Formula) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    return formula.left, formula.right


def weigh(book: Book, identity: Identity, terms: tuple[Term, ...], row: str | None, column: str | None) -> Decimal:
    cells = ((term.weight, (identity.table, term.row or row, term.column or column)) for term in terms)
    return sum((weight * Decimal(book.cells[cell]) for weight, cell in cells), Decimal(0))


def holds(relation: Relation, left: Decimal, right: Decimal) -> bool:
    return {
        Relation.EQUAL: left == right,
        Relation.AT_LEAST: left >= right,
        Relation.AT_MOST: left <= right,
        Relation.ZERO_TOGETHER: (left == 0) == (right == 0),
        Relation.NOT_ALONE: left == 0 or right != 0,
    }[relation]


def test_a_consistent_report_passes_every_rule() -> None:
    assert findings(checked(consistent(), consistent("later", Edition.E2021)), "*") == []


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize(
    "changes", [CHANGES, *(pytest.param((each,), marks=pytest.mark.long, id=str(each)) for each in CHANGES)]
)
def test_a_changed_cell_breaks_what_it_implies(edition: Edition, changes: tuple[int | str, ...]) -> None:
    """Every cell is changed, by all sizes in turn so that each size meets every kind of cell."""
    base = consistent(edition=edition)
    books = [
        base.changed(".".join(cell), {cell: 0 if change == "zero" else base.cells[cell] + change})
        for cell, change in zip(base.cells, cycle(changes))
    ]

    fired: dict[str, set[Broken]] = {book.report_id: set() for book in books}
    connection = checked(*books, rules=tuple(rule for rule in RULES if rule not in ("A5", "A7")))
    for name, rule_id, row, column in findings(
        connection, "report_id, rule_id, row_code, column_code", "verdict = 'fail'"
    ):
        fired[name].add((rule_id, row, column))

    assert fired == {book.report_id: implied(book) for book in books}
    assert any(fired.values())


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
        for (table, form_edition), form in EVERY_FORM.items()
        if form_edition == edition
        for (row, column), cell in form.cells.items()
    }
    negative = [base.changed(f"negative.{'.'.join(cell)}", {cell: -3}) for cell in base.cells]
    fractional = [base.changed(f"fractional.{'.'.join(cell)}", {cell: Decimal("0.5")}) for cell in base.cells]
    found = findings(checked(*negative, *fractional, rules=("A5",)), "report_id, severity, left_value")
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
