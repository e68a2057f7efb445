"""Word and Excel files: what their user sees is read; what he deleted, struck, hid or never computed is not."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tasks.extract.documents import read_document

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
ROWS = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "1", "2", "3"],
    ["规范性文件", "4", "5", "6"],
]


def word(change: Callable[[Any], None]) -> list[list[str]]:
    file = docx.Document()
    table = file.add_table(len(ROWS), 4)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    change(table)
    return rows_of(file)


def workbook(change: Callable[[Any], None]) -> list[list[str]]:
    file = openpyxl.Workbook()
    sheet = file.active
    for texts in ROWS:
        sheet.append([int(text) if text.isdigit() else text for text in texts])
    change(sheet)
    return rows_of(file)


def rows_of(file: Any) -> list[list[str]]:
    buffer = io.BytesIO()
    file.save(buffer)
    return table_rows(buffer.getvalue())


def table_rows(data: bytes) -> list[list[str]]:
    return [row for table in read_document(data).tables for row in table.rows]


def package(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize("style", ["strike", "double_strike", "hidden"])
def test_struck_and_hidden_runs_are_left_out(style: str) -> None:
    def change(table: Any) -> None:
        setattr(table.cell(1, 1).paragraphs[0].add_run("7").font, style, True)
        setattr(table.cell(1, 2).paragraphs[0].add_run("7").font, style, False)

    assert word(change)[1] == ["规章", "1", "27", "3"]


def test_tracked_deletions_are_left_out() -> None:
    def change(table: Any) -> None:
        deleted, run, text = (OxmlElement(name) for name in ("w:del", "w:r", "w:delText"))
        text.text = "7"
        run.append(text)
        deleted.append(run)
        table.cell(1, 1).paragraphs[0]._p.append(deleted)
        properties = table.rows[2]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:del"))

    assert word(change) == ROWS[:2]


def test_hidden_rows_and_columns_of_a_sheet_are_left_out() -> None:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    assert workbook(change) == [[*row[:2], row[3]] for row in (ROWS[0], ROWS[2])]


def test_a_formula_that_was_never_computed_and_a_share_are_no_figures() -> None:
    def change(sheet: Any) -> None:
        sheet["B2"] = "=1+2"
        sheet["C2"].number_format = "0%"
        sheet["D2"] = 3.0
        sheet["D2"].number_format = "#,##0.00"

    assert workbook(change)[1] == ["规章", "=1+2", "200%", "3.00"]


def run(text: str, *properties: str) -> Any:
    """A run whose properties are names, or names with a value (``vertAlign=superscript``)."""
    element, own, shown = (OxmlElement(name) for name in ("w:r", "w:rPr", "w:t"))
    for name, _, value in (text.partition("=") for text in properties):
        part = OxmlElement(f"w:{name}")
        if value:
            part.set(qn("w:val"), value)
        own.append(part)
    shown.text = text
    element.append(own)
    element.append(shown)
    return element


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        (["vertAlign=superscript"], "1¹"),
        (["vertAlign=subscript"], "1₁"),
        (["position=8"], "1¹"),
        (["position=1"], "11"),
        (["strike"], "1"),
        (["strike=0"], "11"),
        (["vanish"], "1"),
        (["color=FFFFFF"], "1"),
        (["sz=2"], "1"),
        (["rStyle=note"], "1¹"),
        (["rStyle=gone"], "1"),
        (["rStyle=gone", "vanish=0"], "11"),
    ],
)
def test_runs_and_their_styles_say_how_a_text_is_seen(properties: list[str], text: str) -> None:
    file = docx.Document()
    for name, tag in (("note", "vertAlign"), ("gone", "vanish")):
        style = file.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=False)
        part = OxmlElement(f"w:{tag}")
        if tag == "vertAlign":
            part.set(qn("w:val"), "superscript")
        style.element.get_or_add_rPr().append(part)
        child = file.styles.add_style(f"{name} below", WD_STYLE_TYPE.CHARACTER)
        child.base_style = style
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "规章", "1"
    table.cell(0, 1).paragraphs[0]._p.append(run("1", *properties))
    assert rows_of(file) == [["规章", text]]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<w:r><w:noBreakHyphen/><w:t>3</w:t></w:r>", "-3"),
        ('<w:r><w:sym w:font="Symbol" w:char="F02D"/><w:t>3</w:t></w:r>', "-3"),
        ('<w:r><w:sym w:font="Symbol" w:char="F033"/></w:r>', "3"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "\ufffc"),
        ("<m:oMath><m:r><m:t>-3</m:t></m:r></m:oMath>", "-3"),
        ("<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num></m:f></m:oMath>", "\ufffc"),
        ("<w:ins><w:r><w:t>3</w:t></w:r></w:ins><w:del><w:r><w:delText>4</w:delText></w:r></w:del>", "3"),
        ("<w:moveFrom><w:r><w:t>4</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>3</w:t></w:r></w:moveTo>", "3"),
        ('<w:fldSimple w:instr="= 1 + 2"><w:r><w:t>3</w:t></w:r></w:fldSimple>', "3"),
        (
            "{begin}<w:r><w:instrText>= </w:instrText></w:r>{begin}{separate}<w:r><w:t>9</w:t></w:r>{end}"
            "{separate}<w:r><w:t>3</w:t></w:r>{end}",
            "3",
        ),
        ("<w:r><w:t>3</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>", "3⁽注⁾"),
        ("<w:r><w:t>3</w:t></w:r><w:r><w:footnoteReference w:id='2'/><w:t>1</w:t></w:r>", "3⁽注⁾¹"),
        ("<w:r><w:object/></w:r>", "\ufffc"),
        ("<w:r><w:t>3</w:t><w:softHyphen/></w:r>", "3"),
        ("<w:sdt><w:sdtContent><w:r><w:t>3</w:t></w:r></w:sdtContent></w:sdt>", "3"),
        ("<w:bdo w:val='rtl'><w:r><w:t>31</w:t></w:r></w:bdo>", "13"),
        ("<w:bdo w:val='ltr'><w:r><w:t>31</w:t></w:r></w:bdo>", "31"),
        ("<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>", "\ufffc"),
        ("<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>3</w:t></w:r>", "3\ufffc"),
        ("<w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr><w:r><w:t>3</w:t></w:r>", "3"),
        ("<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>其他</w:t></w:r>", "其他"),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>3</w:t></mc:Choice>"
            "<mc:Fallback><w:t>4</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "3",
        ),
        (
            "<w:r xmlns:z='http://z.example'><mc:AlternateContent><mc:Choice Requires='z'><w:t>4</w:t></mc:Choice>"
            "<mc:Fallback><w:t>3</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "3",
        ),
        (
            "<w:r xmlns:z='http://z.example'><mc:AlternateContent><mc:Choice Requires='z wps'><w:t>4</w:t></mc:Choice>"
            "<mc:Choice Requires='w14'><w:t>3</w:t></mc:Choice></mc:AlternateContent></w:r>",
            "3",
        ),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>s</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>3</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "3",
        ),
    ],
)
def test_every_part_of_a_run_is_read_or_told(markup: str, text: str) -> None:
    for kind in ("begin", "separate", "end"):
        markup = markup.replace(f"{{{kind}}}", f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>')
    cells = f"<w:tc><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc><w:tc><w:p>{markup}</w:p></w:tc>"
    body = f"<w:document {NAMESPACES}><w:body><w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body></w:document>"
    assert table_rows(package({"word/document.xml": body})) == [["规章", text]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<w:tc>{run}</w:tc>", "3"),
        ("<w:tc><w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt></w:tc>", "3"),
        ("<w:tc><w:sdt><w:sdtContent><w:p>{run}</w:p></w:sdtContent></w:sdt><w:p/></w:tc>", "3"),
        ("<w:sdt><w:sdtContent><w:tc><w:p>{run}</w:p></w:tc></w:sdtContent></w:sdt>", "3"),
        ("<w:tc><w:smartTag><w:p>{run}</w:p></w:smartTag></w:tc>", "3"),
        ("<w:tc><w:ins>{run}</w:ins><w:del><w:r><w:t>4</w:t></w:r></w:del></w:tc>", "3"),
        ("<w:tc><w:r><w:rPr><w:vanish/></w:rPr><w:t>4</w:t></w:r>{run}</w:tc>", "3"),
        ("<w:tc><w:fldSimple w:instr='= 1 + 2'>{run}</w:fldSimple></w:tc>", "3"),
    ],
)
def test_runs_are_read_wherever_they_stand_in_a_cell(cell: str, text: str) -> None:
    label = "<w:tc><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{label}{cell.replace('{run}', '<w:r><w:t>3</w:t></w:r>')}</w:tr>"
    body = f"<w:document {NAMESPACES}><w:body><w:tbl>{row}</w:tbl></w:body></w:document>"
    assert table_rows(package({"word/document.xml": body})) == [["规章", text]]


STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main"
}
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


@pytest.mark.parametrize("name", ["word/document2.xml", "report.xml", "word\\nianbao.xml", "/a/b.XML"])
def test_the_main_part_is_found_by_its_relationship_whatever_its_name(name: str) -> None:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("规章", "3"))
    body = f"<w:document {NAMESPACES}><w:body><w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body></w:document>"
    for usual, strict in STRICT.items():
        for text in (body, body.replace(usual, strict)):
            relation = f'<Relationship Id="r1" Type="{OFFICE_DOCUMENT}" Target="{name}"/>'
            listing = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
            stale = body.replace("<w:t>3</w:t>", "<w:t>4</w:t>")
            parts = {"_rels/.rels": listing, "word/document.xml": stale, name.lstrip("/"): text}
            assert table_rows(package(parts)) == [["规章", "3"]]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12.340000000000002, "General", "12.34"),
        (147.99999999999997, "General", "148"),
        (29.050600000000003, "0.0000", "29.0506"),
        (225940, '0!.0000"万元"', "22.5940万元"),
        (1234000, '0!.0,"万元"', "123.4万元"),
        (225940.5, '"¥"#,##0.00', "¥225,940.50"),
        (225940, '[>=10000]0!.0000"万元";0"元"', "22.5940万元"),
        (0, "0;-0;;@", ""),
        (0, '[=0]"—";General', "—"),
        (3, "0%", "300%"),
        (3, ";;;", ""),
        (3, "[DBNum1]General", "###"),
        (3, "# ?/?", "###"),
        (3, '0"件"', "3件"),
        (3, "@", "3"),
        (-14, '0"增";0"减"', "14减"),
        (44562, "yyyy-mm-dd", "2022-01-01"),
        ("3", '@"件"', "3件"),
        (1234567, "#,##0", "1,234,567"),
        (100000000000, "General", "###"),
    ],
)
def test_numbers_are_read_as_excel_shows_them(value: Any, code: str, shown: str) -> None:
    def change(sheet: Any) -> None:
        sheet["B2"] = value
        sheet["B2"].number_format = code

    assert workbook(change)[1] == ["规章", shown, "2", "3"]


def test_conditional_formats_are_shown_where_they_hold_and_told_where_that_is_unclear() -> None:
    white, dash = Font(color="FFFFFFFF"), NumberFormat(numFmtId=190, formatCode='"—"')

    def rule(kind: str, formula: str, style: DifferentialStyle, operator: str | None = None) -> Rule:
        return Rule(type=kind, operator=operator, formula=[formula], dxf=style)

    def change(sheet: Any) -> None:
        sheet.conditional_formatting.add("B2:D2", rule("cellIs", "1", DifferentialStyle(font=white), "equal"))
        sheet.conditional_formatting.add("C2:C2", rule("cellIs", "1", DifferentialStyle(numFmt=dash), "greaterThan"))
        red = DifferentialStyle(font=Font(color="FFFF0000"))
        sheet.conditional_formatting.add("D2:D3", rule("expression", "D2>1", red))
        sheet.conditional_formatting.add("B3:B3", rule("expression", "B3>1", DifferentialStyle(font=white)))
        struck = DifferentialStyle(font=Font(strike=True))
        sheet.conditional_formatting.add("C3:C3", rule("cellIs", "4", struck, "lessThan"))

    assert workbook(change)[1:] == [["规章", "", "—", "3"], ["规范性文件", "4\ufffc", "5", "6"]]


def test_what_a_sheet_does_not_show_is_not_read() -> None:
    def change(sheet: Any) -> None:
        sheet["B2"].font = Font(color="FFFFFF")
        sheet["C2"].font = Font(color="FFFFFF")
        sheet["C2"].fill = PatternFill("solid", fgColor="003366")
        sheet["D2"] = CellRichText("3", TextBlock(InlineFont(vertAlign="superscript"), "1"))
        sheet["B3"] = CellRichText(TextBlock(InlineFont(strike=True), "9"), TextBlock(InlineFont(), "4"))
        sheet["C3"] = '=_xlfn.DISPIMG("ID_1",1)'
        hidden = sheet.parent.create_sheet("旧")
        hidden.sheet_state = "hidden"
        hidden.append(["规章", 9])

    assert workbook(change)[1:] == [["规章", "", "2", "3¹"], ["规范性文件", "4", "\ufffc", "6"]]


def test_merged_cells_show_their_first_cell_and_sheets_their_zeros_or_not() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("B2:C2")
        sheet["D2"] = 0
        sheet.sheet_view.showZeros = False

    assert workbook(change)[1] == ["规章", "1", ""]


def test_odd_styles_decide_nothing() -> None:
    file = openpyxl.Workbook()
    file.active.append(["规章", 3])
    buffer = io.BytesIO()
    file.save(buffer)
    with zipfile.ZipFile(buffer) as written:
        parts = {name: written.read(name).decode() for name in written.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace('r="B1"', 'r="B1" s="99"')
    for style in ("<styleSheet/>", parts["xl/styles.xml"].replace('fontId="0"', 'fontId="x"')):
        assert table_rows(package({**parts, "xl/styles.xml": style, "docProps/core.xml": "<odd>"})) == [["规章", "3"]]
    del parts["xl/styles.xml"]
    assert table_rows(package(parts)) == [["规章", "3"]]


def test_tables_know_the_sheet_they_stand_in() -> None:
    file = openpyxl.Workbook()
    file.active.title = "2022年"
    file.active.append(["规章", 3])
    buffer = io.BytesIO()
    file.save(buffer)
    assert [table.sheet for table in read_document(buffer.getvalue()).tables] == ["2022年"]


@pytest.mark.parametrize("gap", [1, 3])
@pytest.mark.parametrize("title", [None, "A1:K1"])
def test_tables_beside_each_other_on_a_sheet(gap: int, title: str | None) -> None:
    file = openpyxl.Workbook()
    own = [["某市某局2021年政府信息公开工作年度报告", "", "", ""], *ROWS]
    beside = [["", "", ""], ["项目", "自然人", "总计"], ["一、本年新收政府信息公开申请数量", "7", "7"]]
    beside.append(["二、上年结转政府信息公开申请数量", "8", "8"])
    for left, right in zip(own, beside, strict=True):
        texts = [*left, *[""] * gap, *right]
        file.active.append([int(text) if text.isdigit() else text or None for text in texts])
    if title:
        file.active.merge_cells(title)
    buffer = io.BytesIO()
    file.save(buffer)
    tables = [
        [[text for text in row if text] for row in table.rows] for table in read_document(buffer.getvalue()).tables
    ]
    assert tables == [ROWS, beside[1:]]


def test_an_empty_column_within_a_table_does_not_part_it() -> None:
    def change(sheet: Any) -> None:
        sheet.insert_cols(2)
        sheet.insert_cols(5)

    assert [[text for text in row if text] for row in workbook(change)] == ROWS
