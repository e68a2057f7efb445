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


def test_a_label_with_explanations_in_the_lines_below() -> None:
    notes = "".join(f"<br>（说明{number}）法律法规对查询办法有<br>专门规定的" for number in "一二三四五六七八九十")
    labels = [label + notes if "行政查询" in label else label for label in LABELS]
    report = read([["项目", *COLUMNS], *([label, *FULL] for label in labels)])
    assert report.completeness[TableCode.APPLICATIONS].complete


NUMBERS = ["甲", *map(str, range(1, 8))]


@pytest.mark.parametrize("numbers", [NUMBERS, NUMBERS[1:], ["", *(f"（{number}）" for number in range(1, 8))]])
def test_a_line_that_numbers_the_columns_holds_no_figures(numbers: list[str]) -> None:
    disputes = [
        ["行政复议", "未经复议直接起诉", "复议后起诉"],
        OUTCOMES * 3,
        [str(number) for number in range(1, 16)],
        [*"00101", *"02002", *"30003"],
    ]
    report = read([*HEADER, numbers, *([label, *FULL] for label in LABELS)], disputes)
    assert figures_of(report, "received_new") == FULL
    assert figures_of(report, "review") == list("00101")
    assert figures_of(report, "litigation_after_review") == list("30003")
    assert not {"copies_differ", "readings_disagree"} & codes(report)


@pytest.mark.parametrize("pattern", ["{0}——{1}", "{0}/{1}", "{0}（{1}）", "{0} {1}", "{0}{1}", "{0}<br>{1}"])
def test_a_label_behind_that_of_its_group(pattern: str) -> None:
    disputes = [
        ["类别", *OUTCOMES],
        ["行政复议", *"00101"],
        [pattern.format("行政诉讼", "未经复议直接起诉"), *"02002"],
        [pattern.format("行政诉讼", "复议后起诉"), *"30003"],
    ]
    groups = {group.code: group.label.chinese for group in FORM.groups}
    paths = [
        pattern.format(groups[row.group], row.label.chinese) if row.group else row.label.chinese
        for row in FORM.rows.values()
    ]
    figures = [[str(1000 + place * 10 + column) for column in range(7)] for place in range(len(paths))]
    rows = [[path, *line] for path, line in zip(paths, figures, strict=True)]
    report = read([["项目", *COLUMNS], *rows], disputes)
    for row, line in zip(FORM.rows, figures, strict=True):
        assert figures_of(report, row) == line
    assert figures_of(report, "litigation_direct") == list("02002")
    assert figures_of(report, "litigation_after_review") == list("30003")
    assert not {"table_incomplete", "readings_disagree"} & codes(report)


def test_a_label_with_a_translation_behind_it() -> None:
    report = read(
        [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章<br>Rules", "1", "2", "3"]],
        [["信息内容", "本年处理决定数量"], ["行政许可 (Licences)", "5"], ["行政处罚 / Penalties", "6"]],
    )
    assert figures_of(report, "regulations") == ["1", "2", "3"]
    assert figures_of(report, "licensing") == ["5"]
    assert figures_of(report, "penalties") == ["6"]


@pytest.mark.parametrize("filling", ["—", "", "/"])
def test_figures_stand_below_a_header_as_wide_as_their_row(filling: str) -> None:
    report = read(
        [
            ["类型", "程序", *OUTCOMES],
            ["行政复议", filling, *"00101"],
            ["行政诉讼", "未经复议直接起诉", *"02002"],
            ["行政诉讼", "复议后起诉", *"30003"],
        ]
    )
    assert figures_of(report, "review") == list("00101")
    assert report.completeness[TableCode.DISPUTES].complete
    assert "readings_disagree" not in codes(report)


def test_other_wordings_of_labels() -> None:
    endangers = "公开后可能危及国家安全、公共安全、经济安全、社会稳定"
    wordings = {"denied_security_stability": endangers, "concluded_total": "本年度办理结果总计"}
    rows = [[wordings.get(row.code, row.label.chinese), *FULL] for row in FORM.rows.values()]
    assert read([*HEADER, *rows]).completeness[TableCode.APPLICATIONS].complete


CHECKED = [HEADER[0], HEADER[1], [*HEADER[2], "", "校验", "差额", "组织小计"]]
"""A header in whose last line, behind the columns of organisations, others stand that are not among these."""


@pytest.mark.parametrize("checks", [["", "√", "0", "6"], ["", "一致", "225", "7"], ["√", "0", "6"]])
def test_columns_that_check_the_figures_are_left_out(checks: list[str]) -> None:
    header = [*CHECKED[:2], [text for text in CHECKED[2] if text or len(checks) > 3]]
    report = read([*header, *([label, *(SPARSE if row % 3 else FULL), *checks] for row, label in enumerate(LABELS))])
    assert figures_of(report, "received_new") == FULL
    assert report.completeness[TableCode.APPLICATIONS].complete


@pytest.mark.parametrize("sign", ["—", "0"])
def test_a_cell_before_the_figures_of_some_rows_is_none_of_them(sign: str) -> None:
    rows = [[label, *FULL, ""] for label in LABELS]
    rows[14] = [LABELS[14], "", *[sign] * 7, ""]
    report = read([["项目", "申请人情况", "备注"], ["自然人", "法人或其他组织", "总计"], COLUMNS[1:-1], *rows])
    assert figures_of(report, "granted") == FULL
    assert figures_of(report, "unavailable_still_unclear") == [sign] * 7


@pytest.mark.parametrize("signs", [["", "0"], ["", "/"], ["", "无"], ["0", "0"]])
@pytest.mark.parametrize("heads", [[], [["项目", "申请人情况"]], [["项目", *COLUMNS]]])
def test_signs_behind_blanks_may_be_those_of_a_further_column(signs: list[str], heads: list[list[str]]) -> None:
    report = read([*heads, *([label, *[""] * 6, *signs] for label in LABELS)])
    assert not report.cells
    assert "columns_unclear" in codes(report)


@pytest.mark.parametrize("check", ["0", "/"])
@pytest.mark.parametrize(
    "line", [" ".join(["-"] * 15), "- 1 0 0 1 - - - - - - - 2 - 2", "- - - - - 1 1 - - 2 - - - - -"]
)
@pytest.mark.parametrize("heads", [False, True])
def test_a_column_behind_section_four_shifts_no_figure(check: str, line: str, heads: bool) -> None:
    figures = line.replace("-", "").split(" ")
    header = [
        ["行政复议", "行政诉讼", *([] if heads else ["核对"])],
        [*OUTCOMES, "未经复议直接起诉", "复议后起诉"],
        OUTCOMES * 3,
    ]
    header[2] += ["核对"] if heads else []
    report = read([*header, [*figures, check]])
    if heads:
        assert [cell.raw for cell in report.cells] == figures
    else:
        assert not report.cells
        assert "columns_unclear" in codes(report)


def test_a_column_among_those_of_the_form_is_not_taken_for_one_of_them() -> None:
    rows = [[label, "10", "21", "32", "43", "54", "65", "9", "9", "9", "252"] for label in LABELS]
    report = read([*CHECKED[:2], [*COLUMNS[1:-1], "校验", "差额", "组织小计"], *rows])
    assert figures_of(report, "granted") == ["10", "21", "32", "43", "54", "65", "252"]


HEADER_OF_FOUR = [
    ["单位", "行政复议", "行政诉讼"],
    [*OUTCOMES, "未经复议直接起诉", "复议后起诉"],
    [*OUTCOMES, *OUTCOMES],
]
PARTS_OF_FOUR = [[*"043108430011430"], [*"110462101341122"]]


def test_lines_for_parts_of_an_organ_give_way_to_their_sum() -> None:
    own = [str(int(one) + int(other)) for one, other in zip(*PARTS_OF_FOUR, strict=True)]
    lines = [[name, *part] for name, part in zip(("局机关", "执法支队"), PARTS_OF_FOUR, strict=True)]
    report = read([*HEADER_OF_FOUR, *lines, ["合计", *own]])
    assert [cell.raw for cell in report.cells] == own
    assert not {"copies_differ", "readings_disagree"} & codes(report)


def test_a_sum_that_is_none_of_the_lines_above_it_contradicts_them() -> None:
    lines = [
        [name, *part] for name, part in zip(("局机关", "执法支队", "合计"), [*PARTS_OF_FOUR, ["9"] * 15], strict=True)
    ]
    report = read([*HEADER_OF_FOUR, *lines])
    assert "copies_differ" in codes(report)
    assert not [cell for cell in report.cells if cell.value is not None]


def test_a_table_of_years_that_counts_reviews_is_no_section_four() -> None:
    years = [
        ["年度", "新收申请（件）", "同比", "行政复议（件）"],
        *([f"{year}年", "9", "+1%", "4"] for year in (2019, 2020)),
    ]
    report = read(years, [*HEADER_OF_FOUR, ["本机关", *PARTS_OF_FOUR[0]]])
    assert [cell.raw for cell in report.cells] == PARTS_OF_FOUR[0]


@pytest.mark.parametrize(
    "label",
    [
        "三、本年度（一）予以公开办理结果（二）部分公开（区分处理的，只计这一情形，不计",
        "其他法律行政法规禁止公开属于国家秘密",
    ],
)
def test_a_label_in_which_two_rows_run_together_is_of_neither(label: str) -> None:
    rows = [[row, *FULL] for row in LABELS]
    at = 2 if "公开（" in label else 4
    rows[at : at + 2] = [[label, *FULL]]
    report = read([*HEADER, *rows])
    assert figures_of(report, "carried_in") == FULL
    assert sum(bool(figures_of(report, row)) for row in FORM.rows) == len(LABELS) - 2


@pytest.mark.parametrize("remark", ["网上4", "无", ""])
def test_a_label_cut_short_is_known_by_likeness_beside_a_remark_too(remark: str) -> None:
    rows = [[label, *FULL, remark] for label in LABELS]
    rows[0][0] = "一、本年新收政府信息公开"
    report = read([["项目", "申请人情况", "备注"], ["自然人", "法人或其他组织", "总计"], COLUMNS[1:-1], *rows])
    assert figures_of(report, "received_new") == FULL
