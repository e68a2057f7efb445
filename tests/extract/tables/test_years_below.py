"""Figures of several years one below another: only those of the report's year are read, wherever it stands."""

from collections.abc import Sequence

import pytest

from tasks.extract.extraction import extract
from tasks.extract.report import Report
from tests.extract.small_pages import codes, figures_of, read
from warehouse.forms import FORMS, Edition, TableCode

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
COLUMNS = [column.label.chinese for column in FORM.columns.values()]
LABELS = [row.label.chinese for row in FORM.rows.values()]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
DISPUTES = [["年度", "行政复议", "行政诉讼"], [*OUTCOMES, "未经复议直接起诉", "复议后起诉"], OUTCOMES * 2]
OWN, OTHER = [*"100010200200003"], [*"040040005050060"]
ORDERS = [("2021年", "2020年"), ("2020年", "2021年"), ("本年", "上年"), ("上年度", "本年度"), ("2020", "2021")]
"""Years as a report of 2021 writes them."""


def is_own(year: str) -> bool:
    return "2021" in year or "本" in year


def text_of(rows: Sequence[Sequence[str]], separator: str) -> Report:
    lines = ["某市某局2021年政府信息公开工作年度报告", *(separator.join(row) for row in rows)]
    return extract("\n".join(lines).encode(), item="x.txt")


@pytest.mark.parametrize("years", ORDERS)
def test_section_four(years: tuple[str, str]) -> None:
    report = read([*DISPUTES, *([year, *(OWN if is_own(year) else OTHER)] for year in years)])
    assert figures_of(report, "review") == OWN[:5]
    assert figures_of(report, "litigation_after_review") == OWN[10:]
    assert not {"copies_differ", "readings_disagree", "table_incomplete"} & codes(report)


@pytest.mark.parametrize("years", ORDERS[:-1])
@pytest.mark.parametrize("separator", ["\t", " "])
def test_section_four_in_lines(years: tuple[str, str], separator: str) -> None:
    report = text_of([*DISPUTES, *([year, *(OWN if is_own(year) else OTHER)] for year in years)], separator)
    assert figures_of(report, "review") == OWN[:5]
    assert figures_of(report, "litigation_after_review") == OWN[10:]


@pytest.mark.parametrize("years", [("2019年", "2018年"), ("2019", "2020")])
def test_years_that_are_not_the_reports_have_no_figures_of_it(years: tuple[str, str]) -> None:
    report = read([*DISPUTES, *([year, *OTHER] for year in years)])
    assert not report.cells


@pytest.mark.parametrize("years", ORDERS)
@pytest.mark.parametrize("repeated", [False, True])
def test_section_two(years: tuple[str, str], repeated: bool) -> None:
    header = ["信息内容", "年度", "本年制发件数", "本年废止件数", "现行有效件数"]
    rows = []
    for label, figures in (("规章", [*"123"]), ("行政规范性文件", [*"456"])):
        lines = [[label, year, *(figures if is_own(year) else [*"789"])] for year in years]
        rows += lines if repeated else [lines[0], *(line[1:] for line in lines[1:])]
        rows.append(["同比", "-6", "-6", "-6"])
    report = read([header, *rows])
    assert figures_of(report, "regulations") == [*"123"]
    assert figures_of(report, "normative_documents") == [*"456"]
    assert "copies_differ" not in codes(report)


@pytest.mark.parametrize("years", ORDERS)
def test_section_three(years: tuple[str, str]) -> None:
    own, other = [*"6210009"], [*"3010004"]
    rows = [
        [*([label] if at == 0 else []), year, *(own if is_own(year) else other)]
        for label in LABELS
        for at, year in enumerate(years)
    ]
    report = read([["项目", "年度", *COLUMNS], *rows])
    assert figures_of(report, "granted") == own
    assert report.completeness[TableCode.APPLICATIONS].complete
    assert not {"copies_differ", "readings_disagree"} & codes(report)


@pytest.mark.parametrize("labels", [("上半年", "下半年"), ("本级", "下属单位"), ("件数", "其中：公开类"), ("", "")])
def test_lines_of_section_four_that_differ_are_not_chosen_from(labels: tuple[str, str]) -> None:
    report = read([*DISPUTES, *([label, *figures] for label, figures in zip(labels, (OWN, OTHER), strict=True))])
    assert "copies_differ" in codes(report)
    assert figures_of(report, "review") == ["1 ≠ 0", "0 ≠ 4", "0", "0", "1 ≠ 4"]
    same = read([*DISPUTES, *([label, *OWN] for label in labels)])
    assert figures_of(same, "review") == OWN[:5]


@pytest.mark.parametrize("label", ["校验", "核对", "同比增减", "上年"])
def test_a_line_of_section_four_that_checks_or_compares_says_nothing(label: str) -> None:
    report = read([*DISPUTES, ["本年", *OWN], [label, *"000000000000000"]])
    assert figures_of(report, "review") == OWN[:5]
    assert not {"copies_differ", "readings_disagree"} & codes(report)


@pytest.mark.parametrize(
    "names", [("2021年", "2020年（对比数据）"), ("2020年度", "2021年度"), ("本年", "上年"), ("2019年", "2020年")]
)
@pytest.mark.parametrize("lines", [True, False])
def test_a_block_for_each_year_in_one_table(names: tuple[str, str], lines: bool) -> None:
    header = ["项目", *(column.label.chinese for column in FORM.columns.values())]
    blocks = [
        [[name], header, *([row.label.chinese, *figures] for row in FORM.rows.values())]
        for name, figures in zip(
            names, (["6", "2", "1", "0", "0", "0", "9"], ["5", "2", "1", "0", "0", "0", "8"]), strict=True
        )
    ]
    own = [at for at, name in enumerate(names) if name in ("2021年", "2021年度", "本年")]
    report = (
        read(blocks[0] + blocks[1]) if lines else read([["三、收到和处理政府信息公开申请情况"], *blocks[0], *blocks[1]])
    )
    assert figures_of(report, "granted") == ([*"6210009"] if own == [0] else [*"5210008"] if own else [])
    assert "copies_differ" not in codes(report)
