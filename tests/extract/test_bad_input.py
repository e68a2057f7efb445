"""What is no report, or none that can be read: always a problem with its code, never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract import PROBLEM_KINDS, extract
from tasks.records import Stage

ABOUT = "<p>某市某局2021年政府信息公开工作年度报告</p>"

HOSTILE = {
    "nothing": (b"", "empty_file"),
    "white space": (b" \r\n\t ", "empty_file"),
    "zeros": (b"\0" * 5000, "empty_file"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary_file"),
    "another page": (b"<html><body><p>Hello</p></body></html>", "not_a_report"),
    "another text": ("会议通知\n请各单位准时参加。".encode(), "not_a_report"),
    "a page without tables": (f"<html><body>{ABOUT}<p>无表格</p></body></html>".encode(), "no_tables"),
    "a text without tables": ("某局2021年政府信息公开工作年度报告\n一、总体情况\n无".encode(), "no_tables"),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_has_its_code(data: bytes, code: str) -> None:
    report = extract(data, item="x")
    assert [problem.code for problem in report.problems][:1] == [code]
    assert report.problems[0].stage is Stage.EXTRACT
    assert report.problems[0].item == "x"
    assert not report.cells


@given(st.binary(max_size=2000))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    report = extract(data, item="x")
    assert report.problems
    assert all(problem.code in PROBLEM_KINDS for problem in report.problems)


@given(st.text(max_size=500), st.sampled_from(["text/html", "text/plain", None, "nonsense"]))
def test_arbitrary_text_never_raises(text: str, content_type: str | None) -> None:
    extract(f"<table><tr><td>行政许可</td><td>{text}</td></tr>".encode(), item="x", content_type=content_type)
