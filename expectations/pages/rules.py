"""What a rule says, in words made from its declaration: its formula with the form's labels, and an example."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import singledispatch
from typing import Any

from expectations.checks import (
    AlikeProse,
    AtMostGovernment,
    CellLimits,
    Claim,
    Identity,
    Jump,
    Relation,
    Repetition,
    ReportLimits,
    StatementEquals,
    SumOfMembers,
    Term,
)
from expectations.model import Check, Rule, Side, Verdict
from expectations.naming import column_name, measure_name, row_name
from expectations.wording import Assessment, sentence
from warehouse.forms import EVERY_FORM, Edition, Form, TableCode
from warehouse.text import Text

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
    form, declared = EVERY_FORM[rule.check.table, edition], rule.check.formula(edition)
    left, right = _sum(form, declared.left), _sum(form, declared.right)
    sign = _SIGNS[rule.check.relation]
    return Text(f"{left.chinese} {sign} {right.chinese}", f"{left.english} {sign} {right.english}")


def example(rule: Rule) -> Text:
    """Make the sentence of a finding of made-up figures."""
    return sentence(_broken(rule.check, rule))


@singledispatch
def _broken(check: Check, rule: Rule) -> Assessment:
    """Make an assessment that fails; every kind of check registers how."""
    raise TypeError(f"no example for {type(check).__name__}")


def _assessment(rule: Rule, left: int | None = None, right: int | None = None, **known: Any) -> Assessment:
    unknown = dict.fromkeys(("table", "row", "column", "quote", "breach"))
    return Assessment(
        rule=rule,
        report_id="",
        year=_YEAR,
        edition=rule.editions[-1],
        verdict=Verdict.FAIL,
        strict_verdict=Verdict.FAIL,
        reason=None,
        left=None if left is None else Decimal(left),
        right=None if right is None else Decimal(right),
        **{**unknown, "cells": [], **known},
    )


@_broken.register
def _(check: Identity, rule: Rule) -> Assessment:
    edition = rule.editions[-1]
    row, column = _place(check, EVERY_FORM[check.table, edition])
    cells = list(_cells(check, edition, row, column))
    left, right = (sum(int(cell["weight"] * cell["value"]) for cell in cells if cell["side"] == side) for side in Side)
    return _assessment(rule, left, right, table=check.table, row=row, column=column, cells=cells)


@_broken.register
def _(check: CellLimits, rule: Rule) -> Assessment:
    return _assessment(rule, -3, table=TableCode.APPLICATIONS, row="granted", column="other", breach=0)


@_broken.register
def _(check: ReportLimits, rule: Rule) -> Assessment:
    return _assessment(rule, quote=f"{_YEAR + 1}-05-06", breach=0)


@_broken.register
def _(check: Claim, rule: Rule) -> Assessment:
    reading = check.readings[0]
    name = reading.name or measure_name(EVERY_FORM[check.table, rule.editions[-1]], reading.measure)
    return _assessment(rule, 12, 11, table=check.table, row=reading.measure, quote=f"{name.chinese}12件")


@_broken.register
def _(check: StatementEquals, rule: Rule) -> Assessment:
    if "report_year" in check.measures:
        return _assessment(rule, _YEAR - 1, _YEAR, quote=f"统计期限自{_YEAR - 1}年1月1日起")
    return _assessment(rule, 12, 11, quote="申请12件（当面5件、网络6件）")


@_broken.register
def _(check: Jump, rule: Rule) -> Assessment:
    table, row, column = check.places[-1]
    return _assessment(rule, 600, 100, table=table, row=row, column=column)


@_broken.register
def _(check: AlikeProse, rule: Rule) -> Assessment:
    return _assessment(rule, check.per_cent + 7, check.per_cent, quote=f"某某市民政局 {_YEAR}")


@_broken.register
def _(check: Repetition, rule: Rule) -> Assessment:
    return _assessment(rule, 200, 200)


@_broken.register(AtMostGovernment)
@_broken.register(SumOfMembers)
def _(check: AtMostGovernment | SumOfMembers, rule: Rule) -> Assessment:
    return _assessment(rule, 12, 11, table=check.tables[0], row="granted", column="total")


def page(rules: Iterable[Rule]) -> str:
    """Write the page of the documentation that explains every rule, in Markdown."""
    rules = tuple(rules)
    lines = [
        "# The rules",
        "",
        "Made from the declarations by `make docs`; a test fails when this page is older than they are.",
        "A *critical* rule is an accounting identity of the form; a *warning* is usually a mistake; *info* is worth a",
        "look. What could not be assessed is never counted as broken: the reason is kept instead.",
        "",
        "| rule | severity | 规则 | what must be true |",
        "| --- | --- | --- | --- |",
        *(
            f"| [{rule.id}](#{rule.id.lower()}) | {rule.severity} | {rule.title.chinese} | {rule.title.english} |"
            for rule in rules
        ),
    ]
    for rule in rules:
        lines += _section(rule)
    return "\n".join(lines) + "\n"


def _section(rule: Rule) -> Iterator[str]:
    shown = example(rule)
    editions = ", ".join(rule.editions)
    yield from ("", f"## {rule.id}", "", f"**{rule.title.chinese} · {rule.title.english}**", "")
    yield f"*{rule.severity}, per {rule.scope}, editions {editions}, version {rule.version}*"
    yield from ("", rule.explanation.chinese, "", rule.explanation.english, "")
    for edition in rule.editions:
        if written := formula(rule, edition):
            yield from (f"- {edition}: {written.chinese}", f"  - {written.english}")
    yield from ("", f"> {shown.chinese}", ">", f"> {shown.english}", "", f"Source: {rule.source}")


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
        chinese.append(f"{sign}{'上年报告' if term.years_back else ''}{name.chinese}")
        english.append(f"{sign}{'last year’s ' if term.years_back else ''}{name.english}")
    return Text(" ".join(chinese), " ".join(english))
