"""What is no report, or none that can be read: a problem with its code, in bounded time, never an exception."""

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samples.dresses import DRESSES, render
from samples.reports import SampleReport, sample_reports
from tasks.extract.extraction import extract
from tasks.extract.problems import EXTRACT_KINDS
from tasks.problems import Stage

ABOUT = "<p>某市某局2021年政府信息公开工作年度报告</p>"
EXPECTED_CODES = set(EXTRACT_KINDS) - {"extractor_failed", "internal_error"}
ROW = "<tr><td>一、本年新收政府信息公开申请数量</td>" + "<td>0</td>" * 7 + "</tr>"

SPANS = "colspan='100000' rowspan='100000'"


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


@cache
def sample() -> SampleReport:
    return next(iter(sample_reports()))


def package(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def pdf(stream: bytes, filters: str = "/FlateDecode", resources: str = "") -> bytes:
    """A PDF of one page with one content stream."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {resources} >>".encode(),
        f"<< /Length {len(stream)} /Filter {filters} >>".encode() + b"\nstream\n" + stream + b"\nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
        b" /Length 1 >>\nstream\n\xff\nendstream",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return body + b"trailer << /Root 1 0 R /Size 6 >>\n%%EOF"


@cache
def bomb() -> bytes:
    return zlib.compress(b"0 0 m " * 10_000_000, 9)


SCAN = pdf(zlib.compress(b"q 595 0 0 842 0 0 cm /Im0 Do Q"), resources="/Resources << /XObject << /Im0 5 0 R >> >>")
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    b"&secret;</w:t></w:r></w:p></w:body></w:document>"
)

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty_file"),
    "white space": (lambda: b" \r\n\t ", "empty_file"),
    "zeros": (lambda: b"\0" * 5000, "empty_file"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary_file"),
    "another page": (lambda: page("<p>Hello</p>"), "not_a_report"),
    "another text": (lambda: "会议通知\n请各单位准时参加。".encode(), "not_a_report"),
    "a line drawn up to a word": (lambda: ("-" * 400 + "会议通知").encode(), "not_a_report"),
    "a page without tables": (lambda: page(f"{ABOUT}<p>无表格</p>"), "no_tables"),
    "a text without tables": (lambda: "某局2021年政府信息公开工作年度报告\n一、总体情况\n无".encode(), "no_tables"),
    "tables as pictures": (lambda: page(f"{ABOUT}<p><img src='table.png'></p>"), "tables_are_images"),
    "tables in an attachment": (lambda: page(f"{ABOUT}<a href='/a/统计表.docx'>附件</a>"), "tables_in_attachment"),
    "a mirror": (
        lambda: page(f"<p>某市某局2021年政府信息公開工作年度報告</p><table>{ROW}</table>"),
        "traditional_characters",
    ),
    "only one table": (lambda: page(f"{ABOUT}<table>{ROW}</table>"), "table_missing"),
    "another archive": (lambda: package("readme.txt", b"hello"), "not_a_report"),
    "an archive of nothing": (lambda: package("photo.jpg", bytes(range(256))), "binary_file"),
    "a broken archive": (lambda: package("word/document.xml", b"x" * 5000)[:60], "damaged_file"),
    "broken markup in a package": (lambda: package("word/document.xml", b"<w:document"), "damaged_file"),
    "a zip bomb": (lambda: package("word/document.xml", b"\0" * 130_000_000), "too_large"),
    "entities": (lambda: package("word/document.xml", ENTITIES), "not_a_report"),
    "a broken workbook": (lambda: package("xl/workbook.xml", b"<workbook"), "damaged_file"),
    "a broken PDF": (lambda: b"%PDF-1.7\n%%EOF", "damaged_file"),
    "a PDF bomb": (lambda: pdf(bomb()), "too_large"),
    "a PDF bomb in a bomb": (lambda: pdf(zlib.compress(bomb()), "[/FlateDecode /FlateDecode]"), "too_large"),
    "a scan": (lambda: SCAN, "tables_are_images"),
    "an encrypted package": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "encrypted_file",
    ),
    "deep nesting": (lambda: page(ABOUT + "<div>" * 50_000 + "x"), "too_large"),
    "tables in tables": (lambda: page(ABOUT + "<table><tr><td>" * 3_000), "too_large"),
    "20 megabytes": (lambda: page(ABOUT + ("<p>" + "政务公开工作" * 40 + "</p>") * 28_000), "no_tables"),
    "one endless row": (
        lambda: page(ABOUT + f"<table><tr>{'<td>0</td>' * 100_000}</tr></table>"),
        "no_tables",
    ),
    "enormous spans": (
        lambda: page(f"{ABOUT}<table><tr><td colspan='100000' rowspan='100000'>规章</td></tr></table>"),
        "no_tables",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_has_its_code(name: str) -> None:
    data, code = HOSTILE[name]
    report = extract(data(), item="x")
    assert code in {problem.code for problem in report.problems} <= EXPECTED_CODES
    assert all(problem.stage is Stage.EXTRACT and problem.item == "x" for problem in report.problems)
    assert all("\n" not in problem.detail for problem in report.problems)


def test_spans_do_not_multiply_cells() -> None:
    rows = (ROW + ROW.replace("一、本年新收政府信息公开申请数量", "（六）其他处理")).replace("<td>0", f"<td {SPANS}>0")
    report = extract(page(f"{ABOUT}<table>{rows}</table>"), item="x")
    assert len(report.cells) == 14


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000))
@example(b"<a")
@example(b"PK\x03\x04")
@example(b"%PDF-")
@example(b"{\\rtf1")
@example(b"\xff\xfe<\0t\0a\0b\0l\0e\0")
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    report = extract(data, item="x")
    assert report.problems
    assert all(problem.code in EXPECTED_CODES for problem in report.problems)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["text/html", "text/plain", None, "nonsense"]))
def test_arbitrary_text_never_raises(text: str, content_type: str | None) -> None:
    for page in (f"<table><tr><td>行政许可</td><td>{text}</td></tr>", f"规章\n{text}\n0\n0\n"):
        report = extract(page.encode(), item="x", content_type=content_type)
        assert all(problem.code in EXPECTED_CODES for problem in report.problems)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(DRESSES)), st.floats(0, 1))
def test_a_truncated_page_gives_no_wrong_figure(name: str, share: float) -> None:
    """Whatever is cut off: what is left reads as before, but for the cell that was cut through."""
    report = sample()
    whole = render(report, DRESSES[name])
    expected = {(cell.table, cell.row, cell.column): cell.raw for cell in extract(whole, item="x").cells}
    read = extract(whole[: int(len(whole) * share)], item="x")
    if len(read.cells) < len(expected):
        assert read.problems
    complete = {table for table, counts in read.completeness.items() if counts.complete}
    cut = max((cell.place for cell in read.cells), default=None)
    for cell in read.cells:
        if cell.table in complete and cell.place != cut:
            assert expected[cell.table, cell.row, cell.column] == cell.raw


def test_an_error_of_our_own_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("first line\nsecond line")

    monkeypatch.setattr("tasks.extract.extraction.read_document", broken)
    report = extract(b"x", item="x")
    assert [(problem.code, problem.detail) for problem in report.problems] == [
        ("extractor_failed", "ValueError: first line second line")
    ]
