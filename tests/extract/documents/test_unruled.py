"""PDFs whose tables have no upright rules: columns are told by where figures and headings stand on the page."""

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tasks.extract.extraction import extract
from tasks.extract.report import CellState, Report
from warehouse.forms import FORMS, Edition, TableCode

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
PARTS = ("natural_person", "commercial_enterprise", "research_institution", "public_welfare_organization")
PARTS += ("legal_service_organization", "other", "total")
HEADS = dict(
    zip(PARTS, ("自然人", "商业企业", "科研机构", "社会公益|组织", "法律服务|机构", "其他", "总计"), strict=True)
)
LABEL, FIRST, PITCH, SIZE, LINE = 30, 300, 40, 7, 20
WAYS = {2: "行政复议", 7: "未经复议直接起诉", 9.5: "行政诉讼", 12: "复议后起诉"}


class Page:
    """Draws texts, each around a place; begins with the title of a report."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer)
        self.y = 800.0
        self.write("青山县水利局2023年政府信息公开工作年度报告", 300, 0)

    def write(self, text: str, x: float, down: float, left: bool = False) -> None:
        self.canvas.setFont("STSong-Light", SIZE)
        (self.canvas.drawString if left else self.canvas.drawCentredString)(x, self.y - down, text)

    def read(self) -> Report:
        self.canvas.save()
        return extract(self._buffer.getvalue(), item="x")


def figures() -> dict[str, dict[str, int]]:
    """Return figures for each row of section three: all parts differ, and each row adds up."""
    found = {}
    for number, row in enumerate(FORM.rows):
        parts = [3 * number + 1, number % 5, 40 + number, number % 3 + 60, 80 + 2 * number, number % 7]
        found[row] = dict(zip(PARTS, [*parts, sum(parts)], strict=True))
    return found


def draw_head(page: Page, order: Sequence[str]) -> None:
    """Draw headings as spans do: 自然人 and 总计 on the middle of two lines, below 法人或其他组织 and above its own."""
    page.y -= LINE * 2
    at = {part: FIRST + n * PITCH for n, part in enumerate(order)}
    page.write("法人或其他组织", sum(at[part] for part in PARTS[1:-1]) / 5, 0)
    for part, x in at.items():
        upper, _, lower = HEADS[part].partition("|")
        page.write(upper, x, 5 if part in ("natural_person", "total") else 10)
        page.write(lower, x, 18)
    page.y -= 15


def draw_rows(page: Page, order: Sequence[str], manner: str, break_before: str = "") -> None:
    for code, row in FORM.rows.items():
        page.y -= LINE
        if code == break_before:
            page.canvas.showPage()
            page.y = 780
        label = row.label.chinese
        half = len(label) // 2
        if manner == "one line":
            page.write(label, LABEL, 0, left=True)
        else:
            up, down = {"around": (-5, 5), "below": (0, 9)}[manner]
            page.write(label[:half], LABEL, up, left=True)
            page.write(label[half:], LABEL, down, left=True)
        for n, part in enumerate(order):
            page.write(str(figures()[code][part]), FIRST + n * PITCH, 0)


@pytest.mark.parametrize(
    "order",
    [PARTS, (*PARTS[1:-1], PARTS[0], PARTS[-1]), (PARTS[-1], *PARTS[:-1]), (*PARTS[:3], *PARTS[5:1:-1][:3], PARTS[-1])],
    ids=["form", "natural persons behind", "total first", "turned"],
)
@pytest.mark.parametrize("manner", ["one line", "around", "below"])
def test_a_column_is_what_stands_above_it(order: Sequence[str], manner: str) -> None:
    page = Page()
    draw_head(page, order)
    draw_rows(page, order, manner)
    read = {(cell.row, cell.column): cell.value for cell in page.read().cells}
    assert read == {(row, part): value for row, parts in figures().items() for part, value in parts.items()}


@pytest.mark.parametrize("break_before", ["received_new", "denied_state_secret"])
def test_a_table_goes_on_with_its_columns_on_the_next_page(break_before: str) -> None:
    page = Page()
    order = (*PARTS[1:-1], PARTS[0], PARTS[-1])
    draw_head(page, order)
    draw_rows(page, order, "one line", break_before)
    read = {(cell.row, cell.column): cell.value for cell in page.read().cells}
    assert read == {(row, part): value for row, parts in figures().items() for part, value in parts.items()}


def test_stripes_and_bands_of_a_table_are_no_tables_of_their_own() -> None:
    page = Page()
    page.canvas.setFillGray(0.9)
    for number in range(1, len(FORM.rows), 2):
        page.canvas.rect(20, 800 - 55 - LINE * (number + 1) - 6, 560, LINE, stroke=0, fill=1)
    page.canvas.setFillGray(0)
    draw_head(page, PARTS)
    draw_rows(page, PARTS, "one line")
    read = {(cell.row, cell.column): cell.value for cell in page.read().cells}
    assert read == {(row, part): value for row, parts in figures().items() for part, value in parts.items()}


def test_a_blank_cell_moves_no_figure() -> None:
    page = Page()
    draw_head(page, PARTS)
    draw_rows(page, PARTS, "one line")
    page.y -= LINE
    page.write("四、结转下年度继续办理", LABEL, 0, left=True)
    for n in (0, 2, 3, 4, 6):
        page.write("7", FIRST + n * PITCH, 0)
    report = page.read()
    assert "copies_differ" in {problem.code for problem in report.problems}
    differing = {cell.column for cell in report.cells if cell.row == "carried_out" and cell.value is None}
    assert differing == set(PARTS)


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize("years", [False, True])
def test_section_four_is_told_by_what_stands_above_it(way: int, years: bool) -> None:
    page = Page()
    heads = ("结果|维持", "结果|纠正", "其他|结果", "尚未|审结", "总计")[::way]
    page.y -= LINE
    for column, text in WAYS.items():
        page.write(text, 60 + 34 * column, 4 if text == "行政复议" else 0)
    for n in range(15):
        upper, _, lower = heads[n % 5].partition("|")
        page.write(upper, 60 + 34 * n, 14)
        page.write(lower, 60 + 34 * n, 22)
    parts = [(1, 2, 3, 4, 10), (5, 0, 6, 0, 11), (0, 7, 1, 1, 9)]
    rows = [(2023, parts), (2022, [(9, 9, 9, 9, 36)] * 3)] if years else [(0, parts)]
    page.y -= 20
    for year, values in rows:
        page.y -= LINE
        if year:
            page.write(str(year), 30, 0)
        for n, value in enumerate(value for piece in values for value in piece[::way]):
            page.write(str(value), 60 + 34 * n, 0)
    cells = page.read().cells
    assert [cell.value for cell in cells] == [value for piece in parts for value in piece]


def test_without_headings_above_the_columns_none_is_taken_by_its_place_alone() -> None:
    page = Page()
    page.y -= LINE
    page.write("法人或其他组织", 400, 0)
    page.write("自然人 总计", 400, 6)
    page.write("商业企业 科研机构 社会公益组织 法律服务机构 其他", 400, 14)
    draw_rows(page, PARTS, "one line")
    report = page.read()
    assert not report.cells
    assert "columns_unclear" in {problem.code for problem in report.problems}


@pytest.mark.parametrize("up", [0, 15, 24])
def test_a_title_right_above_the_headings_is_none_of_them(up: int) -> None:
    page = Page()
    page.y += up
    draw_head(page, PARTS)
    draw_rows(page, PARTS, "one line")
    report = page.read()
    assert (report.organ, report.year) == ("青山县水利局", 2023)
    assert len(report.cells) == len(FORM.cells)


def test_a_table_in_which_a_figure_is_struck_is_not_put_together() -> None:
    page = Page()
    draw_head(page, PARTS)
    draw_rows(page, PARTS, "one line")
    page.write("7", FIRST + 20, 0)
    page.canvas.setLineWidth(0.6)
    page.canvas.line(FIRST + 16, page.y + 2.5, FIRST + 24, page.y + 2.5)
    cells = page.read().cells
    assert all(cell.value == figures()[cell.row][cell.column] for cell in cells if cell.value is not None)


def draw_rows_with_blanks(page: Page, order: Sequence[str], side: int, full: Sequence[str], break_before: str) -> dict:
    """Draw rows of which those that are not ``full`` lack some figures; return the figures that stand there."""
    drawn = {}
    for number, (code, row) in enumerate(FORM.rows.items()):
        page.y -= LINE
        if code == break_before:
            page.write("1 / 2", 300, 40)
            page.canvas.showPage()
            page.y = 780
        page.write(row.label.chinese, LABEL, 0, left=True)
        for n, part in enumerate(order):
            if code in full or (number * 5 + n * n) % 7 < 3 or (n + 1 == len(order) and number % 3):
                drawn[code, part] = figures()[code][part]
                text = str(drawn[code, part])
                page.write(text, FIRST + n * PITCH - side * pdfmetrics.stringWidth(text, "STSong-Light", SIZE) / 2, 0)
    return drawn


@pytest.mark.parametrize("side", [-1, 0, 1])
@pytest.mark.parametrize("order", [PARTS, (PARTS[-1], *PARTS[:-1])], ids=["form", "total first"])
@pytest.mark.parametrize(
    ("full", "break_before"),
    [
        (("received_new", "concluded_total"), ""),
        (("concluded_total",), ""),
        (("received_new",), "denied_enforcement_file"),
        (("received_new",), "carried_out"),
        (("received_new", "concluded_total"), "not_processed_petition"),
    ],
)
def test_figures_of_rows_with_blanks_stand_below_the_columns_that_full_rows_tell(
    side: int, order: Sequence[str], full: Sequence[str], break_before: str
) -> None:
    page = Page()
    draw_head(page, order)
    drawn = draw_rows_with_blanks(page, order, side, full, break_before)
    cells = page.read().cells
    assert {(cell.row, cell.column): cell.value for cell in cells if cell.value is not None} == drawn
    assert len(cells) == len(FORM.rows) * len(PARTS)


@pytest.mark.parametrize("x", [FIRST + PITCH / 2, FIRST - PITCH])
def test_a_figure_that_stands_below_no_column_is_of_no_row(x: float) -> None:
    page = Page()
    draw_head(page, PARTS)
    for code, row in FORM.rows.items():
        page.y -= LINE
        page.write(row.label.chinese, LABEL, 0, left=True)
        for n in range(len(PARTS)):
            if code != "granted" or n == 6:
                page.write("12", FIRST + n * PITCH, 0)
        if code == "granted":
            page.write("5", x, 0)
    report = page.read()
    assert {cell.row for cell in report.cells} == {*FORM.rows} - {"granted"}
    assert "table_incomplete" in {problem.code for problem in report.problems}


def test_rows_of_few_figures_on_the_next_page_are_none_below_another_head() -> None:
    page = Page()
    draw_head(page, PARTS)
    draw_rows(page, PARTS, "one line")
    page.canvas.showPage()
    page.y = 780
    page.write("行政复议", FIRST + PITCH, 0)
    page.write("结果维持", FIRST, 15)
    page.write("总计", FIRST + PITCH, 15)
    page.write("3.其他", LABEL, 30, left=True)
    page.write("99", FIRST, 30)
    page.write("99", FIRST + PITCH, 30)
    report = page.read()
    assert "99" not in {cell.raw for cell in report.cells}


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("lines", [("政务公开 2023",), ("青山县", "政务公开 2023")])
def test_a_year_in_the_head_of_a_page_is_no_figure_of_the_row_below_it(full: bool, lines: tuple[str, ...]) -> None:
    page = Page()
    order = (PARTS[-1], *PARTS[:-1])
    draw_head(page, order)
    for code, row in FORM.rows.items():
        page.y -= LINE
        label = row.label.chinese
        if code == "other_not_corrected":
            page.canvas.showPage()
            page.y = 780
            for n, line in enumerate(lines):
                page.write(line, FIRST - 15, n * 10)
            page.y -= 12 * len(lines)
        page.write(label[: len(label) // 2], LABEL, -5, left=True)
        page.write(label[len(label) // 2 :], LABEL, 5, left=True)
        for n in range(len(order)):
            if n < 2 or (full and code == "concluded_total"):
                page.write("5", FIRST + n * PITCH, 0)
    assert {cell.raw for cell in page.read().cells} <= {"5", ""}


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("break_before", ["", "not_processed_petition"])
def test_without_a_full_row_figures_stand_below_the_headings_that_they_meet(side: int, break_before: str) -> None:
    page = Page()
    draw_head(page, PARTS)
    drawn = {}
    for number, (code, row) in enumerate(FORM.rows.items()):
        page.y -= LINE
        if code == break_before:
            page.canvas.showPage()
            page.y = 780
        page.write(row.label.chinese, LABEL, 0, left=True)
        for n, part in enumerate(PARTS):
            if n != 5 and (number == 0 or (number * 5 + n * n) % 7 < 3) and (number == 24 or number % 4 < 3):
                drawn[code, part] = figures()[code][part]
                page.write(
                    str(drawn[code, part]), FIRST + n * PITCH - side * (12 if n in (0, 6) else 15), 0, bool(side)
                )
    cells = page.read().cells
    assert {(cell.row, cell.column): cell.value for cell in cells if cell.value is not None} == drawn
    assert {cell.row for cell in cells} >= {*FORM.rows} - {"other_remaining", "concluded_total", break_before}
    assert all(cell.state is CellState.BLANK for cell in cells if (cell.row, cell.column) not in drawn)
