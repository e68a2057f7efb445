"""Fonts of PDF files: a glyph is a figure only where the file proves that it is."""

from collections.abc import Callable
from typing import Any

import pytest
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, xObjectName
from reportlab.pdfgen.canvas import Canvas

from tests.extract.documents.ruled_page import corner, pdf

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
