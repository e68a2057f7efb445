"""Growth that the prose tells: within a sentence, and on the report of the year before."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.audit.check import check
from tasks.extract.prose import read_growth
from tasks.extract.report import Cell, CellState, Completeness, Place, Report, Statement
from warehouse.forms import Edition, TableCode

ORGAN = "云泽市民政局"
APPLICATIONS = TableCode.APPLICATIONS


def report(year: int, *sentences: str, received: int = 8, carried_in: int = 0, unread: bool = False) -> Report:
    """A report that says so many applications were received, in its table and, with its growth, in sentences."""
    cells = tuple(
        Cell(APPLICATIONS, Edition.E2021, row, "total", value, state, str(value), Place(0, 0, 0))
        for row, value, state in (
            (
                "received_new",
                None if unread else Decimal(received),
                CellState.UNREADABLE if unread else CellState.NUMBER,
            ),
            ("carried_in", Decimal(carried_in), CellState.NUMBER),
        )
    )
    return Report(
        organ=ORGAN,
        year=year,
        tables={APPLICATIONS: Edition.E2021},
        cells=cells,
        statements=tuple(read_growth(sentences, year, ORGAN)),
        completeness={APPLICATIONS: Completeness(2, 2, 0, int(unread))},
    )


def told(*reports: Report) -> list[tuple[str, str]]:
    """Return rule and sentence of the findings on the growth of the last report."""
    return [(rule, told) for rule, _, told in findings(reports)]


@cache
def told_of_each(*sentences: str) -> dict[str, list[tuple[str, str]]]:
    """The same of a report with many sentences, by the sentence that it is about."""
    found = findings([report(2023, *sentences)])
    return {sentence: [(rule, told) for rule, quote, told in found if quote == sentence] for sentence in sentences}


def findings(reports: Sequence[Report]) -> list[tuple[str, str | None, str]]:
    growth = (each for each in check(reports)[-1].findings if each.rule_id in ("E7", "E7b"))
    return [(each.rule_id, each.quote, each.sentence.chinese) for each in growth]


RIGHT = (
    "全年共收到政府信息公开申请8件，比上年的6件增长33.3%。",
    "全年共收到政府信息公开申请8件，比上年的6件增加2件。",
    "2023年共收到政府信息公开申请8件，2022年为6件，同比增长33%。",
    "2022年收到政府信息公开申请6件，2023年收到政府信息公开申请8件，同比增长33.33%。",
    "全年共收到政府信息公开申请8件，较上年增加2件，增长33.4%。",
    "全年共收到政府信息公开申请8件，同比增长33.3%（上年6件）。",
    "全年共收到政府信息公开申请8件（去年16件），同比下降50%。",
    "全年共收到政府信息公开申请8件，是2022年（4件）的2倍，增加4件。",
    "全年新收申请量由上年的6件上升至8件，增长33.3%。",
    "2022年、2023年新收申请分别为6件、8件，同比增长33.3%。",
    "全年主动公开政府信息18,240条，上年为16,512条，同比增长10.5%。",
    "年内办结率为93.8%，上年为91.2%，同比提高2.6个百分点。",
    "年内办结率由上年的93.8%下降到91.2%，下降2.6个百分点。",
    "全年共收到政府信息公开申请24件，较2022年的10件增长1.4倍。",
)
WRONG = {
    "全年共收到政府信息公开申请8件，比上年的6件增长31.2%。": "所称增长 31.2%，按所列数字应为增长 33.33%。",
    "全年共收到政府信息公开申请8件，比上年的6件增加3件。": "所称增加 3 件，按所列数字应为增加 2 件。",
    "2023年共收到政府信息公开申请8件，2022年为6件，同比下降33.3%。": "所称下降 33.3%，按所列数字应为增长 33.33%。",
    "2022年收到信息公开申请6件，2023年收到信息公开申请8件，同比增长25%。": "所称增长 25%，按所列数字应为增长 33.33%。",
    "全年共收到政府信息公开申请8件，较上年增加2件，增长25%。": "所称增长 25%，按所列数字应为增长 33.33%。",
    "全年共收到政府信息公开申请8件，去年同期6件，与上年持平。": "所称持平，按所列数字应为增加 2 件。",
    "收到申请8件，2022年收到4件，同比增长200%。": "所称增长 200%，按所列数字应为增长 100%。",
    "新收申请3,044件，是上年2,877件的1.6倍。": "所称上年的 1.6 倍，按所列数字应为上年的 1.06 倍。",
    "全年主动公开政府信息18,240条，上年为16,512条，同比增长15.0%。": "所称增长 15%，按所列数字应为增长 10.47%。",
    "2022年、2023年新收申请分别为1,935件、2,126件，同比增长0.99%。": "所称增长 0.99%，按所列数字应为增长 9.87%。",
    "全年收到信访件8件，较上年的6件增长90%。": "所称增长 90%，按所列数字应为增长 33.33%。",
    "上半年收到政府信息公开申请8件，较上年同期的6件增长90%。": "所称增长 90%，按所列数字应为增长 33.33%。",
    "年内办结率为93.8%，上年为91.2%，同比提高3.6个百分点。": (
        "所称提高 3.6 个百分点，按所列数字应为提高 2.6 个百分点。"
    ),
    "全年共收到政府信息公开申请8件（去年16件），同比下降5%。": "所称下降 5%，按所列数字应为下降 50%。",
}


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_growth_that_is_that_of_its_figures_is_no_finding(sentence: str) -> None:
    assert {each.quote for each in read_growth([sentence], 2023, ORGAN)} == {sentence}
    assert told_of_each(*RIGHT)[sentence] == []


@pytest.mark.parametrize(("sentence", "wrong"), WRONG.items())
def test_a_growth_of_other_figures_is_one(sentence: str, wrong: str) -> None:
    ((rule, finding),) = told_of_each(*WRONG)[sentence]
    assert rule == "E7"
    assert finding.endswith(wrong)


@pytest.mark.parametrize(
    "sentence",
    [
        "全年共收到政府信息公开申请8件，同比增长约33.3%。",
        "全年共收到政府信息公开申请8件，与去年基本持平。",
        "全年共收到政府信息公开申请8件，办结8件，同比增长90%。",
        "全年共收到政府信息公开申请8件，其中自然人6件，同比增长90%。",
        "全年共收到政府信息公开申请8件，较2019年增长90%。",
        "全年共收到政府信息公开申请8件，按时办结率较上年增加3个百分点。",
        "全年共收到政府信息公开申请8件，网站访问量同比增长90%。",
    ],
)
def test_what_is_not_exact_or_of_another_figure_is_left_aside(sentence: str) -> None:
    assert list(read_growth([sentence], 2023, ORGAN)) == []


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("同比增长33.3%", True),
        ("较上年增加2件", True),
        ("同比增长60%", False),
        ("与上年持平", False),
        ("比2022年减少2件", False),
    ],
)
def test_growth_is_held_against_the_report_of_the_year_before(words: str, right: bool) -> None:
    sentence = f"全年共收到政府信息公开申请8件，{words}。"
    found = told(report(2022, received=6), report(2023, sentence))
    assert [rule for rule, _ in found] == ([] if right else ["E7b"])
    assert told(report(2023, sentence)) == [], "nothing is known of the year before"


def test_what_was_carried_in_may_be_counted_with_the_new_ones() -> None:
    sentence = "全年共收到政府信息公开申请8件，同比增长100%。"
    assert told(report(2022, received=3, carried_in=1), report(2023, sentence)) == []


def test_prose_that_counts_something_else_than_the_table_is_left_aside() -> None:
    sentence = "全年共收到政府信息公开申请5件，同比增长60%。"
    assert told(report(2022, received=6), report(2023, sentence)) == []


def test_a_year_before_that_was_not_read_is_not_assessable() -> None:
    sentence = "全年共收到政府信息公开申请8件，同比增长60%。"
    verdicts = check([report(2022, unread=True), report(2023, sentence)])[-1]
    assert [each.rule_id for each in verdicts.findings if each.rule_id == "E7b"] == []
    assert [each.reason for each in verdicts.not_assessable if each.rule_id == "E7b"] == ["table_incomplete"]


@settings(max_examples=5)
@given(st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 3000), st.integers(0, 2)), min_size=30, max_size=60))
def test_no_growth_that_is_rounded_or_cut_off_is_a_finding(growths: list[tuple[int, int, int]]) -> None:
    sentences = []
    for now, before, digits in growths:
        growth, step = Decimal(100 * (now - before)) / before, Decimal(1).scaleb(-digits)
        way = "下降" if growth < 0 else "增长"
        for stated in {abs(growth).quantize(step), abs(growth).quantize(step, rounding=ROUND_DOWN)}:
            sentences.append(f"全年共收到政府信息公开申请{now}件，比上年的{before}件{way}{stated}%。")
    assert told(report(2023, *sentences)) == []


def test_what_grew_is_kept_with_both_figures() -> None:
    sentence = "全年共收到政府信息公开申请1,581件，较上年的1,361件增加220件，增长16.1%。"
    parts = (Decimal(1581), Decimal(1361))
    assert list(read_growth(["一、总体情况", sentence], 2023, ORGAN)) == [
        Statement("increase", Decimal(220), sentence, parts, 1),
        Statement("growth", Decimal("16.1"), sentence, parts, 1),
    ]
