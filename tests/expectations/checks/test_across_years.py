"""Rules that look at the year before, at organs, dates and prose."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from expectations import RULES, validate
from expectations.model import Scope
from tasks.audit.check import check
from tasks.extract.extraction import extract
from tests.expectations.books import (
    APPLICATIONS,
    BLANK,
    NOW,
    PROACTIVE,
    UNREADABLE,
    Book,
    checked,
    consistent,
    findings,
    load,
)
from tests.real_reports import REPORTS, needs_real_reports
from warehouse.forms import Edition
from warehouse.loading.staging import insert_rows
from warehouse.store import Connection


def following(base: Book, changes: dict[tuple[str, str], int] | None = None) -> Book:
    """The next year's report: what was carried out is carried in, and its sums hold."""
    later = consistent("later", base.edition, seed=2)
    cells = dict(later.cells)
    for (table, row, column), value in base.cells.items():
        if row == "carried_out":
            cells[table, "received_new", column] += cells[table, "carried_in", column] - value
            cells[table, "carried_in", column] = value
        elif column == "in_force":
            change = cells[PROACTIVE, row, "issued"] - cells[PROACTIVE, row, "repealed"]
            cells[PROACTIVE, row, "in_force"] = value + change
        elif column == "prior_items":
            cells[PROACTIVE, row, "prior_items"] = value + base.cells[PROACTIVE, row, "change"]
    return replace(
        later, year=base.year + 1, cells={**cells, **{(PROACTIVE, *k): v for k, v in (changes or {}).items()}}
    )


def broken(*books: Book) -> list[tuple[object, ...]]:
    return findings(
        checked(*books),
        "report_id, rule_id, row_code, column_code, left_value, right_value",
        "verdict = 'fail' AND rule_id <> 'C5'",
    )


@pytest.mark.parametrize("edition", Edition)
def test_consistent_years_pass(edition: Edition) -> None:
    base = consistent(edition=edition)
    assert broken(base, following(base)) == []


def test_what_is_carried_out_is_carried_in_also_into_another_edition() -> None:
    base = consistent()
    moved = following(base)
    later = replace(consistent("later", Edition.E2021, seed=5), year=2020)
    cells = {**later.cells, **{key: moved.cells[key] for key in moved.cells if key[1] == "carried_in"}}
    cells[APPLICATIONS, "carried_in", "other"] = 77
    found = [row for row in broken(base, replace(later, cells=cells)) if row[1] == "C1"]
    assert found == [("later", "C1", None, "other", 77, base.cells[APPLICATIONS, "carried_out", "other"])]


def test_the_stock_in_force_follows() -> None:
    base = consistent(edition=Edition.E2021)
    right = following(base).cells[PROACTIVE, "regulations", "in_force"]
    later = following(base, {("regulations", "in_force"): right + 5})
    assert broken(base, later) == [("later", "C2", "regulations", None, right + 5, right)]


def test_the_items_follow() -> None:
    base = consistent()
    right = following(base).cells[PROACTIVE, "fees", "prior_items"]
    assert broken(base, following(base, {("fees", "prior_items"): right + 5})) == [
        ("later", "C3", "fees", None, right + 5, right)
    ]


def test_a_missing_year_is_counted_but_no_finding() -> None:
    base = consistent()
    connection = load([base, replace(following(base), year=base.year + 2)])
    outcomes = [each for each in validate(connection, run_id="run", validated_at=NOW) if each.rule_id == "C1"]
    assert [(each.year, each.evaluated, each.not_assessable) for each in outcomes] == [(2019, 7, 7), (2021, 7, 7)]
    assert findings(connection, "*") == []


def test_a_corrected_year_is_assessed_together_with_the_next() -> None:
    base = consistent()
    connection = load([base, following(base)])
    connection.execute("UPDATE core.cell SET value = value + 1 WHERE report_id = 'report' AND row_code = 'carried_out'")
    only = [RULES["C1"]]
    validate(connection, run_id="run", validated_at=NOW, years=[2019], rules=only)
    assert {row[0] for row in findings(connection, "report_id")} == {"later"}
    connection.execute("UPDATE core.cell SET value = value - 1 WHERE report_id = 'report' AND row_code = 'carried_out'")
    validate(connection, run_id="again", validated_at=NOW + timedelta(days=1), years=[2019], rules=only)
    assert findings(connection, "report_id") == []


def test_a_report_must_not_repeat_the_last_one() -> None:
    base = consistent()
    copied = replace(base, report_id="copy", year=2020)
    assert ("copy", "A7") in {row[:2] for row in broken(base, copied)}
    zeros = Book("zeros", dict.fromkeys(base.cells, 0))
    assert broken(zeros, replace(zeros, report_id="again", year=2020)) == []


def test_a_jump_needs_a_figure_of_some_size() -> None:
    base = Book("zeros", dict.fromkeys(consistent().cells, 0))
    jumped = {(PROACTIVE, "licensing", "decisions"): 50, (PROACTIVE, "penalties", "decisions"): 49}
    found = findings(checked(base, replace(base.changed("jump", jumped), year=2020), rules=("C5",)), "row_code")
    assert found == [("licensing",)]


def organ(connection: Connection, organ_id: str, **columns: str) -> None:
    insert_rows(connection, {"organ": [{"organ_id": organ_id, "name": "某某局", **columns}]})


def test_only_some_organs_can_make_regulations() -> None:
    ranks = [("township", "township"), ("department", "county"), ("department", "city"), ("government", "city")]
    connection = load([replace(consistent("/".join(rank)), organ_id="/".join(rank)) for rank in ranks])
    for kind, level in ranks:
        organ(connection, f"{kind}/{level}", kind=kind, level=level)
    validate(connection, run_id="run", validated_at=NOW, rules=[RULES["D4"]])
    fires = {row[0] for row in findings(connection, "report_id")}
    assert fires == {"township/township", "department/county"}


def test_reports_are_due() -> None:
    days = {
        "in time": ("department", date(2024, 1, 31)),
        "late": ("department", date(2024, 2, 1)),
        "government in time": ("government", date(2024, 3, 31)),
        "government late": ("government", date(2024, 4, 1)),
    }
    connection = load([replace(consistent(name), organ_id=name, year=2023) for name in days])
    for name, (kind, published_on) in days.items():
        organ(connection, name, kind=kind)
        connection.execute("UPDATE core.report SET published_on = ? WHERE report_id = ?", [published_on, name])
    validate(connection, run_id="run", validated_at=NOW, rules=[RULES["H2"]])
    assert findings(connection, "report_id") == [("government late",), ("late",)]


def test_a_member_is_no_larger_than_its_government() -> None:
    member = consistent()
    above = replace(member.changed("above", {(APPLICATIONS, "granted", "other"): 0}), organ_id="government")
    connection = load([member, above])
    organ(connection, member.organ_id, parent_organ_id="government")
    validate(connection, run_id="run", validated_at=NOW, rules=[RULES["F2"]])
    granted = member.cells[APPLICATIONS, "granted", "other"]
    assert findings(connection, "report_id, row_code, column_code, left_value, right_value") == [
        ("report", "granted", "other", granted, 0)
    ]


@pytest.mark.parametrize("rule", ["F1", "F2"])
def test_a_government_speaks_for_its_own_office_only_where_no_figure_is_unread(rule: str) -> None:
    """One that states less everywhere is left aside; as long as a figure is unread, nobody can say that it does."""
    granted, denied = (APPLICATIONS, "granted", "other"), (APPLICATIONS, "denied_state_secret", "other")
    member = Book("member", {granted: 3, denied: 3}, organ_id="member")
    for above, verdicts in ((0, set()), (UNREADABLE, {"not_assessable"}), (3, {"fail"})):
        connection = load([member, Book("above", {granted: 0, denied: above}, organ_id="above")])
        organ(connection, "member", parent_organ_id="above")
        validate(connection, run_id="run", validated_at=NOW, rules=[RULES[rule]])
        assert {verdict for (verdict,) in findings(connection, "verdict")} == verdicts


def claimed(book: Book, measure: str, value: int, parts: list[int] | None = None) -> list[tuple[object, ...]]:
    """The rule, the figure of the table and the sentence of what one claim breaks."""
    connection = load([book])
    statement = {
        "report_id": book.report_id,
        "ordinal": 0,
        "measure": measure,
        "value": Decimal(value),
        "quote": "原句",
        "parts": [Decimal(part) for part in parts or []],
    }
    insert_rows(connection, {"statement": [statement]})
    rules = [rule for rule in RULES.values() if rule.scope is Scope.STATEMENT]
    validate(connection, run_id="run", validated_at=NOW, rules=rules)
    return findings(connection, "rule_id, verdict, right_value, quote", "statement_ordinal IS NOT NULL")


def total(book: Book, *rows: str) -> int:
    return sum(int(book.cells[APPLICATIONS, row, "total"]) for row in rows)


def test_received_may_include_what_was_carried_in() -> None:
    book = consistent()
    for rows in (("received_new",), ("received_new", "carried_in")):
        assert claimed(book, "received_new", total(book, *rows)) == []
    assert claimed(book, "received_new", 1) == [("E1", "fail", total(book, "received_new"), "原句")]


def test_granted_and_partially_granted_are_one_figure_only_if_named_together() -> None:
    book = consistent()
    both = total(book, "granted", "partially_granted")
    assert claimed(book, "granted_or_partially_granted", both) == []
    assert claimed(book, "granted", both)[0][0] == "E3"


def test_a_blank_total_is_added_up_for_a_claim() -> None:
    book = consistent()
    blank = book.changed("report", {(APPLICATIONS, "concluded_total", "total"): BLANK})
    assert claimed(blank, "concluded_total", total(book, "concluded_total")) == []


def test_a_claim_of_zero_agrees_with_a_blank_row_and_no_other_claim_is_judged_by_it() -> None:
    base = consistent()
    book = base.changed("report", {key: BLANK for key in base.cells if key[1] in ("received_new", "carried_in")})
    assert claimed(book, "received_new", 0) == []
    assert claimed(book, "received_new", 3) == [("E1", "not_assessable", None, "原句")]


def test_listed_members_add_up_and_years_agree() -> None:
    book = consistent()
    assert claimed(book, "listed_members", 6, [1, 2, 3]) == []
    assert claimed(book, "listed_members", 7, [1, 2, 3]) == [("E8", "fail", 6, "原句")]
    assert claimed(book, "period_year", 2019) == []
    assert claimed(book, "report_year", 2018) == [("E9", "fail", 2019, "原句")]


def test_nothing_is_raised_from_a_table_whose_readings_disagree() -> None:
    book = consistent().changed("report", {(APPLICATIONS, "granted", "other"): 999})
    connection = load([book])
    table = {
        "report_id": "report",
        "table_code": "applications",
        "edition": "2019",
        "cells_expected": 161,
        "cells_read": 161,
        "cells_blank": 0,
        "cells_unreadable": 0,
        "is_doubtful": True,
    }
    insert_rows(connection, {"report_table": [table]})
    validate(connection, run_id="run", validated_at=NOW)
    verdicts = findings(
        connection, "DISTINCT verdict, reason, report_id, '' AS rule_id, '' AS row_code, '' AS column_code"
    )
    assert [row[:2] for row in verdicts] == [("not_assessable", "readings_disagree")]


@needs_real_reports
@pytest.mark.parametrize(
    ("name", "critical", "warnings"),
    [
        ("wenzhou-jgswj-2019.txt", [], []),
        ("shanghai-govoffice-2019.html", [], [("E3", 258, 275)]),
        ("hongze-2023.pdf", [("B1", 11, 0), ("B1", 5, 0)], None),
    ],
)
def test_real_reports(name: str, critical: list[tuple[object, ...]], warnings: list[tuple[object, ...]] | None) -> None:
    (verdicts,) = check([extract((REPORTS / name).read_bytes(), item=name)])
    found = {
        severity: sorted(
            (each.rule_id, each.left, each.right) for each in verdicts.findings if each.severity == severity
        )
        for severity in ("critical", "warning")
    }
    assert found["critical"] == sorted(critical)
    if warnings is not None:
        assert found["warning"] == warnings
