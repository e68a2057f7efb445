"""What a rule says, in words made from its declaration: its formula with the form's labels, and an example."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from expectations.checks import Identity, Relation, Term
from expectations.model import Rule, Side, Text, Verdict
from expectations.naming import column_name, row_name
from expectations.wording import Assessment, sentence
from warehouse.forms import FORMS, Edition, Form

_SIGNS = {
    Relation.EQUAL: "=",
    Relation.AT_LEAST: "≥",
    Relation.AT_MOST: "≤",
    Relation.ZERO_TOGETHER: "≠ 0 ⇔ 0 ≠",
    Relation.NOT_ALONE: "≠ 0 ⇒ 0 ≠",
}


def formula(rule: Rule, edition: Edition) -> Text | None:
    """Write a rule's identity with the labels of one edition of the form; ``None`` for a rule that is not one."""
    if not isinstance(rule.check, Identity) or edition not in rule.editions:
        return None
    form, declared = FORMS[rule.check.table, edition], rule.check.formula(edition)
    left, right = _sum(form, declared.left), _sum(form, declared.right)
    sign = _SIGNS[rule.check.relation]
    return Text(f"{left.chinese} {sign} {right.chinese}", f"{left.english} {sign} {right.english}")


def example(rule: Rule) -> Text | None:
    """Make the sentence of a finding of made-up figures; ``None`` for a rule that is not an identity."""
    if not isinstance(rule.check, Identity):
        return None
    edition = rule.editions[-1]
    row, column = _place(rule.check, FORMS[rule.check.table, edition])
    cells = list(_cells(rule.check, edition, row, column))
    left, right = (
        sum((cell["weight"] * cell["value"] for cell in cells if cell["side"] == side), Decimal(0)) for side in Side
    )
    return sentence(
        Assessment(
            rule=rule,
            report_id="",
            year=_YEAR,
            table=rule.check.table,
            edition=edition,
            verdict=Verdict.FAIL,
            reason=None,
            row=row,
            column=column,
            quote=None,
            breach=None,
            left=left,
            right=right,
            strict_verdict=Verdict.FAIL,
            cells=cells,
        )
    )


_YEAR = 2023
_FIGURES = {
    Relation.EQUAL: (5, 4),
    Relation.AT_LEAST: (4, 5),
    Relation.AT_MOST: (5, 4),
    Relation.ZERO_TOGETHER: (5, 0),
    Relation.NOT_ALONE: (5, 0),
}
"""The first figures of the left and the right side that break a relation; all others are zero."""


def _place(identity: Identity, form: Form) -> tuple[str | None, str | None]:
    """Return the first place of the form where the identity stands."""
    terms = [term for _, term in identity.formula(form.edition).terms()]
    row, column = next(
        (row, column)
        for row, column in form.cells
        if any(term.row in (None, row) and term.column in (None, column) for term in terms)
        and (not identity.rows or row in identity.rows)
    )
    return None if identity.names_rows else row, None if identity.names_columns else column


def _cells(identity: Identity, edition: Edition, row: str | None, column: str | None) -> Iterator[dict[str, Any]]:
    left, right = _FIGURES[identity.relation]
    first = {Side.LEFT: left, Side.RIGHT: right}
    for side, term in identity.formula(edition).terms():
        yield {
            "side": side,
            "weight": term.weight,
            "year": _YEAR - term.years_back,
            "row_code": term.row or row,
            "column_code": term.column or column,
            "value": Decimal(first.pop(side, 0)),
            "state": "number",
        }


def _sum(form: Form, terms: tuple[Term, ...]) -> Text:
    if not terms:
        return Text("0", "0")
    chinese, english = [], []
    for position, term in enumerate(terms):
        name = row_name(form, term.row) if term.row else column_name(form, term.column or "")
        sign = "- " if term.weight < 0 else "+ " if position else ""
        chinese.append(f"{sign}{'上年' if term.years_back else ''}{name.chinese}")
        english.append(f"{sign}{'last year’s ' if term.years_back else ''}{name.english}")
    return Text(" ".join(chinese), " ".join(english))
