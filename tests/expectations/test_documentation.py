"""Every rule explains itself from its declaration, and a new one shows up everywhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from expectations import RULES, Severity, declare, validate
from expectations.checks.identity import Formula, Identity, Relation, Term
from expectations.findings.handover import hand_over
from expectations.pages.rules import example, formula, page
from expectations.suites.checkpoint import run_checkpoint
from expectations.suites.export import export
from tests.expectations.books import NOW, PROACTIVE, consistent, findings, load
from warehouse.forms import Edition, TableCode
from warehouse.store import memory, writer
from warehouse.text import Text

IDENTITIES = [rule for rule in RULES.values() if isinstance(rule.check, Identity)]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_is_explained_in_both_languages(rule):
    for text in (rule.title, rule.explanation):
        assert text.chinese
        assert text.english.isascii() or any(word in text.english for word in ("(七)",))
    assert rule.source


@pytest.mark.parametrize("rule", IDENTITIES, ids=lambda rule: rule.id)
def test_every_identity_has_a_formula(rule):
    for edition in rule.editions:
        assert formula(rule, edition).chinese


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_has_an_example(rule):
    made = example(rule)
    assert made.chinese.endswith("。")
    assert made.english.endswith(".")


def test_the_formula_has_the_labels_of_the_form():
    assert formula(RULES["A1"], Edition.E2021).chinese == "本年新收 + 上年结转 = 本年度办理结果—总计 + 结转下年度"
    assert (
        formula(RULES["C2"], Edition.E2021).chinese
        == "现行有效件数 = 上年报告现行有效件数 + 本年制发件数 - 本年废止件数"
    )
    assert formula(RULES["C2"], Edition.E2019) is None
    assert example(RULES["A1"]).chinese == (
        "「自然人」一栏：本年新收 5 + 上年结转 0 = 5，而本年度办理结果—总计 4 + 结转下年度 0 = 4，相差 1。"
    )


def test_a_new_declaration_shows_up_everywhere(tmp_path: Path):
    rule = replace(
        RULES["C4"],
        id="X1",
        title=Text("示例", "An example"),
        severity=Severity.INFO,
        check=Identity(
            TableCode.PROACTIVE,
            (Formula(Edition.E2019, left=(Term(column="made"),), right=(Term(column="newly_disclosed"),)),),
            relation=Relation.AT_MOST,
        ),
    )
    book = consistent().changed(
        "report",
        {
            (PROACTIVE, "regulations", "made"): 41,
            (PROACTIVE, "regulations", "newly_disclosed"): 40,
            (PROACTIVE, "normative_documents", "made"): 0,
        },
    )
    with writer(tmp_path / "warehouse.duckdb") as connection:
        load([book], connection)
        (outcome,) = validate(connection, run_id="run", validated_at=NOW, rules=[rule])
        assert (outcome.suite, outcome.evaluated, outcome.failed) == ("form-2019", 2, 1)
        assert findings(connection, "rule_id, row_code, severity, sentence_zh") == [
            ("X1", "regulations", "info", "「规章」一行：本年新制作数量 41，不应大于本年新公开数量 40。")
        ]
        hand_over(connection, tmp_path / "handover.duckdb", [rule], None)
    (expectation,) = run_checkpoint(tmp_path / "handover.duckdb", tmp_path, run_id="run", rules=[rule]).outcomes
    assert (expectation.rule_id, expectation.failed) == ("X1", 1)
    with memory() as connection:
        declare(connection, [rule])
        assert connection.execute("SELECT rule_id, title_zh FROM audit.rule").fetchall() == [("X1", "示例")]
    assert formula(rule, Edition.E2019).chinese == "本年新制作数量 ≤ 本年新公开数量"
    assert "## X1" in page([rule])
    export(tmp_path / "suites", [rule])
    assert '"rule_id": "X1"' in (tmp_path / "suites" / "form-2019.json").read_text(encoding="utf-8")
