"""Forms and notes of PDF files: what is typed into fields is read, and what only shows is told."""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from tests.extract.documents.ruled_page import ROWS, corner, pdf, picture


def test_values_of_form_fields_are_read_and_pictures_told() -> None:
    def change(canvas: Canvas) -> None:
        form = canvas.acroForm
        x, y = corner(1, 1)
        form.textfield(name="a", value="77", x=x + 20, y=y - 3, width=30, height=14, fontSize=8)
        x, y = corner(1, 3)
        form.checkbox(name="b", checked=True, x=x + 20, y=y - 2, size=12)
        x, y = corner(1, 2)
        canvas.drawImage(picture(), x + 20, y, 8, 8)

    rows = pdf(change)
    assert rows[0] == ROWS[0]
    assert rows[1] == ["规范性文件", "4\n77", "5\n\ufffc", "6\n\ufffc"]


def annotation(canvas: Canvas, kind: str, row: int, column: int, **entries: Any) -> None:
    """Set an annotation onto a cell."""
    x, y = corner(row, column)
    fixed = {"Type": PDFName("Annot"), "Subtype": PDFName(kind), "Rect": PDFArray([x + 20, y - 2, x + 40, y + 8])}
    canvas._addAnnotation(PDFDictionary({**fixed, **entries}))


def test_a_field_takes_what_it_lacks_from_the_field_above_it() -> None:
    def change(canvas: Canvas) -> None:
        above = PDFDictionary({"FT": PDFName("Tx"), "T": PDFString("a"), "V": PDFString("77")})
        annotation(canvas, "Widget", 1, 1, Parent=canvas._doc.Reference(above))

    assert pdf(change)[1] == ["规范性文件", "4\n77", "5", "6"]


def test_fields_without_a_value_that_show_a_text_and_strokes_and_stamps_are_told() -> None:
    def change(canvas: Canvas) -> None:
        drawn = canvas._doc.Reference(PDFStream(content="BT /F1 8 Tf (77) Tj ET"))
        annotation(canvas, "Widget", 0, 1, FT=PDFName("Tx"), AP=PDFDictionary({"N": drawn}))
        annotation(canvas, "StrikeOut", 0, 2)
        annotation(canvas, "Stamp", 1, 1)
        annotation(canvas, "Square", 0, 3)
        annotation(canvas, "Square", 1, 2, IC=PDFArray([0, 0, 0]))
        annotation(canvas, "Text", 1, 2, Contents=PDFString("77"))
        annotation(canvas, "FreeText", 1, 3, Contents=PDFString("77"), F=2)

    assert pdf(change) == [["规章", "148\n\ufffc", "11\n\ufffc", "3"], ["规范性文件", "4\n\ufffc", "5\n\ufffc", "6"]]
