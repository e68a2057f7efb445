"""Columns and tables that offices add to the form: they are left out, and their figures are not the form's."""

from decimal import Decimal

import pytest

from tests.extract.small_pages import codes, figures_of, read
from warehouse.forms import FORMS, Edition, TableCode

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
LABELS = [row.label.chinese for row in FORM.rows.values()]
COLUMNS = [column.label.chinese for column in FORM.columns.values()]
HEADER = [["本列数据的勾稽关系", "申请人情况"], ["自然人", "法人或其他组织", "总计"], COLUMNS[1:-1]]
FULL = ["10", "21", "32", "43", "54", "65", "225"]
SPARSE = ["", "1", "", "", "", "", "1"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
DISPUTES = [
    ["", *OUTCOMES],
    ["行政复议", *"00101"],
    ["行政诉讼", "未经复议直接起诉", *"02002"],
    ["复议后起诉", *"30003"],
]
FRIENDS = [["友情链接", "中国政府网", "省政府门户网站"]]


@pytest.mark.parametrize("figures", [FULL, SPARSE])
def test_running_numbers_between_labels_and_figures_are_no_figures(figures: list[str]) -> None:
    rows = [[label, str(number), *(figures if number % 3 else FULL)] for number, label in enumerate(LABELS, 1)]
    report = read([["项目", "行次", *COLUMNS], *rows])
    assert figures_of(report, "received_new") == figures
    assert report.completeness[TableCode.APPLICATIONS].complete


def test_rows_beside_one_with_too_many_figures_are_not_placed_by_guess() -> None:
    rows = [[label, "9", *(FULL if label == LABELS[0] else ["", "1", "", "", "", "", ""])] for label in LABELS]
    report = read(rows)
    assert not report.cells
    assert "table_incomplete" in codes(report)


@pytest.mark.parametrize("remark", ["无", "0", "", "含转办件"])
@pytest.mark.parametrize("repeated", [False, True])
def test_a_column_of_remarks_is_left_out(remark: str, repeated: bool) -> None:
    header = [[*line, "备注"] if repeated or line is HEADER[0] else line for line in HEADER]
    report = read([*header, *([label, *FULL, remark] for label in LABELS)])
    assert figures_of(report, "granted") == FULL
    assert report.completeness[TableCode.APPLICATIONS].complete


def test_the_total_of_a_table_of_ones_own_is_not_that_of_the_form() -> None:
    years = [["年度", "新收申请", "予以公开", "部分公开", "总计"], ["2020", "31", "9", "3", "44"]]
    channels = [["公开渠道", "数量"], ["政府网站", "512"], ["总计", "745"]]
    report = read(years, channels, [*HEADER, *([label, *FULL] for label in LABELS)])
    assert figures_of(report, "concluded_total") == FULL
    assert not {"copies_differ", "readings_disagree"} & codes(report)
    assert "745" not in {cell.raw for cell in read(years, channels).cells}


def test_tables_behind_section_four_in_three_rows_are_not_part_of_it() -> None:
    report = read(DISPUTES, FRIENDS)
    assert figures_of(report, "review") == list("00101")
    assert report.completeness[TableCode.DISPUTES].complete
    assert not {"copies_differ", "readings_disagree", "columns_unclear"} & codes(report)


@pytest.mark.parametrize("cells", [["42.8384", "万元"], ["万元", "42.8384"]])
def test_a_unit_in_a_cell_of_its_own_is_that_of_the_amount_beside_it(cells: list[str]) -> None:
    report = read([["信息内容", "本年收费金额"], ["行政事业性收费", *cells]])
    assert [(cell.value, cell.unit) for cell in report.cells] == [(Decimal("428384"), "yuan")]
    assert "unknown_unit" not in codes(report)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["信息内容", "上年处理决定数量", "本年处理决定数量"], ["行政许可", "777", "5"]),
        (["信息内容", "本年处理决定数量", "上年处理决定数量"], ["行政许可", "5", "777"]),
        (["序号", "信息内容", "事项数", "本年处理决定数量"], ["1", "行政许可", "777", "5"]),
        (["信息内容", "", "本年处理决定数量"], ["行政许可", "5", ""]),
    ],
)
def test_columns_beside_those_of_section_two_follow_the_header(header: list[str], cells: list[str]) -> None:
    report = read([header, cells])
    assert figures_of(report, "licensing") == ["5"]


def test_a_summary_under_no_header_of_the_form_is_no_copy_of_section_two() -> None:
    summary = [["事项", "数量"], ["行政许可", "1234"]]
    report = read(summary, [["信息内容", "本年处理决定数量"], ["行政许可", "5"]])
    assert figures_of(report, "licensing") == ["5"]
    assert "copies_differ" not in codes(report)


@pytest.mark.parametrize(
    ("label", "is_known"),
    [
        ("规章：地方政府规章", True),
        ("规章:指由省、自治区、直辖市和设区的市、自治州的人民政府制定的规范性文件", True),
        ("规章 ：  指本级", True),
        ("其他：见附件", False),
    ],
)
def test_a_label_explained_behind_a_colon(label: str, is_known: bool) -> None:
    report = read([["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], [label, "1", "2", "3"]])
    assert figures_of(report, "regulations") == (["1", "2", "3"] if is_known else [])
