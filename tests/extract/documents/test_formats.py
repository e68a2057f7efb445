"""The same report as DOCX, XLSX, PDF, Markdown-like text and legacy files."""

import csv
import io
import json
import shutil
import stat
import subprocess
import sys
import zipfile
from decimal import Decimal
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from lxml import etree

from samples.dresses import DOCUMENTS, DRESSES, Dress, expected_cells, render
from samples.inconsistencies import published_reports
from samples.reports import SampleReport
from tasks.extract.documents import Table, read_document
from tasks.extract.documents.open_document import without_hidden_sections
from tasks.extract.extraction import extract
from tasks.extract.report import Report

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def sample() -> SampleReport:
    return next(report for report in published_reports() if report.year == 2022)


@cache
def blocks() -> list[str | Table]:
    document = read_document(render(sample(), DRESSES["plain"]))
    return [block for block in document.blocks if isinstance(block, str | Table)]


def docx(markup: str = "") -> bytes:
    parts = []
    for block in blocks():
        if isinstance(block, str):
            parts.append(f"<w:p><w:r><w:t>{escape(block)}</w:t></w:r></w:p>")
            continue
        rows = "".join(f"<w:tr>{''.join(map(word_cell, row))}</w:tr>" for row in block.rows)
        parts.append(f"<w:tbl><w:tblPr/>{rows}</w:tbl>")
    body = f'<w:document xmlns:w="{WORD}"><w:body>{"".join(parts)}{markup}</w:body></w:document>'
    return package({"word/document.xml": body})


def word_cell(text: str) -> str:
    """One cell, a run for every character, with a deletion and a cell that continues a merged one behind it."""
    runs = "".join(f"<w:r><w:t>{escape(character)}</w:t></w:r>" for character in text)
    deleted = "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
    continued = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    return f"<w:tc><w:p>{runs}{deleted}</w:p></w:tc>{continued}"


def package(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for block in blocks():
        for row in [[block]] if isinstance(block, str) else block.rows:
            sheet.append([int(text) if text.isdigit() else text for text in row])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def assert_read_right(report: Report, dress: Dress = DRESSES["plain"]) -> None:
    read_cells = {(cell.table, cell.row, cell.column): (cell.value, cell.state, cell.unit) for cell in report.cells}
    expected = expected_cells(sample(), dress)
    assert read_cells == {key: (cell.value, cell.state, cell.unit) for key, cell in expected.items()}
    assert (report.organ, report.year) == (sample().organ.name, sample().year)
    assert not report.problems


def test_docx() -> None:
    assert_read_right(extract(docx(), item="x"))


def test_xlsx() -> None:
    assert_read_right(extract(xlsx(), item="x"))


LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
KIND = "application/vnd.oasis.opendocument.text"


def open_document() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", KIND)
        package.writestr("content.xml", "<office:document-content/>")
    return buffer.getvalue()


WORD_2003 = '<w:wordDocument xml:space="preserve" xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
CONVERTED = (
    LEGACY,
    open_document(),
    f'<?xml version="1.0"?><office:document office:mimetype="{KIND}"/>'.encode(),
    f'<?xml version="1.0"?><?mso-application progid="Word.Document"?>{WORD_2003}'.encode(),
)


@pytest.mark.parametrize("data", CONVERTED)
def test_legacy_formats_want_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [problem.code for problem in extract(data, item="x").problems] == ["converter_missing"]


@pytest.mark.parametrize("data", CONVERTED)
def test_legacy_formats_are_converted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes) -> None:
    """A stand-in for soffice that does what it does: it writes the converted file into the folder asked for."""
    converted = tmp_path / "converted.docx"
    converted.write_bytes(docx())
    soffice = tmp_path / "soffice"
    soffice.write_text(
        f"#!{sys.executable}\nimport pathlib, shutil, sys\n"
        "folder = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nfolder.mkdir()\n"
        f"shutil.copy({str(converted)!r}, folder / (pathlib.Path(sys.argv[-1]).stem + '.docx'))\n"
    )
    soffice.chmod(soffice.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert_read_right(extract(data, item="x"))


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("dress", "legacy"),
    [
        *(("docx", suffix) for suffix in ("doc", "rtf", "odt", "fodt", "xml:MS Word 2003 XML")),
        *(("xlsx", suffix) for suffix in ("xls", "ods", "fods")),
    ],
)
def test_libreoffice_itself_converts(tmp_path: Path, dress: str, legacy: str) -> None:
    (tmp_path / "report").write_bytes(render(sample(), DOCUMENTS[dress]))
    soffice = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*soffice, legacy, "--outdir", tmp_path, tmp_path / "report"], capture_output=True, check=True)
    suffix, _, _ = legacy.partition(":")
    assert_read_right(extract((tmp_path / f"report.{suffix}").read_bytes(), item="x"), DOCUMENTS[dress])


@pytest.mark.parametrize("is_package", [True, False])
def test_hidden_sections_of_a_text_document_are_not_converted(is_package: bool) -> None:
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text")
    )
    inner = "<text:section><text:p>8</text:p></text:section>"
    sections = f'<text:section text:display="none"><text:p>7</text:p>{inner}</text:section><text:p>148</text:p>'
    markup = f"<office:document {namespaces}>{sections}</office:document>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", KIND)
        package.writestr("content.xml", markup)
    shown = without_hidden_sections(buffer.getvalue() if is_package else markup.encode(), is_package)
    content = zipfile.ZipFile(io.BytesIO(shown)).read("content.xml") if is_package else shown
    assert "".join(etree.fromstring(content).itertext()) == "148"


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_in_xml_of_excel_2003() -> None:
    cells = '<Cell><Data ss:Type="String">规章</Data></Cell><Cell><Data ss:Type="Number">148</Data></Cell>'
    table = f'<Worksheet ss:Name="年报"><Table><Row>{cells}</Row></Table></Worksheet>'
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    workbook = f'<?xml version="1.0"?><Workbook xmlns="{namespace}" xmlns:ss="{namespace}">{table}</Workbook>'
    assert rows_of(workbook.encode()) == [["规章", "148"]]


def test_a_page_whose_text_stands_in_a_script() -> None:
    page = render(sample(), DRESSES["plain"]).decode()
    detail = {"title": sample().title, "date": "2023-01-20 10:00:00", "content": page[page.index("<body") :]}
    wrapped = f"<html><body><script>window._CONFIG = {{SID: '1', DETAIL: {json.dumps(detail)}}}</script></body></html>"
    assert_read_right(extract(wrapped.encode(), item="x"))


def test_a_unit_above_the_table() -> None:
    row = "<tr><td>政府集中采购</td><td>3</td><td>1.5</td></tr>"
    page = f"<p>某局2019年政府信息公开年度报告</p><p>单位：{{}}</p><table>{row}</table>"
    amounts = {}
    for unit in ("万元", "件"):
        cells = extract(page.format(unit).encode(), item="x").cells
        amounts[unit] = [(cell.value, cell.unit) for cell in cells if cell.column == "amount"]
    assert amounts == {"万元": [(Decimal(15000), "yuan")], "件": [(Decimal("1.5"), None)]}


ROWS = [["规章", "1", "148", ""], ["规范性文件", "4", "5", "6"]]


def rows_of(data: bytes) -> list[list[str]]:
    return [row for table in read_document(data).tables for row in table.rows]


@pytest.mark.parametrize(("upright", "across", "cross"), ["│─┼", "┃━╋", "║═╬", "|-+"])
def test_drawn_boxes_are_tables(upright: str, across: str, cross: str) -> None:
    rule = cross.join([cross, *[across * 12] * 4, cross])
    lines = [rule]
    for row in ROWS:
        lines += [f"{upright}{upright.join(f' {text} ' for text in row)}{upright}", rule]
    assert rows_of("\n".join(lines).encode()) == ROWS
    blank = f"{upright}{upright.join(['  '] * 4)}{upright}"
    assert rows_of("\n".join([*lines, blank, rule]).encode()) == [*ROWS, [""] * 4]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_csv_as_spreadsheets_save_it(separator: str, encoding: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerow(["某局2022年政府信息公开工作年度报告", "", "", ""])
    for number in range(8):
        writer.writerow(["规章", number, f"1{separator}234", "两\n行"])
    document = read_document(buffer.getvalue().encode(encoding))
    assert list(document.paragraphs) == ["某局2022年政府信息公开工作年度报告"]
    assert [row for table in document.tables for row in table.rows] == [
        ["规章", str(number), f"1{separator}234", "两\n行"] for number in range(8)
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("~~147~~148", "148"),
        ("<del>147</del>148", "148"),
        ("~~147~~", "~~147~~"),
        ("148[^1]", "148¹"),
        ("148^1^", "148¹"),
        ("148$^{1}$", "148¹"),
        ("148<sup>1</sup>", "148¹"),
        ("148<sub>1</sub>", "148₁"),
        ("**148**", "148"),
        ("`148`", "148"),
        ("_148_", "148"),
        ("[148](#note)", "148"),
        ("148<!-- 147 -->", "148"),
        ("148<span hidden>9</span>", "148"),
        ("148<span style='display:none'>9</span>", "148"),
        ("1\u200b4\ufeff8", "148"),
        ("_", "_"),
    ],
)
def test_markdown_as_its_reader_sees_it(cell: str, text: str) -> None:
    lines = ["| 信息内容 | 本年制发件数 |", "|---|---|", *[f"| 规章 | {cell} |"] * 4]
    page = "\n".join(["# 年度报告", "<div hidden>", "| 规章 | 9 |", "</div>", *lines])
    assert rows_of(page.encode())[1:] == [["规章", text]] * 4


def test_the_page_of_a_single_file_web_page() -> None:
    page = "<html><body><table><tr><td>规章</td><td>148</td></tr></table></body></html>"
    archive = MIMEMultipart("related")
    archive.attach(MIMEText(page, "html", "gb2312"))
    archive.attach(MIMEText("body {}", "css"))
    assert rows_of(archive.as_bytes()) == [["规章", "148"]]


def test_the_page_in_a_frame_of_a_single_file_web_page() -> None:
    archive = MIMEMultipart("related")
    archive.attach(MIMEText("<table><tr><td>首页</table><iframe src='cid:report@frame'></iframe>", "html"))
    archive.attach(MIMEText("<table><tr><td>规章<td>148</table>", "html"))
    archive.attach(MIMEText("<p>访问量 3", "html"))
    assert rows_of(archive.as_bytes()) == [["规章", "148"]]


def test_an_archive_with_one_document_is_that_document() -> None:
    parts = {"年报/": "", "年报/报告.html": render(sample(), DRESSES["plain"]).decode(), "__MACOSX/._报告.html": "x"}
    assert_read_right(extract(package({**parts, "说明.txt": "政府信息公开"}), item="x"))
    twice = package({**parts, "报告2.html": parts["年报/报告.html"]})
    assert [problem.code for problem in extract(twice, item="x").problems] == ["binary_file"]


def test_an_ofd_file_is_told_by_its_name() -> None:
    (problem,) = extract(package({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<x/>"}), item="x").problems
    assert problem.code == "binary_file"
    assert "OFD" in problem.detail


def test_prose_with_commas_and_markdown_are_no_csv() -> None:
    row = "| 规章 | 1,234 | 2,345 | 3,456 |"
    prose = "一,二,三,四,五。"
    assert rows_of("\n".join([row] * 10).encode()) == [["规章", "1,234", "2,345", "3,456"]] * 10
    assert rows_of("\n".join([prose] * 10).encode()) == []
