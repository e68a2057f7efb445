"""The same report as DOCX, XLSX, PDF, Markdown-like text and legacy files."""

import io
import json
import shutil
import stat
import subprocess
import sys
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from samples.dresses import DOCUMENTS, DRESSES, Dress, expected_cells, render
from samples.inconsistencies import published_reports
from samples.reports import SampleReport
from tasks.extract import extract
from tasks.extract.documents import Table, read_document
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


def test_legacy_formats_want_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    legacy = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    assert [problem.code for problem in extract(legacy, item="x").problems] == ["converter_missing"]


def test_legacy_formats_are_converted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
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
    legacy = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    assert_read_right(extract(legacy, item="x"))


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("dress", "legacy"), [("docx", "doc"), ("docx", "rtf"), ("xlsx", "xls")])
def test_libreoffice_itself_converts(tmp_path: Path, dress: str, legacy: str) -> None:
    (tmp_path / "report").write_bytes(render(sample(), DOCUMENTS[dress]))
    soffice = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*soffice, legacy, "--outdir", tmp_path, tmp_path / "report"], capture_output=True, check=True)
    assert_read_right(extract((tmp_path / f"report.{legacy}").read_bytes(), item="x"), DOCUMENTS[dress])


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
