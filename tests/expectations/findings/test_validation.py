"""Findings are refreshed, outcomes recorded, sentences readable."""

from dataclasses import replace
from datetime import timedelta

from expectations import RULES, declare, validate
from tests.expectations.books import (
    APPLICATIONS,
    BLANK,
    DISPUTES,
    NOW,
    PROACTIVE,
    UNREADABLE,
    Book,
    checked,
    consistent,
    findings,
    load,
)
from warehouse.forms import Edition
from warehouse.store import memory

ZEROS = Book("report", dict.fromkeys(consistent().cells, 0))


def sentences(book: Book, rule_id: str) -> tuple[object, ...]:
    """The Chinese and the English sentence of the one finding of a rule, without what is said of its likely cause."""
    ((chinese, english),) = findings(checked(book, rules=(rule_id,)), "sentence_zh, sentence_en")
    return str(chinese).partition("疑为")[0], str(english).partition(" The error likely")[0]


def test_outcomes_count_every_place() -> None:
    base = consistent()
    connection = load(
        [
            base,
            base.changed("broken", {(APPLICATIONS, "concluded_total", "other"): 9999}),
            base.changed("blank", {(APPLICATIONS, "concluded_total", "other"): BLANK}),
            replace(consistent("later", Edition.E2021), year=2021),
        ]
    )
    outcomes = validate(connection, run_id="run", validated_at=NOW)
    counted = {
        (each.rule_id, each.suite, each.year): (each.evaluated, each.passed, each.failed, each.not_assessable)
        for each in outcomes
    }
    assert {key: counts for key, counts in counted.items() if key[0] in ("A1", "A2", "A3", "A5", "B1")} == {
        ("A1", "form-2019", 2019): (21, 19, 1, 1),
        ("A2", "form-2019", 2019): (21, 19, 1, 1),
        ("A3", "form-2019", 2019): (69, 67, 2, 0),
        ("A5", "form-2019", 2019): (3 * 197 - 1, 3 * 197 - 1, 0, 0),
        ("B1", "form-2019", 2019): (9, 9, 0, 0),
        ("A1", "form-2021", 2021): (7, 7, 0, 0),
        ("A2", "form-2021", 2021): (7, 7, 0, 0),
        ("A3", "form-2021", 2021): (25, 25, 0, 0),
        ("A5", "form-2021", 2021): (199, 199, 0, 0),
        ("B1", "form-2021", 2021): (3, 3, 0, 0),
    }
    recorded = connection.execute(
        "SELECT rule_id, suite, year, evaluated, passed, failed, not_assessable FROM audit.validation"
    ).fetchall()
    assert {tuple(row[:3]): tuple(row[3:]) for row in recorded} == counted


def test_validating_again_changes_nothing_but_the_time() -> None:
    book = consistent().changed("report", {(APPLICATIONS, "granted", "other"): 99})
    connection = checked(book)
    before = findings(connection, "* EXCLUDE (last_found_at, run_id)")
    validate(connection, run_id="again", validated_at=NOW + timedelta(days=1))
    assert findings(connection, "* EXCLUDE (last_found_at, run_id)") == before
    assert findings(
        connection, "DISTINCT last_found_at - first_found_at, run_id, report_id, rule_id, row_code, column_code"
    )[0][:2] == (timedelta(days=1), "again")


def test_validating_leaves_no_setting_behind() -> None:
    connection = checked(consistent())
    assert connection.execute("SELECT current_setting('disabled_optimizers')").fetchone() == ("",)


def test_validating_leaves_the_setting_of_a_lake_as_it_was() -> None:
    """Without it DuckLake takes rows of one file for those of another."""
    connection = checked(consistent())
    connection.execute("SET disabled_optimizers = 'late_materialization'")
    validate(connection, run_id="again", validated_at=NOW, everything=True)
    assert connection.execute("SELECT current_setting('disabled_optimizers')").fetchone() == ("late_materialization",)


def test_findings_that_no_longer_hold_disappear() -> None:
    broken = consistent().changed("report", {(APPLICATIONS, "granted", "other"): 99})
    connection = checked(broken)
    right = consistent().cells[APPLICATIONS, "granted", "other"]
    connection.execute("UPDATE core.cell SET value = ? WHERE row_code = 'granted' AND column_code = 'other'", [right])
    validate(connection, run_id="again", validated_at=NOW)
    assert findings(connection, "*") == []


def test_other_years_and_older_versions_keep_their_findings() -> None:
    broken = consistent().changed("report", {(APPLICATIONS, "granted", "other"): 99})
    connection = checked(broken, replace(broken, report_id="other year", year=2020))
    count = len(findings(connection, "*"))
    outcomes = validate(connection, run_id="again", validated_at=NOW, years=[2020])
    assert {outcome.year for outcome in outcomes} == {2020}
    assert len(findings(connection, "*")) == count
    connection.execute("UPDATE core.report SET is_current = false")
    validate(connection, run_id="again", validated_at=NOW)
    assert len(findings(connection, "*")) == count


def test_the_catalogue_is_written_once() -> None:
    connection = memory()
    declare(connection)
    declare(connection)
    assert [row[0] for row in connection.execute("SELECT rule_id FROM audit.rule").fetchall()] == list(RULES)
    terms = connection.execute(
        "SELECT edition, side, row_code FROM audit.rule_term WHERE rule_id = 'A1' ORDER BY edition, position"
    ).fetchall()
    assert terms[:4] == [
        ("2019", "left", "received_new"),
        ("2019", "left", "carried_in"),
        ("2019", "right", "concluded_total"),
        ("2019", "right", "carried_out"),
    ]


def test_an_empty_warehouse_has_no_outcomes() -> None:
    assert validate(memory(), run_id="run", validated_at=NOW) == ()


def test_the_sentence_fills_in_the_formula() -> None:
    book = ZEROS.changed(
        "report",
        {
            (APPLICATIONS, "received_new", "natural_person"): 2,
            (APPLICATIONS, "concluded_total", "natural_person"): 3,
        },
    )
    assert sentences(book, "A1") == (
        "「自然人」一栏：本年新收 2 + 上年结转 0 = 2，而本年度办理结果—总计 3 + 结转下年度 0 = 3，相差 -1。",
        "Column “Natural persons”: received in this year 2 + carried in from the previous year 0 = 2, "
        "but concluded in total 3 + carried out to the next year 0 = 3; difference -1.",
    )


def test_a_long_sum_shows_what_is_not_zero() -> None:
    book = ZEROS.changed(
        "report",
        {
            (APPLICATIONS, "granted", "other"): 1,
            (APPLICATIONS, "denied_internal_affairs", "other"): 1,
        },
    )
    chinese, english = sentences(book, "A2")
    assert chinese == (
        "「其他」一栏：予以公开 1 + 不予公开—属于三类内部事务信息 1 = 2（其余各项为 0 或空白），"
        "而本年度办理结果—总计 0，相差 2。"
    )
    assert english == (
        "Column “Others”: granted 1 + denied: internal affairs information 1 = 2 (the rest 0 or blank), "
        "but concluded in total 0; difference 2."
    )
    nothing = ZEROS.changed("report", {(APPLICATIONS, "concluded_total", "other"): 5})
    assert sentences(nothing, "A2")[0] == "「其他」一栏：19 项之和为 0，而本年度办理结果—总计 5，相差 -5。"


def test_the_sentence_says_why_a_place_was_not_assessed() -> None:
    blank = ZEROS.changed("report", {(APPLICATIONS, "granted", "total"): BLANK, (APPLICATIONS, "granted", "other"): 4})
    assert sentences(blank, "A3")[0] == (
        "「予以公开」一行：「总计」未填，不作判断；"
        "若空白按 0 计，其他 4（其余各项为 0 或空白），而总计（空白），相差 4。"
    )
    unreadable = ZEROS.changed("report", {(DISPUTES, "litigation_direct", "upheld"): UNREADABLE})
    assert sentences(unreadable, "B1") == (
        "「行政诉讼—未经复议直接起诉」一行：「结果维持」无法识读，不作判断。",
        "Row “Litigation without prior review”: “Upheld” cannot be read, not assessable.",
    )
    absent = ZEROS.changed("report", {(DISPUTES, "review", "total"): None})
    assert sentences(absent, "B1")[0] == "「行政复议」一行：页面缺「总计」，不作判断。"


def test_the_sentence_of_a_single_figure() -> None:
    negative = ZEROS.changed("report", {(PROACTIVE, "licensing", "prior_items"): -3})
    assert sentences(negative, "A5") == (
        "「行政许可」一行「上一年项目数量」一栏：填报 -3，件数不应为负数。",
        "Row “Administrative licensing”, column “Items in the previous year”: -3 reported, "
        "a count must not be negative.",
    )


def test_findings_keep_the_cells_of_the_formula() -> None:
    book = ZEROS.changed("report", {(DISPUTES, "review", "total"): 3, (DISPUTES, "review", "pending"): BLANK})
    ((cells,),) = findings(checked(book), "cells")
    assert [(cell["side"], cell["weight"], cell["column_code"], cell["state"]) for cell in cells] == [
        ("left", 1, "upheld", "number"),
        ("left", 1, "corrected", "number"),
        ("left", 1, "other_result", "number"),
        ("left", 1, "pending", "blank"),
        ("right", 1, "total", "number"),
    ]


def test_what_could_not_be_assessed_is_told_whatever_the_rule() -> None:
    connection = checked(consistent(), rules=())
    for rule in RULES.values():
        example = rule.check.example(rule)
        connection.execute(
            "INSERT INTO audit.not_assessable SELECT 'report', $rule, 1, 'unreadable', 'info', $table, $edition, "
            "[{row_code: $row, column_code: $column, statement_ordinal: NULL, left_value: NULL, right_value: NULL, "
            "strict_verdict: 'not_assessable'}], now(), 'run'",
            {
                "rule": rule.id,
                "table": example.table,
                "edition": example.edition,
                "row": example.row,
                "column": example.column,
            },
        )
    assert {rule for (rule,) in findings(connection, "rule_id")} == set(RULES)
