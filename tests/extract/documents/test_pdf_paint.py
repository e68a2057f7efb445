"""What is painted in the cells of PDF files: paint that hides, paint that decorates, figures drawn as outlines."""

from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from tests.extract.documents.ruled_page import HEIGHT, LEFT, ROWS, TOP, WIDTH, corner, pdf, picture, write


def test_paint_over_a_figure_rules_no_cell() -> None:
    def change(canvas: Canvas) -> None:
        x, y = corner(0, 1)
        canvas.setFillColor(white)
        canvas.rect(LEFT + WIDTH, TOP - HEIGHT + 0.5, WIDTH, HEIGHT - 1, stroke=0, fill=1)
        canvas.setFillColor(black)
        write(canvas, x, y, "149")

    assert pdf(change) == [["规章", "149", "11", "3"], ROWS[1]]


def over(row: int, column: int) -> tuple[float, float, float, float]:
    x, y = corner(row, column)
    return x - 1, y - 2, 30, 12


def bar(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.2, 0, 0))
    canvas.rect(*over(0, 1), stroke=0, fill=1)


def thick_line(canvas: Canvas) -> None:
    x, y, width, height = over(0, 1)
    canvas.setLineWidth(height)
    canvas.line(x, y + height / 2, x + width, y + height / 2)


def half_through(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0, 0, 0, alpha=0.7))
    canvas.rect(*over(0, 1), stroke=0, fill=1)


def half_painted(canvas: Canvas) -> None:
    x, y, width, _ = over(0, 1)
    canvas.setFillColor(white)
    canvas.rect(x, y, width, 5, stroke=0, fill=1)


def pictured(canvas: Canvas) -> None:
    x, y, width, height = over(0, 1)
    canvas.drawImage(picture(), x, y, width, height)


@pytest.mark.parametrize("change", [bar, thick_line, half_through, half_painted, pictured])
def test_a_figure_below_a_bar_is_told(change: Callable[[Canvas], None]) -> None:
    rows = pdf(change)
    assert rows[0][1].strip("\n") in ("\ufffc" * 3, "\ufffc" * 3 + "\n\ufffc")
    assert [rows[0][0], *rows[0][2:]] == [ROWS[0][0], *ROWS[0][2:]]
    assert rows[1] == ROWS[1]


def lit(canvas: Canvas) -> None:
    canvas.setFillColor(Color(1, 1, 0, alpha=0.3))
    canvas.rect(*over(0, 1), stroke=0, fill=1)


def framed(canvas: Canvas) -> None:
    """Paint a frame: a box with a box cut out."""
    x, y = LEFT + WIDTH, TOP - HEIGHT
    frame = canvas.beginPath()
    frame.rect(x, y, WIDTH, HEIGHT)
    frame.rect(x + 1, y + 1, WIDTH - 2, HEIGHT - 2)
    canvas.drawPath(frame, stroke=0, fill=1, fillMode=0)


@pytest.mark.parametrize("change", [lit, framed])
def test_what_does_not_cover_a_figure_leaves_it(change: Callable[[Canvas], None]) -> None:
    assert pdf(change) == ROWS


def test_a_bar_that_is_written_on_is_a_ground() -> None:
    def change(canvas: Canvas) -> None:
        bar(canvas)
        canvas.setFillColor(white)
        write(canvas, *corner(0, 1), "149")

    assert pdf(change) == [["规章", "149", "11", "3"], ROWS[1]]


def blank(canvas: Canvas, row: int, column: int) -> tuple[float, float]:
    """Draw another table of two rows, whose cells are blank but for their labels, and return where a figure stands."""
    for at, label in enumerate(("规章", "规范性文件")):
        write(canvas, LEFT + 4, TOP - 214 - at * HEIGHT, label)
        write(canvas, LEFT + WIDTH + 4, TOP - 214 - at * HEIGHT, "7")
    canvas.grid([LEFT + n * WIDTH for n in range(5)], [TOP - 200 - n * HEIGHT for n in range(3)])
    x, y = corner(row, column)
    return x, y - 200


def filled(canvas: Canvas, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def outlined_one(canvas: Canvas, x: float, y: float) -> None:
    corners = [(0, 5), (2, 7), (3, 7), (3, 0), (2, 0), (2, 5.5), (0.5, 4.2)]
    filled(canvas, [(x + across, y + along) for across, along in corners])


def outlined_nought(canvas: Canvas, x: float, y: float) -> None:
    canvas.ellipse(x, y, x + 4, y + 7, stroke=0, fill=1)


def slash(canvas: Canvas, x: float, y: float) -> None:
    filled(canvas, [(x - 4, y - 6), (x - 3, y - 6), (x + WIDTH - 4, y + 14), (x + WIDTH - 5, y + 14)])


def dots(canvas: Canvas, x: float, y: float) -> None:
    for at in range(6):
        canvas.circle(x + 4 * at, y, 0.8, stroke=0, fill=1)


def rounded_ground(canvas: Canvas, x: float, y: float) -> None:
    canvas.setFillGray(0.9)
    canvas.roundRect(x - 3, y - 5, WIDTH - 2, HEIGHT - 2, 3, stroke=0, fill=1)


def check_box(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(x, y, 8, 8, stroke=1, fill=0)


@pytest.mark.parametrize(
    ("draw", "seen"),
    [
        (outlined_one, "\ufffc"),
        (outlined_nought, "\ufffc"),
        (slash, ""),
        (dots, ""),
        (rounded_ground, ""),
        (check_box, ""),
    ],
)
def test_a_figure_drawn_as_an_outline_is_told_and_what_fills_a_blank_cell_is_not(
    draw: Callable[[Canvas, float, float], None], seen: str
) -> None:
    rows = pdf(lambda canvas: draw(canvas, *blank(canvas, 0, 2)))
    assert rows == [*ROWS, ["规章", "7", seen, ""], ["规范性文件", "7", "", ""]]


def test_a_ground_within_a_cell_rules_no_cell() -> None:
    def change(canvas: Canvas) -> None:
        x, top = LEFT, 500
        canvas.grid([x, x + 90, x + 180, x + 270], [top, top - 20, top - 60])
        for at, text in enumerate(("规章", "148", "11")):
            write(canvas, x + 90 * at + 4, top - 14, text)
            if at != 1:
                write(canvas, x + 90 * at + 4, top - 44, text)
        canvas.setFillColor(Color(0.1, 0.2, 0.5))
        canvas.rect(x + 91, top - 48, 88, 14, stroke=0, fill=1)
        canvas.setFillColor(white)
        write(canvas, x + 94, top - 44, "9")

    assert pdf(change) == [*ROWS, ["规章", "148", "11"], ["规章", "9", "11"]]
