"""Rules on what the prose says of itself: its years, its percentages, its section five; and on amounts that jump."""

from dataclasses import replace

import pytest

from tasks.audit.check import check
from tasks.extract.prose import read_empty_sections, read_shares, read_statements, read_untold_fees
from tasks.extract.report import Report, Statement
from tests.expectations.books import PROACTIVE, checked, consistent, findings
from warehouse.forms import Edition


def told(*paragraphs: str, year: int = 2023) -> dict[str, list[str]]:
    """Return the sentences of the findings of each rule on a report of a year that has this prose, and full tables."""
    statements: tuple[Statement, ...] = (
        *read_statements(paragraphs, year),
        *read_shares(paragraphs),
        *read_empty_sections(paragraphs),
        *read_untold_fees(paragraphs),
    )
    (verdicts,) = check([replace(BLANK, year=year, statements=statements)])
    found: dict[str, list[str]] = {}
    for finding in verdicts.findings:
        found.setdefault(finding.rule_id, []).append(finding.sentence.chinese)
    return found


def _blank() -> Report:
    from samples.city import organs
    from samples.dresses import dress_of, render
    from samples.reports import sample_reports
    from tasks.extract.extraction import extract

    (sample,) = sample_reports(years=[2023], organs=[organs()[3]])
    return replace(extract(render(sample, dress_of(sample)), item="report.html"), published_on=None)


BLANK = _blank()


@pytest.mark.parametrize(
    "share", ["44.68%", "44.7%", "44.6%", "45%", "44%"], ids=["exact", "rounded", "cut", "rounded whole", "cut whole"]
)
def test_a_percentage_that_is_right_is_no_finding(share: str) -> None:
    assert "E5" not in told(f"全年共办理政府信息公开事项47件，其中予以公开21件，占{share}。")


def test_a_percentage_with_digits_transposed_is_one() -> None:
    (sentence,) = told("全年共办理政府信息公开事项47件，其中予以公开21件，占54.7%。")["E5"]
    assert sentence.endswith("所称 54.7% 按所列数字应为 44.68%。")


def test_a_percentage_of_a_whole_in_brackets_is_that_of_it() -> None:
    assert "E5" not in told("予以公开187件，占办结总数（1,611件）的11.6%。")
    (sentence,) = told("予以公开187件，占办结总数（611件）的36.0%。")["E5"]
    assert sentence.endswith("所称 36% 按所列数字应为 30.61%。")


@pytest.mark.parametrize(
    "sentence",
    [
        "全年收到申请47件，同比增长54.7%，其中予以公开21件。",
        "全年收到申请47件、办结40件，其中予以公开21件，占54.7%。",
        "予以公开21件，占54.7%。",
        "全年发布信息470条，其中动态类占54.7%。",
        "全年收到申请47件，其中予以公开21件，占全市的54.7%。",
    ],
)
def test_a_percentage_of_something_that_is_not_named_is_left_aside(sentence: str) -> None:
    assert not list(read_shares([sentence]))


def test_both_ends_of_the_period_are_read() -> None:
    assert "E9" not in told("本报告统计期限自2023年1月1日起至2023年12月31日止。")
    (sentence,) = told("本报告统计期限自2023年1月1日起至2022年12月31日止。")["E9"]
    assert "年份 2022 与报告年度 2023 不一致" in sentence
    assert "疑为标题" not in sentence


def test_the_title_is_blamed_where_it_stands_alone() -> None:
    sentences = told(
        "本报告统计期限自2023年1月1日起至2023年12月31日止。",
        "根据条例规定，现公布2023年政府信息公开工作年度报告。",
        year=2022,
    )["E9"]
    assert len(sentences) == 2
    assert all("正文与统计期限均为 2023，疑为标题年份有误" in sentence for sentence in sentences)


def test_section_five_without_text_is_told() -> None:
    five, six = "五、存在的主要问题及改进情况", "六、其他需要报告的事项"
    (sentence,) = told(five, six, "无。")["H4"]
    assert five in sentence
    assert "H4" not in told(five, "一是公开的内容还不够全面。", six, "无。")


SIX = "六、其他需要报告的事项"
CHARGED = "全年依规收取政府信息公开信息处理费3笔，共计1200元。"


@pytest.mark.parametrize(
    "prose",
    [
        (CHARGED, SIX, "无。"),
        ("本年度收取信息处理费０．１２万元。", "六、其他需报告的事项：无"),
        (CHARGED, SIX, "本机关无其他需要报告的事项。"),
        (CHARGED, SIX, "（一）信息处理费情况", "2023年未收取信息处理费。", "（二）其他事项", "无。"),
    ],
)
def test_fees_that_section_six_does_not_know_of_are_told(prose: tuple[str, ...]) -> None:
    (sentence,) = told(*prose)["H5"]
    assert "信息处理费" in sentence
    assert "1200" in sentence


@pytest.mark.parametrize(
    "prose",
    [
        (CHARGED, SIX, "本年度收取信息处理费1200元，无其他需要报告的事项。"),
        (CHARGED, SIX, "信息处理费见上文，无其他需要报告的事项。"),
        (CHARGED,),
        ("未收取信息处理费1元。", SIX, "无。"),
        ("收取信息处理费0元。", SIX, "无。"),
        ("2022年收取信息处理费1200元，2023年起不再收取。", SIX, "无。"),
        ("上年收取信息处理费1200元。", SIX, "无。"),
        ("收取行政事业性收费1200元。", SIX, "无。"),
        (SIX, "2023年收取信息处理费1200元。"),
    ],
)
def test_fees_that_section_six_tells_of_or_that_are_none_are_no_finding(prose: tuple[str, ...]) -> None:
    assert "H5" not in told(*prose)


@pytest.mark.parametrize(("factor", "count"), [(10_000, 1), (100, 0), (101, 1), (5, 0), (0, 0)])
def test_an_amount_in_another_unit_is_a_jump(factor: int, count: int) -> None:
    before = consistent(edition=Edition.E2021).changed("before", {(PROACTIVE, "fees", "amount"): 300})
    after = before.changed("after", {(PROACTIVE, "fees", "amount"): 300 * factor})
    books = (replace(before, year=2021), replace(after, year=2022))
    assert len(findings(checked(*books, rules=("C5",)), "sentence_zh", "row_code = 'fees'")) == count
