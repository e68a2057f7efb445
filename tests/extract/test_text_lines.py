"""Plain text and PDFs without ruled lines: several labels in one line, labels over several lines."""

import io
from collections.abc import Callable, Iterable, Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tasks.extract.extraction import extract
from warehouse.forms import FORMS, Edition, TableCode

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
FIGURES = [str(figure) for figure in range(100, 275)]
HEAD = """某市某局2021年政府信息公开工作年度报告
申请人情况
自然人 法人或其他组织 总计
商业企业 科研机构 社会公益组织 法律服务机构 其他"""


def rows() -> list[tuple[list[str], str, list[str]]]:
    """Return each row's groups that begin with it, its label, and its figures."""
    found = []
    seen: set[str] = set()
    for index, row in enumerate(FORM.rows.values()):
        groups = [group for group in reversed(tuple(FORM.groups_of(row))) if group.code not in seen]
        seen |= {group.code for group in groups}
        found.append(([group.label.chinese for group in groups], row.label.chinese, FIGURES[index * 7 : index * 7 + 7]))
    return found


def one_line(groups: list[str], label: str, figures: list[str]) -> str:
    return " ".join([*groups, label, *figures])


def broken_before_the_figures(groups: list[str], label: str, figures: list[str]) -> str:
    return " ".join([*groups, label[:8]]) + "\n" + " ".join([label[8:], *figures])


def broken_around_the_figures(groups: list[str], label: str, figures: list[str]) -> str:
    return " ".join([*groups, label[:8], *figures]) + "\n" + label[8:]


def group_beside_the_label(groups: list[str], label: str, figures: list[str]) -> str:
    return label[:8] + "\n" + " ".join([*groups, label[8:], *figures])


def as_text(text: str) -> bytes:
    return text.encode()


def as_pdf(text: str) -> bytes:
    """Set every line, without any ruled line, on pages of 20 lines."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number, line in enumerate(text.splitlines()):
        if number % 20 == 0:
            if number:
                canvas.showPage()
            canvas.setFont("STSong-Light", 8)
        canvas.drawString(30, 800 - number % 20 * 20, line)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("form", [as_text, as_pdf])
@pytest.mark.parametrize(
    "written", [one_line, broken_before_the_figures, broken_around_the_figures, group_beside_the_label]
)
def test_rows_of_text_are_read_wherever_their_labels_break(
    written: Callable[[list[str], str, list[str]], str], form: Callable[[str], bytes]
) -> None:
    lines = (written(*row) for row in rows())
    report = extract(form("\n".join([HEAD, *lines])), item="x")
    assert [cell.raw for cell in report.cells] == FIGURES
    assert "table_incomplete" not in {problem.code for problem in report.problems}


def test_section_four_in_one_line_of_figures() -> None:
    header = ("行政复议 行政诉讼", "结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉")
    text = "\n".join(["政府信息公开工作年度报告", *header, " ".join(map(str, range(15)))])
    report = extract(text.encode(), item="x")
    assert [cell.raw for cell in report.cells] == [str(figure) for figure in range(15)]


def test_a_label_is_not_joined_to_figures_before_it() -> None:
    (groups, label, figures), *others = rows()
    lines = [one_line(groups, label, ["十二", *figures[1:]]), *(one_line(*row) for row in others)]
    report = extract("\n".join([HEAD, *lines]).encode(), item="x")
    assert [cell.raw for cell in report.cells] == FIGURES[7:]
    assert "table_incomplete" in {problem.code for problem in report.problems}


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in rows]


def zeros_with_sums() -> list[tuple[str, list[str]]]:
    """Return the rows of section three, the sixth and nineteenth outcome alone above zero, with their total."""
    labels = [row.label.chinese for row in FORM.rows.values()]
    figures = [["0"] * 7 for _ in labels]
    figures[7], figures[20], figures[-2] = (["2", *"00000", "2"], ["5", *"00000", "5"], ["7", *"00000", "7"])
    return list(zip(labels, figures, strict=True))


@pytest.mark.parametrize("broken", [{7}, {7, 8}, {2, 7, 20, 21, 22}, set(range(2, 24))])
def test_figures_whose_labels_stand_elsewhere_are_told_by_the_order_of_the_form(broken: set[int]) -> None:
    lines = HEAD.splitlines()
    for index, (label, figures) in enumerate(zeros_with_sums()):
        if index in broken:
            lines[4:4] = [label[:6], label[6:]]
        lines += table_lines([figures if index in broken else [label, *figures]])
    report = extract("\n".join(lines).encode(), item="x")
    assert [cell.raw for cell in report.cells] == [figure for _, figures in zeros_with_sums() for figure in figures]
    assert {problem.code for problem in report.problems} <= {"table_missing", "year_unknown", "organ_unknown"}


@pytest.mark.parametrize("fault", ["another row without a label", "a row is lost", "the sums differ"])
def test_figures_without_a_label_are_not_taken_where_anything_contradicts(fault: str) -> None:
    rows = [[label, *figures] for label, figures in zeros_with_sums()]
    rows[7] = rows[7][1:]
    if fault == "another row without a label":
        rows.insert(8, ["0"] * 7)
    elif fault == "a row is lost":
        rows[20:21] = []
    else:
        rows[7][0] = "3"
    report = extract("\n".join([*HEAD.splitlines(), *table_lines(rows)]).encode(), item="x")
    assert not [cell for cell in report.cells if cell.row == list(FORM.rows)[7]]
    assert "table_incomplete" in {problem.code for problem in report.problems}


def test_rows_in_lines_beside_a_table_in_cells() -> None:
    form = FORMS[TableCode.PROACTIVE, Edition.E2021]
    header = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    lines = [
        "某市某局2021年政府信息公开工作年度报告",
        "信息内容 本年处理决定数量",
        "行政许可 97",
        "行政处罚 3",
        "行政强制 0",
    ]
    lines += ["行政事业性收费 0", *table_lines([header, ["规章", "0", "0", "0"], ["行政规范性文件", "13", "0", "55"]])]
    report = extract("\n".join(lines).encode(), item="x")
    assert [cell.raw for cell in report.cells] == ["0", "0", "0", "13", "0", "55", "97", "3", "0", "0"]
    assert len(report.cells) == len(form.cells)


@pytest.mark.parametrize(
    ("head", "is_told"),
    [
        ("法人或其他组织\n自然人 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他", False),
        ("法人或其他组织\n自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计", True),
        ("自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他", True),
    ],
)
def test_columns_are_not_taken_in_the_order_of_text_where_headings_stand_on_several_lines(
    head: str, is_told: bool
) -> None:
    lines = [*HEAD.splitlines()[:2], *head.splitlines()]
    for number, (groups, label, _) in enumerate(rows(), 1):
        parts = [number, number + 5, number % 3, 2, number % 7, 1]
        lines.append(one_line(groups, label, [*map(str, parts), str(sum(parts))]))
    report = extract("\n".join(lines).encode(), item="x")
    assert [cell.value for cell in report.cells if cell.row == "received_new"] == (
        [1, 6, 1, 2, 1, 1, 12] if is_told else []
    )
    assert ("columns_unclear" in {problem.code for problem in report.problems}) is not is_told


def test_headings_below_that_of_organizations_may_all_stand_on_one_line() -> None:
    head = ["法人或其他组织", "自然人 商业 科研 社会公益 法律服务 其他 总计", "企业 机构 组织 机构"]
    lines = [
        *HEAD.splitlines()[:2],
        *head,
        *(one_line(groups, label, [*"123456", "21"]) for groups, label, _ in rows()),
    ]
    report = extract("\n".join(lines).encode(), item="x")
    assert [cell.raw for cell in report.cells if cell.row == "granted"] == [*"123456", "21"]


@pytest.mark.parametrize(("members", "is_read"), [("商业企业 科研机构", True), ("科研机构 商业企业", False)])
def test_headings_that_break_off_in_text_must_not_contradict_the_order_of_the_form(members: str, is_read: bool) -> None:
    head = ["自然人 法人或其他组织 总计", f"{members} 社会公益 法律服务 其他", "组织 机构"]
    lines = [*HEAD.splitlines()[:2], *head]
    lines += [one_line(groups, label, [*"123456", "21"]) for groups, label, _ in rows()]
    report = extract("\n".join(lines).encode(), item="x")
    assert [cell.raw for cell in report.cells if cell.row == "granted"] == ([*"123456", "21"] if is_read else [])
