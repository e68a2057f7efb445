"""Plain text and PDFs without ruled lines: several labels in one line, labels over several lines."""

import io
from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tasks.extract import extract
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
