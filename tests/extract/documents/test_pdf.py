"""PDF files: what is drawn so that a reader sees it is read, once."""

from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from tests.extract.documents.ruled_page import CHINESE, HEIGHT, LATIN, LEFT, ROWS, SIZE, TOP, WIDTH, corner, pdf, write


def twice(canvas: Canvas) -> None:
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            x, y = corner(row, column)
            for shift in (0.3, 0.5):
                write(canvas, x + shift, y, text)


def raised(canvas: Canvas) -> None:
    x, y = corner(0, 1)
    write(canvas, x + canvas.stringWidth("148", LATIN, SIZE), y + 4, "1", 6)
    text = canvas.beginText(*corner(0, 3))
    text.setFont(LATIN, SIZE)
    text.moveCursor(canvas.stringWidth("3", LATIN, SIZE), 0)
    text.setRise(3)
    text.textOut("2")
    canvas.drawText(text)


def struck(canvas: Canvas) -> None:
    x, y = corner(0, 1)
    write(canvas, x + 30, y, "147")
    canvas.setLineWidth(0.6)
    canvas.line(x + 29, y + 3.5, x + 48, y + 3.5)
    x, y = corner(0, 2)
    write(canvas, x + 30, y, "9")
    canvas.rect(x + 29, y + 3.2, 8, 0.6, stroke=0, fill=1)


def in_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    write(canvas, corner(0, 1)[0] + 20, corner(0, 1)[1], "9")
    canvas.setFillColor(Color(0, 0, 0, alpha=0))
    write(canvas, corner(0, 2)[0] + 20, corner(0, 2)[1], "9")


def painted_over(canvas: Canvas) -> None:
    x, y = corner(0, 1)
    write(canvas, x + 30, y, "9")
    canvas.setFillColor(white)
    canvas.rect(x + 29, y - 2, 12, 12, stroke=0, fill=1)
    canvas.setFillColor(black)


def invisible(canvas: Canvas) -> None:
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            x, y = corner(row, column)
            writing = canvas.beginText(x, y - 1)
            writing.setFont(LATIN if text.isascii() else CHINESE, SIZE)
            writing.setTextRenderMode(3)
            writing.textOut(text)
            canvas.drawText(writing)


def outside(canvas: Canvas) -> None:
    write(canvas, 700, 690, "99")
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(0, 0, 1, 1)
    canvas.clipPath(clip, stroke=0)
    write(canvas, corner(0, 1)[0] + 30, corner(0, 1)[1], "9")
    canvas.restoreState()


def watermark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(80, 660)
    canvas.rotate(30)
    canvas.setFillGray(0.8)
    write(canvas, 0, 0, "2023 12345", 24)
    canvas.restoreState()


@pytest.mark.parametrize("change", [twice, raised, struck, in_white, painted_over, invisible, outside, watermark])
def test_only_what_a_reader_sees_is_read_and_once(change: Callable[[Canvas], None]) -> None:
    assert pdf(change) == ROWS


def test_a_cell_in_which_all_is_struck_says_so_and_a_row_is_gone() -> None:
    def strike(canvas: Canvas, row: int, column: int) -> None:
        x, y = corner(row, column)
        canvas.setLineWidth(0.6)
        canvas.line(x - 1, y + 3.5, x + canvas.stringWidth(ROWS[row][column], CHINESE, SIZE) + 1, y + 3.5)

    def strike_row(canvas: Canvas) -> None:
        for column in range(4):
            strike(canvas, 1, column)

    assert pdf(lambda canvas: strike(canvas, 0, 1)) == [["规章", "~~148~~", "11", "3"], ROWS[1]]
    assert pdf(strike_row) == ROWS[:1]


def test_a_watermark_below_the_table_and_white_on_dark_are_told_apart() -> None:
    def heading(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.1, 0.2, 0.5))
        canvas.rect(LEFT, TOP - HEIGHT, 4 * WIDTH, HEIGHT, stroke=0, fill=1)
        canvas.setFillColor(white)
        write(canvas, corner(0, 1)[0] + 30, corner(0, 1)[1], "9")
        canvas.setFillColor(black)

    assert pdf(watermark, watermark) == ROWS
    assert pdf(lambda canvas: None, heading) == [["规章", "148 9", "11", "3"], ROWS[1]]


def test_what_is_clipped_away_is_not_read_and_what_is_so_in_part_is_no_figure() -> None:
    def away(canvas: Canvas) -> None:
        for name, lower, upper in (("below", 0, TOP - HEIGHT), ("beside", 800, 842)):
            canvas.beginForm(name, 0, lower, 595, upper)
            write(canvas, corner(0, 2)[0] + 30, corner(0, 2)[1], "99")
            canvas.endForm()
            canvas.doForm(name)

    def within(canvas: Canvas) -> None:
        x, y = corner(0, 2)
        canvas.beginForm("shown", x, y - 3, x + 60, y + 12)
        write(canvas, x + 30, y, "99")
        canvas.endForm()
        canvas.doForm("shown")

    def in_part(canvas: Canvas) -> None:
        x, y = corner(0, 1)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(x + 30, y - 2, 3, 12)
        canvas.clipPath(clip, stroke=0)
        write(canvas, x + 30, y, "9")
        canvas.restoreState()

    def by_a_triangle(canvas: Canvas) -> None:
        x, y = corner(0, 1)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.moveTo(x, y + 40)
        clip.lineTo(x + 80, y + 40)
        clip.lineTo(x, y - 20)
        clip.close()
        canvas.clipPath(clip, stroke=0)
        write(canvas, x + 70, y, "9")
        canvas.restoreState()

    assert pdf(away) == ROWS
    assert pdf(by_a_triangle) == ROWS
    assert pdf(within) == [["规章", "148", "11 99", "3"], ROWS[1]]
    assert pdf(in_part) == [["规章", "148 \ufffc", "11", "3"], ROWS[1]]


def test_a_text_that_runs_over_a_border_is_of_no_cell_for_sure_and_a_border_strikes_nothing() -> None:
    def change(canvas: Canvas) -> None:
        write(canvas, corner(0, 1)[0] + 30, TOP - HEIGHT - 4, "9")

    assert pdf(change) in (
        [["规章", "148", "11", "3"], ["规范性文件", "\ufffc", "5", "6"]],
        [["规章", "\ufffc", "11", "3"], ROWS[1]],
    )


def test_a_text_over_the_outer_border_of_a_table_is_whole_and_so_is_one_whose_strokes_have_outlines() -> None:
    def change(canvas: Canvas) -> None:
        write(canvas, corner(0, 0)[0] + 40, TOP - 5, "三件")
        canvas.setLineWidth(0.3)
        canvas.rect(corner(0, 0)[0] + 41, TOP - 1.4, 8, 0.6, stroke=1, fill=0)

    assert "".join(pdf(change)[0][0].split()) in ("规章三件", "三件规章")


@pytest.mark.parametrize(
    ("label", "is_known"), [("2.其他法律行政法规禁止公开", True), ("二零二三年度的某种其他情况", False)]
)
def test_a_label_set_in_upright_columns_is_read_as_it_was_drawn(label: str, is_known: bool) -> None:
    def change(canvas: Canvas) -> None:
        canvas.grid([LEFT, LEFT + 40, LEFT + 80], [300, 400])
        for number, glyph in enumerate(label):
            write(canvas, LEFT + 22 - 14 * (number // 7), 385 - 12 * (number % 7), glyph)
        write(canvas, LEFT + 50, 350, "7")

    assert (pdf(change)[-1] == [label, "7"]) is is_known
