import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.dresses import DRESSES, render
from samples.reports import sample_reports
from tasks.extract.extraction import extract
from tasks.web.encodings import Encoding, decide_encoding

TEXT = "温州市水利局2019年政府信息公开工作年度报告，主动公开政府信息情况。"


def page(charset: str, declared: str | None) -> bytes:
    meta = f"<meta http-equiv='Content-Type' content='text/html; charset={declared}'>" if declared else ""
    return f"<html><head>{meta}</head><body>{TEXT}</body></html>".encode(charset)


@pytest.mark.parametrize(
    ("charset", "meta", "header", "decision"),
    [
        ("utf-8", "utf-8", "text/html; charset=utf-8", Encoding("utf-8", "bytes")),
        ("utf-8", "gb2312", "text/html; charset=GBK", Encoding("utf-8", "bytes")),
        ("utf-8", None, None, Encoding("utf-8", "bytes")),
        ("utf-8-sig", "gb2312", None, Encoding("utf-8-sig", "bom")),
        ("utf-16", None, "text/html; charset=utf-8", Encoding("utf-16", "bom")),
        ("utf-32", None, "text/html; charset=utf-8", Encoding("utf-32", "bom")),
        ("gb2312", "gb2312", None, Encoding("gb18030", "meta")),
        ("gbk", None, "text/html;charset=gb2312", Encoding("gb18030", "header")),
        ("gb18030", "utf-8", "text/html; charset=utf-8", Encoding("gb18030", "bytes")),
        ("gb18030", None, None, Encoding("gb18030", "bytes")),
        ("gb18030", "iso-8859-1", "text/html; charset=ISO-8859-1", Encoding("gb18030", "bytes")),
        ("gb18030", "no-such-charset", "text/html; charset=", Encoding("gb18030", "bytes")),
        ("big5", "big5", None, Encoding("big5", "meta")),
    ],
)
def test_bytes_go_before_what_is_declared(charset, meta, header, decision):
    if charset == "big5":
        body = "<meta charset=big5>政府資訊公開工作年度報告".encode(charset)
        assert decide_encoding(body, header) == decision
        return
    body = page(charset, meta)
    assert decide_encoding(body, header) == decision
    assert TEXT in decision.decode(body)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_character_cut_off_at_the_end_does_not_matter(charset):
    body = page(charset, None)
    cut = body[: body.rindex(b"<") - 4]
    assert decide_encoding(cut).name == charset


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_a_report_is_read_alike_in_every_encoding_also_when_its_last_character_is_cut(charset):
    sample = next(iter(sample_reports()))
    page = render(sample, DRESSES["plain"]).decode()
    whole = extract(page.encode(), item="x")
    cut = (page + "末").encode(charset)[:-1]
    assert extract(cut, item="x").cells == whole.cells != ()


def test_a_few_broken_bytes_leave_the_rest_readable():
    body = page("utf-8", "utf-8").replace("年度".encode(), b"\xff\xfe", 1)
    decision = decide_encoding(body, "text/html; charset=utf-8")
    assert "政府信息公开" in decision.decode(body)


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_any_bytes_get_a_codec_that_decodes_them(body, content_type):
    decision = decide_encoding(body, content_type)
    assert codecs.lookup(decision.name)
    assert isinstance(decision.decode(body), str)
