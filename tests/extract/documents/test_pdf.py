"""PDF files: what is drawn so that a reader sees it is read, once; what is typed into forms is, too."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from reportlab.lib.colors import Color, black, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, xObjectName
from reportlab.pdfgen.canvas import Canvas

from tasks.extract.documents import read_document
from tasks.extract.documents.cut_rows import join_cut_row
from tasks.extract.documents.document import Block, Table

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


def test_paint_over_a_figure_rules_no_cell() -> None:
    def change(canvas: Canvas) -> None:
        x, y = corner(0, 1)
        canvas.setFillColor(white)
        canvas.rect(LEFT + WIDTH, TOP - HEIGHT + 0.5, WIDTH, HEIGHT - 1, stroke=0, fill=1)
        canvas.setFillColor(black)
        write(canvas, x, y, "149")

    assert pdf(change) == [["规章", "149", "11", "3"], ROWS[1]]


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


Entries = dict[str, Any]


def with_font(shown: str, font: Callable[[Canvas], Entries]) -> str:
    """What is read of codes, in hexadecimal, of a font of one's own in a cell."""

    def change(canvas: Canvas) -> None:
        x, y = corner(0, 3)
        canvas.beginForm("own", 0, 0, 595, 842)
        canvas._code.append(f"BT /Own 10 Tf 1 0 0 1 {x + 20} {y} Tm <{shown}> Tj ET")
        canvas.endForm()
        fonts = PDFDictionary({"Own": PDFDictionary({"Type": PDFName("Font"), **font(canvas)})})
        canvas._doc.idToObject[xObjectName("own")].Resources = PDFDictionary({"Font": fonts})
        canvas.doForm("own")

    return pdf(change)[0][3].removeprefix("3").strip()


def stream(canvas: Canvas, content: str) -> Any:
    return canvas._doc.Reference(PDFStream(content=content))


def to_unicode(canvas: Canvas, **codes: str) -> Any:
    entries = "\n".join(f"<{code[1:]}> <{ord(text):04x}>" for code, text in codes.items())
    return stream(
        canvas,
        f"1 begincodespacerange <00> <ff> endcodespacerange {len(codes)} beginbfchar {entries} endbfchar",
    )


def differences(first: int, *names: str) -> Any:
    return PDFDictionary({"Differences": PDFArray([first, *map(PDFName, names)])})


def type3(canvas: Canvas) -> Entries:
    """A font that draws something, whatever the names and codes of its glyphs."""
    names = ("three", "five")
    return {
        "Subtype": PDFName("Type3"),
        "FontBBox": PDFArray([0, 0, 10, 10]),
        "FontMatrix": PDFArray([0.1, 0, 0, 0.1, 0, 0]),
        "FirstChar": 0x33,
        "LastChar": 0x34,
        "Widths": PDFArray([6, 6]),
        "Encoding": differences(0x33, *names),
        "CharProcs": PDFDictionary({name: stream(canvas, "6 0 d0 0 0 5 5 re f") for name in names}),
    }


def embedded(canvas: Canvas, **entries: Any) -> Entries:
    """A font with a program of its own."""
    program = {
        "Type": PDFName("FontDescriptor"),
        "Flags": 4,
        "FontFile3": stream(canvas, "x"),
        "FontName": PDFName("x"),
    }
    return {
        "Subtype": PDFName("Type1"),
        "BaseFont": PDFName("AAAAAA+Own"),
        "FirstChar": 0,
        "LastChar": 0x39,
        "Widths": PDFArray([500] * 0x3A),
        "FontDescriptor": PDFDictionary(program),
        **entries,
    }


def standard(**entries: Any) -> Entries:
    """A font that stands in no file: every reader has it."""
    named: Entries = {"BaseFont": PDFName("Times-Roman"), "Encoding": PDFName("WinAnsiEncoding")}
    return {"Subtype": PDFName("Type1"), **named, **entries}


@pytest.mark.parametrize(
    ("font", "seen"),
    [
        (type3, "\ufffc" * 2),
        (lambda canvas: {**type3(canvas), "ToUnicode": to_unicode(canvas, x33="7", x34="8")}, "\ufffc" * 2),
        (lambda canvas: {**type3(canvas), "ToUnicode": to_unicode(canvas, x33="3", x34="5")}, "35"),
        (embedded, "\ufffc" * 2),
        (lambda canvas: embedded(canvas, Encoding=PDFName("WinAnsiEncoding")), "34"),
        (lambda canvas: embedded(canvas, Encoding=differences(0x33, "g7", "a12")), "\ufffc" * 2),
        (lambda canvas: embedded(canvas, Encoding=differences(0x33, "seven", "a12")), "7\ufffc"),
        (lambda canvas: embedded(canvas, ToUnicode=to_unicode(canvas, x33="9")), "9\ufffc"),
        (lambda canvas: {"Subtype": PDFName("Type1"), "BaseFont": PDFName("ZapfDingbats")}, "\ufffc"),
        (lambda canvas: {"Subtype": PDFName("Type1"), "BaseFont": PDFName("Helvetica")}, "34"),
        (lambda canvas: standard(ToUnicode=to_unicode(canvas, x33="4", x34="4")), "\ufffc4"),
        (lambda canvas: standard(ToUnicode=to_unicode(canvas, x33="3", x34="4")), "34"),
    ],
)
def test_a_glyph_whose_meaning_is_not_proven_is_an_object(font: Callable[[Canvas], Entries], seen: str) -> None:
    assert with_font("3334", font) == seen


@pytest.mark.parametrize(
    ("entries", "seen"),
    [
        ({"Encoding": "Identity-H", "ToUnicode": "Identity-H", "Ordering": "Identity"}, "\ufffc"),
        ({"Encoding": "Identity-H", "Ordering": "Identity"}, "\ufffc"),
        ({"Encoding": "Unheard-H", "Ordering": "GB1"}, "\ufffc"),
        ({"Encoding": "UniGB-UCS2-H", "Ordering": "GB1"}, "3"),
    ],
)
def test_a_font_of_two_bytes_a_code_is_read_if_its_tables_say_how(entries: dict[str, str], seen: str) -> None:
    def font(canvas: Canvas) -> Entries:
        collection = PDFDictionary(
            {"Registry": PDFString("Adobe"), "Ordering": PDFString(entries["Ordering"]), "Supplement": 0}
        )
        below = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName("Own"),
                "CIDSystemInfo": collection,
                "DW": 500,
            }
        )
        named = {name: PDFName(entries[name]) for name in ("Encoding", "ToUnicode") if name in entries}
        return {"Subtype": PDFName("Type0"), "BaseFont": PDFName("Own"), "DescendantFonts": PDFArray([below]), **named}

    assert with_font("0033", font) == seen


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


def test_a_row_that_the_end_of_a_page_cuts_is_one_row() -> None:
    label, *figures = ["1.本机关", "1", "2", "3", "4", "5", "6", "7"]
    above: list[Block] = [Table(0, [["规章", "1"], ["（四）无", label, *figures]])]
    rest = ["", "法提供", "不掌握相关政府信息", *[""] * 7]
    below: list[Block] = ["某局文件", Table(1, [["自然人", "总计"], rest, ["2.重复申请", *figures]])]
    join_cut_row(above, below)
    assert above == [Table(0, [["规章", "1"], ["（四）无法提供", "1.本机关不掌握相关政府信息", *figures]])]
    assert below[1] == Table(1, [["自然人", "总计"], ["2.重复申请", *figures]])


@pytest.mark.parametrize("rest", [["1.信访举报投诉类申请", *[""] * 7], ["不掌握相关政府信息", "1", *[""] * 6]])
def test_a_row_of_its_own_at_the_head_of_a_page_stays(rest: list[str]) -> None:
    row = ["1.本机关不掌握相关政府信息" if not rest[1] else "1.本机关", *"1234567"]
    above: list[Block] = [Table(0, [row])]
    below: list[Block] = [Table(1, [rest])]
    join_cut_row(above, below)
    assert (above, below) == ([Table(0, [row])], [Table(1, [rest])])


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


def picture() -> "object":
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    return ImageReader(Image.new("RGB", (4, 4), "red"))
