"""Which column a figure stands in: headers decide; without one, position, and only if the sums agree."""

import pytest

from tasks.extract.extraction import extract
from tasks.extract.report import Report
from tests.extract.small_pages import codes, figures_of, read
from warehouse.forms import FORMS, Edition, TableCode

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
COLUMNS = [column.label.chinese for column in FORM.columns.values()]
LABELS = [row.label.chinese for row in FORM.rows.values()]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
TOTAL_FIRST = [OUTCOMES[-1], *OUTCOMES[:-1]]
TITLE = "某市某局2021年政府信息公开工作年度报告"


def disputes(columns: list[str], groups: tuple[str, str] = ("行政复议", "行政诉讼")) -> list[list[str]]:
    ways = ["未经复议直接起诉", "复议后起诉"]
    middle = [*columns, *ways] if groups[0] == "行政复议" else [*ways, *columns]
    return [list(groups), middle, columns * 2]


def text(*lines: str) -> Report:
    return extract("\n".join((TITLE, *lines)).encode(), item="x")


def test_section_four_follows_its_header_whatever_the_order() -> None:
    report = read([*disputes(TOTAL_FIRST), [*"51220", *"30120", *"00000"]])
    assert figures_of(report, "review") == list("12205")
    assert figures_of(report, "litigation_direct") == list("01203")
    assert not codes(report) & {"columns_unclear", "readings_disagree"}


def test_section_four_with_lawsuits_before_reviews() -> None:
    report = read([*disputes(TOTAL_FIRST, ("行政诉讼", "行政复议")), [*"30120", *"00000", *"51220"]])
    assert figures_of(report, "review") == list("12205")
    assert figures_of(report, "litigation_direct") == list("01203")


@pytest.mark.parametrize("rows", [["51220", "30120", "00000"], ["10001", "22004", "00000"]])
def test_section_four_without_a_header_is_read_by_position_only_if_the_sums_agree(rows: list[str]) -> None:
    line = [figure for row in rows for figure in row]
    page = f"<h1>{TITLE}</h1><p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr>"
    report = extract((page + "".join(f"<td>{figure}</td>" for figure in line) + "</tr></table>").encode(), item="x")
    agree = rows[0] == "10001"
    assert figures_of(report, "review") == (list("10001") if agree else [])
    assert ("columns_unclear" in codes(report)) is not agree


def test_section_four_in_rows_follows_its_header() -> None:
    report = read([["", *TOTAL_FIRST], ["行政复议", *"51220"], ["行政诉讼", "未经复议直接起诉", *"30120"]])
    assert figures_of(report, "review") == list("12205")


@pytest.mark.parametrize("separator", ["\n", " "])
def test_labels_of_section_four_broken_over_lines(separator: str) -> None:
    broken = separator.join(f"{label[:2]}\n{label[2:]}".strip() for label in TOTAL_FIRST)
    ways, figures = "未经复议直接起诉 复议后起诉", "5 1 2 2 0 3 0 1 2 0 0 0 0 0 0"
    report = text("行政复议 行政诉讼", broken, ways, broken, broken, figures)
    assert figures_of(report, "review") == list("12205")


@pytest.mark.parametrize("padding", [0, 2])
def test_section_three_follows_a_header_of_another_order_in_cells(padding: int) -> None:
    header = ["项目", COLUMNS[-1], *COLUMNS[:-1], *[""] * padding]
    report = read([header, *([label, *"9621000", *[""] * padding] for label in LABELS)])
    assert figures_of(report, "granted") == list("6210009")


@pytest.mark.parametrize("padding", [0, 3])
def test_a_column_of_the_year_before_behind_those_of_the_form_is_no_column_of_it(padding: int) -> None:
    header = ["项目", *COLUMNS, "上年总计", *[""] * padding]
    report = read([header, *([label, *"62100098", *[""] * padding] for label in LABELS)])
    assert figures_of(report, "granted") == list("6210009")


def test_section_three_follows_a_header_of_another_order_in_lines() -> None:
    header = ["申请人情况", "总计 自然人 法人或其他组织", " ".join(COLUMNS[1:-1])]
    report = text(*header, *(f"{label} 9 6 2 1 0 0 0" for label in LABELS))
    assert figures_of(report, "granted") == list("6210009")


def test_section_three_without_a_header_is_read_by_position_only_if_the_sums_agree() -> None:
    assert figures_of(read([[label, *"6210009"] for label in LABELS]), "granted") == list("6210009")
    report = read([[label, *"9621000"] for label in LABELS])
    assert not report.cells
    assert "columns_unclear" in codes(report)


def test_a_subtotal_below_the_heading_of_organizations_is_left_out() -> None:
    header = [
        ["序号", "项目", "申请人情况", "备注"],
        ["自然人", "法人或其他组织", "总计"],
        ["小计", *COLUMNS[1:-1]],
    ]
    rows = [[str(number), label, *"63210009", "无"] for number, label in enumerate(LABELS, 1)]
    assert figures_of(read([*header, *rows]), "granted") == list("6210009")


def test_page_numbers_between_lines_are_no_figures() -> None:
    lines = [f"{label} 6 2 1 0 0 0 9" for label in LABELS]
    report = text("申请人情况", "自然人 法人或其他组织 总计", " ".join(COLUMNS[1:-1]), *lines[:9], "— 4 —", *lines[9:])
    assert report.completeness[TableCode.APPLICATIONS].complete


def test_a_blank_copy_gives_way_wherever_it_stands() -> None:
    filled = [["项目", *COLUMNS], *([label, *"6210009"] for label in LABELS)]
    blank = [["项目", *COLUMNS], *([label, *[""] * 7] for label in LABELS)]
    for tables in ((blank, filled), (filled, blank)):
        report = read(*tables)
        assert figures_of(report, "granted") == list("6210009")
        assert "copies_differ" not in codes(report)


def test_no_figure_is_taken_where_visible_copies_differ() -> None:
    first = [["项目", *COLUMNS], *([label, *"6210009"] for label in LABELS)]
    second = [[*row] for row in first]
    second[3] = [LABELS[2], *"5210008"]
    report = read(first, second)
    differing = {(cell.column, cell.value) for cell in report.cells if "≠" in cell.raw}
    assert differing == {("natural_person", None), ("total", None)}
    assert {"copies_differ", "figure_unreadable"} <= codes(report)


@pytest.mark.parametrize(
    ("heads", "is_read"),
    [
        ("自然入 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计", True),
        ("自然入 科研机构 商业企业 社会公益组织 法律服务机构 其他 总计", False),
        ("商业企业 自然入 科研机构 社会公益组织 法律服务机构 其他 总计", False),
        ("商业企业 自然人", False),
    ],
)
def test_headings_that_are_not_all_known_must_not_contradict_the_order_of_the_form(heads: str, is_read: bool) -> None:
    figures = [*"123456", "21"]
    report = read([["项目", *heads.split()], *([label, *figures] for label in LABELS)])
    assert figures_of(report, "granted") == (figures if is_read else [])
    assert ("columns_unclear" in codes(report)) is not is_read


@pytest.mark.parametrize(
    ("upper", "lower", "is_read"),
    [
        ("结果 结果 其他 尚未 总计", "维持 纠正 结果 审结", True),
        ("结果 结果 其他 尚未 总计", "纠正 维持 结果 审结", False),
        ("结果 其他 结果 尚未 总计", "维持 结果 纠正 审结", False),
        ("其他 尚未 结果 结果 总计", "结果 审结 维持 纠正", False),
        ("总计 结果 结果 其他 尚未", "维持 纠正 结果 审结", False),
    ],
)
def test_headings_of_section_four_that_are_broken_must_not_contradict_the_order_of_the_form(
    upper: str, lower: str, is_read: bool
) -> None:
    figures = "1 2 3 0 6 4 0 1 1 6 0 7 1 1 9"
    heads = ("行政复议 行政诉讼", "未经复议直接起诉 复议后起诉", " ".join([upper] * 3), " ".join([lower] * 3))
    report = text("四、政府信息公开行政复议、行政诉讼情况", *heads, figures)
    assert [cell.raw for cell in report.cells] == (figures.split() if is_read else [])
    assert ("columns_unclear" in codes(report)) is not is_read


@pytest.mark.parametrize("in_lines", [False, True])
def test_a_row_of_which_the_label_alone_tells_nothing_has_the_columns_of_its_table(in_lines: bool) -> None:
    order = [COLUMNS[2], COLUMNS[1], COLUMNS[0], *COLUMNS[3:]]
    figures = [*"1234560", "21"]
    del figures[6]
    rows = [[label, *figures] for label in LABELS]
    total = next(at for at, label in enumerate(LABELS) if "七" in label)
    rows[total] = [LABELS[total], *(str(int(figure) * (total - 2)) for figure in figures)]
    other = next(at for at, label in enumerate(LABELS) if label.startswith("3.其他"))
    lines = [" | ".join(row) for row in [["项目", *order], *rows[:other]]]
    lines += [" ".join(rows[other])] if in_lines else ["| " + " | ".join(rows[other]) + " |"]
    lines += [" | ".join(row) for row in rows[other + 1 :]]
    report = text(*lines)
    assert figures_of(report, "other_remaining") == figures_of(report, "granted") == [*"321456", "21"]


@pytest.mark.parametrize("number", ["1 / 2", "第 1 页 共 2 页", "- 1 -"])
def test_a_page_number_below_a_row_with_blanks_is_no_figure_of_it(number: str) -> None:
    rows = [f"{label} 1 4 1 6" for label in LABELS]
    report = text("申请人情况", "自然人 法人或其他组织 总计", " ".join(COLUMNS[1:-1]), *rows[:9], number, *rows[9:])
    assert not report.cells


@pytest.mark.parametrize("merged", ["", "0", "—", "4"])
@pytest.mark.parametrize("order", [("自然人", "法人或其他组织", "总计"), ("总计", "自然人", "法人或其他组织")])
def test_one_cell_for_all_organisations_that_holds_nothing_is_that_of_each(merged: str, order: tuple[str, ...]) -> None:
    figures = {"自然人": "9", "法人或其他组织": merged, "总计": "9"}
    header = [["项目", "申请人情况"], [*order], COLUMNS[1:-1]]
    report = read([*header, *([label, *(figures[name] for name in order)] for label in LABELS)])
    assert figures_of(report, "granted") == (["9", *[merged] * 5, "9"] if merged != "4" else [])
    assert ("table_incomplete" in codes(report)) is (merged == "4")
