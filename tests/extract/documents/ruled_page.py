"""A PDF page with a ruled table, onto which a test draws."""

import io
from collections.abc import Callable

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tasks.extract.documents import read_document

CHINESE, LATIN = "STSong-Light", "Helvetica"
LEFT, TOP, WIDTH, HEIGHT, SIZE = 60, 700, 90, 20, 10
ROWS = [["规章", "148", "11", "3"], ["规范性文件", "4", "5", "6"]]


def corner(row: int, column: int) -> tuple[float, float]:
    return LEFT + column * WIDTH + 4, TOP - row * HEIGHT - 14


def write(canvas: Canvas, x: float, y: float, text: str, size: float = SIZE) -> None:
    canvas.setFont(LATIN if text.isascii() else CHINESE, size)
    canvas.drawString(x, y, text)


def pdf(change: Callable[[Canvas], None], before: Callable[[Canvas], None] = lambda canvas: None) -> list[list[str]]:
    """A page with a ruled table; ``before`` draws below it and ``change`` on it."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    before(canvas)
    canvas.grid([LEFT + n * WIDTH for n in range(5)], [TOP - n * HEIGHT for n in range(3)])
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            write(canvas, *corner(row, column), text)
    write(canvas, 60, 780, "政府信息公开工作年度报告，本报告由某局按照条例的规定编制并公布，欢迎监督")
    change(canvas)
    canvas.save()
    return [row for table in read_document(buffer.getvalue()).tables for row in table.rows]


def picture() -> ImageReader:
    return ImageReader(Image.new("RGB", (4, 4), "red"))
