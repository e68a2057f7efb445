"""One label for several lines of figures: their sum, if the page has it, stands for the row; else no figure does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.small_pages import codes, figures_of, read
from warehouse.forms import FORMS, Edition, TableCode

DOCUMENTS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
DECISIONS = ["信息内容", "本年处理决定数量"]
FEES = ["信息内容", "本年收费金额（单位：万元）"]
FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
APPLICANTS = [column.label.chinese for column in FORM.columns.values()]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
ROWS = {row.code: row.label.chinese for row in FORM.rows.values()}

Lines = list[list[str]]


def applications(row: str, first: list[str], *others: list[str]) -> Lines:
    """Section three with nought in all rows but one, which has several lines."""
    parted = {row: [[ROWS[row], *first], *others]}
    return [["", *APPLICANTS], *(line for code in ROWS for line in parted.get(code, [[ROWS[code], *"0000000"]]))]


@pytest.mark.parametrize(
    "lines",
    [
        [["行政许可", "其中：项目核准", "300"], ["节能审查", "112"], ["合计", "412"]],
        [["行政许可", "合计", "412"], ["项目核准", "300"], ["节能审查", "112"]],
        [["行政许可", "项目核准", "300"], ["小计", "412"], ["节能审查", "112"]],
        [["行政许可", "项目核准", "300"], ["", "节能审查", "112"], ["", "合计", "412"]],
        [["行政许可", "总数", "412"], ["其中：项目核准", "300"]],
        [["行政许可", "合计", "412"]],
        [["行政许可", "300"], ["", "112"], ["合计", "412"]],
        [["行政许可", "300"], ["112"], ["412"]],
        [["行政许可", "412"], ["300"], ["112"]],
        [["行政许可", "本级", "412"], ["乡镇", "0"]],
        [["行政许可", "本级", "412"], ["乡镇", ""], ["园区", "—"]],
    ],
)
def test_the_sum_stands_for_the_row(lines: Lines) -> None:
    report = read([DECISIONS, *lines, ["其他对外管理服务事项", "7"]])
    assert figures_of(report, "licensing") == ["412"]
    assert not codes(report) & {"copies_differ", "figure_unreadable", "readings_disagree"}


@pytest.mark.parametrize(
    "lines",
    [
        [["行政许可", "本级", "300"], ["下放乡镇", "112"]],
        [["行政许可", "300"], ["112"]],
        [["行政许可", "300"], ["", "112"]],
        [["行政许可", "本级", "300"], ["乡镇", "112"], ["合计", "420"]],
        [["行政许可", "300"], ["112"], ["420"]],
        [["行政许可", "本级", "300"], ["乡镇", "300"]],
    ],
)
def test_without_a_sum_no_figure_stands(lines: Lines) -> None:
    report = read([DECISIONS, *lines, ["行政处罚", "37"]])
    (cell,) = (cell for cell in report.cells if cell.row == "licensing")
    assert (cell.value, cell.state) == (None, "unreadable")
    assert cell.raw == " + ".join(line[-1] for line in lines)
    assert "figure_unreadable" in codes(report)
    assert figures_of(report, "penalties") == ["37"]


def test_several_figures_and_money() -> None:
    documents = [["行政规范性文件", "政府制发", *"312"], ["部门制发", *"201"], ["小计", *"513"]]
    fees = [["行政事业性收费", "登记费", "100.45"], ["考试费", "28.00"], ["合计", "128.45"]]
    report = read([DOCUMENTS, ["规章", *"000"], *documents, FEES, *fees])
    assert figures_of(report, "normative_documents") == [*"513"]
    assert figures_of(report, "fees") == ["128.45"]


@pytest.mark.parametrize("total", ["小计", "合计", "总计"])
@pytest.mark.parametrize("row", ["received_new", "granted", "other_remaining"])
def test_applications(row: str, total: str) -> None:
    report = read(applications(row, ["网络", *"1000012"], ["信函", *"2100003"], [total, *"3100015"]))
    assert figures_of(report, row) == [*"3100015"]
    assert figures_of(report, "concluded_total") == [*"0000000"]
    assert not codes(report) & {"copies_differ", "figure_unreadable", "readings_disagree"}


def test_applications_without_a_sum() -> None:
    report = read(applications("granted", ["机关", *"1000012"], ["所属单位", *"2100003"]))
    assert figures_of(report, "granted") == ["1 + 2", "1", "0", "0", "0", "1", "2 + 3"]


def test_a_line_without_any_label_among_whole_applications_is_told() -> None:
    report = read(applications("granted", [*"1000012"], [*"2100003"]))
    assert "figure_unreadable" in codes(report)


def test_section_four_laid_out_in_lines() -> None:
    lines = [["行政复议", "省政府受理", *"21104"], ["市政府受理", *"10113"]]
    report = read([["类别", *OUTCOMES], *lines, ["行政诉讼", "未经复议直接起诉", *"10102"], ["复议后起诉", *"21014"]])
    assert figures_of(report, "review") == ["2 + 1", "1", "1 + 1", "1", "4 + 3"]
    assert figures_of(report, "litigation_direct") == [*"10102"]


def test_lines_with_a_label_of_their_own_are_no_part_of_the_row_above() -> None:
    report = read(
        [
            [*DOCUMENTS],
            *(["行政规范性文件", *"512"], ["其他主动公开文件", *"909"], ["合计", "14", "1", "11"]),
            DECISIONS,
            *(["行政许可", "412"], ["行政确认", "20"], ["其他对外管理服务事项", "7"]),
        ]
    )
    assert figures_of(report, "normative_documents") == [*"512"]
    assert figures_of(report, "licensing") == ["412"]
    assert not codes(report) & {"copies_differ", "figure_unreadable", "readings_disagree"}


@given(st.lists(st.lists(st.integers(0, 999), min_size=7, max_size=7), min_size=2, max_size=4), st.booleans())
def test_a_parted_row_reads_as_if_only_its_sum_were_printed(parts: list[list[int]], first: bool) -> None:
    sums = [sum(column) for column in zip(*parts, strict=True)]
    named = [[f"渠道{'甲乙丙丁'[at]}", *map(str, part)] for at, part in enumerate(parts)]
    total = ["合计", *map(str, sums)]
    lines = [total, *named] if first else [*named, total]
    parted = read(applications("received_new", lines[0], *lines[1:]))
    plain = read(applications("received_new", [*map(str, sums)]))
    assert figures_of(parted, "received_new") == figures_of(plain, "received_new") == [*map(str, sums)]
