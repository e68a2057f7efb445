"""What visitors ask and send themselves: SQL and files, answered by a child of its own within hard limits."""

import csv
import io
import json
import random
import re
import zipfile

import lxml.html
import pytest
from click.testing import CliRunner

from explorer.sandbox import Limits, SandboxError
from explorer.sandbox import ask as ask_the_sandbox
from flows.command_line.audit.check import check
from samples.dresses import DOCUMENTS, DRESSES, render
from samples.inconsistencies import published_reports
from warehouse.snapshots.query import query


def page(answer):
    assert answer.status_code == 200, answer.text[:300]
    return lxml.html.fromstring(answer.text)


ENOUGH = Limits(30, 1_000)


def ask_sql(sample_snapshot, sql, limits=ENOUGH, seconds=20.0):
    asked = {"sql": sql, "parameters": {}, "rows": 10, "seconds": seconds}
    return ask_the_sandbox("sql", limits, snapshot=str(sample_snapshot), **asked)


SQL = "SELECT organ, year, total FROM applications WHERE row_code = $row AND year = $year ORDER BY total DESC, organ"


def test_sql_is_answered_as_the_command_line_answers_it(workshop, sample_snapshot):
    asked = {"q": SQL, "p_row": "received_new", "p_year": "2024"}
    found = query(sample_snapshot, SQL, {"row": "received_new", "year": "2024"}).to_pylist()
    assert workshop.get("/sql.json", params=asked).json() == json.loads(json.dumps(found, default=float))
    text = workshop.get("/sql.csv", params=asked).content.decode("utf-8-sig")
    assert [row["organ"] for row in csv.DictReader(io.StringIO(text))] == [row["organ"] for row in found]


def test_an_answer_that_is_cut_says_so_and_is_not_offered_as_the_whole(workshop):
    asked = {"q": "SELECT * FROM range(10001)"}
    shown = page(workshop.get("/en/sql", params=asked))
    assert "the answer has more than 10,000 rows" in shown.text_content()
    assert not shown.xpath("//section[@aria-labelledby='answer']//a")
    assert {workshop.get(f"/sql.{suffix}", params=asked).status_code for suffix in ("csv", "json")} == {400}
    whole = workshop.get("/sql.json", params={"q": "SELECT * FROM range(10000)"})
    assert len(whole.json()) == 10_000


def test_sql_that_lacks_a_parameter_gets_a_field_for_it(workshop):
    shown = page(workshop.get("/sql", params={"q": SQL}))
    assert shown.xpath("//input[@name='p_row'] | //input[@name='p_year']")
    assert not shown.xpath("//section[@aria-labelledby='answer']")
    assert workshop.get("/sql.json", params={"q": SQL}).status_code == 400


def test_the_cookbook_stands_beside_it(workshop):
    links = page(workshop.get("/sql")).xpath("//ul[@class='recipes']//a/@href")
    assert len(links) >= 25
    questions = page(workshop.get("/sql")).xpath("//ul[@class='recipes']//a/text()")
    assert [each for each in questions if not re.search("[\u4e00-\u9fff]", each)] == []
    assert page(workshop.get(links[0])).xpath("//section[@aria-labelledby='answer']//tbody/tr")


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DELETE FROM core.report", "read-only"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("FROM read_csv('/etc/passwd')", ""),
        ("SELECT nothing FROM report", "nothing"),
    ],
)
def test_what_may_not_be_asked_is_refused_in_one_line(workshop, sql, says):
    shown = page(workshop.get("/sql", params={"q": sql}))
    assert says in shown.xpath("string(//*[@role='alert'])")
    assert "root:" not in shown.text_content()


def test_a_question_without_end_is_stopped(sample_snapshot):
    endless = "SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range % 7 = b.range % 5"
    with pytest.raises(SandboxError, match=r"stopped after 0\.2 s"):
        ask_sql(sample_snapshot, endless, seconds=0.2)
    with pytest.raises(SandboxError, match=r"stopped after 0\.01 s"):
        ask_sql(sample_snapshot, endless, Limits(0.01, 1_000))
    assert ask_sql(sample_snapshot, "SELECT 1 AS n")["rows"] == [[1]]


def test_an_answer_without_end_is_stopped(sample_snapshot):
    with pytest.raises(SandboxError, match="MB"):
        ask_sql(sample_snapshot, "SELECT repeat('x', 3000000) AS x", Limits(30, 1_000, answer_bytes=1_000_000))


def test_memory_is_bounded_also_where_the_database_does_not_count_it(sample_snapshot):
    with pytest.raises(SandboxError):
        ask_sql(sample_snapshot, "SELECT length(repeat('x', 3000000000))", Limits(30, 300))
    assert ask_sql(sample_snapshot, "SELECT 1 AS n")["rows"] == [[1]]


def test_neither_is_there_unless_it_is_offered(client):
    assert client.get("/sql").status_code == 404
    assert client.get("/check").status_code == 404
    assert client.post("/check").status_code in (404, 405)
    assert not page(client.get("/")).xpath("//a[@href='/check' or @href='/sql']")


@pytest.fixture(scope="module")
def inconsistent():
    """A sample report that breaks a rule."""
    reports = {report.identity: report for report in published_reports(range(2023, 2025))}
    return next(report for report in reports.values() if report.organ.name == "云泽市人民政府" and report.year == 2024)


FORMATS = {dress.writer.suffix: dress for dress in reversed([DRESSES[min(DRESSES)], *DOCUMENTS.values()])}
AT_ONCE = (".html", ".pdf", ".xlsx")
"""A page, what pages are drawn from, and what is packed; the others take the same way."""


@pytest.mark.parametrize(
    "suffix", [pytest.param(each, marks=() if each in AT_ONCE else pytest.mark.long) for each in sorted(FORMATS)]
)
def test_a_file_is_answered_with_its_sheet_as_the_command_line_checks_it(workshop, inconsistent, tmp_path, suffix):
    dress = FORMATS[suffix]
    body = render(inconsistent, dress)
    file = tmp_path / f"report{dress.writer.suffix}"
    file.write_bytes(body)
    said = json.loads(CliRunner().invoke(check, [str(file), "--json"]).stdout)
    answer = workshop.post("/check", files={"files": (file.name, body)})
    assert answer.headers["cache-control"] == "no-store"
    shown = page(answer)
    assert said["judgement"]["sentence"] in shown.text_content()
    for finding in said["findings"]:
        assert finding["sentence"] in shown.text_content()
        for cell in finding["likely"]:
            place = f"r1-c-{cell['table']}-{cell['row']}-{cell['column']}"
            (marked,) = shown.xpath(f"//td[@id='{place}' and contains(@class, 'likely')]")
            assert f"→ {int(cell['value']):,}" in marked.text_content()
    assert len(shown.xpath("//td[starts-with(@id, 'r1-c-')]")) == 200


def test_reports_of_one_organ_are_held_against_each_other(workshop, inconsistent):
    dress = DRESSES[min(DRESSES)]
    bodies = [render(inconsistent, dress), b"<html><p>nothing of the kind</p></html>"]
    shown = page(workshop.post("/en/check", files=[("files", (f"{n}.html", body)) for n, body in enumerate(bodies)]))
    assert len(shown.xpath("//article")) == 2
    identities = shown.xpath("//@id")
    assert len(identities) == len(set(identities))


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
    return packed.getvalue()


def noise():
    return (
        random.Random(1).randbytes(5_000),
        b"%PDF-1.7\n" + random.Random(2).randbytes(5_000),
        b"<table>" * 50_000,
        "政府信息公开<script>alert(1)</script>\u202e".encode(),
    )


@pytest.mark.parametrize("bodies", [noise, lambda: [bomb()]], ids=["noise", "bomb"])
def test_whatever_is_sent_is_told_of_and_harms_nobody(workshop, bodies):
    answer = workshop.post("/check", files=[("files", ("<b>\u202ename", body)) for body in bodies()])
    assert answer.status_code in (200, 400)
    assert "<script>alert" not in answer.text
    assert "\u202e" not in answer.text
    assert "Traceback" not in answer.text
    assert workshop.get("/healthz").status_code == 200


PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + random.Random(3).randbytes(3_000)


@pytest.mark.parametrize(
    ("body", "says", "says_in_english"),
    [
        (b"", "文件是空的", "the file is empty"),
        (b"\xef\xbb\xbf \r\n", "文件是空的", "the file is empty"),
        (PICTURE, "不是可以读取的文件", "no file that can be read"),
        (b"MZ" + random.Random(4).randbytes(3_000), "不是可以读取的文件", "no file that can be read"),
    ],
)
def test_what_is_empty_or_no_document_is_refused_at_once_and_the_form_stays(
    workshop, monkeypatch, body, says, says_in_english
):
    monkeypatch.setattr("explorer.pages.check.ask", None)
    for path, told in (("/check", says), ("/en/check", says_in_english)):
        answer = workshop.post(path, files={"files": ("report.bin", body)})
        assert answer.status_code == 400
        shown = lxml.html.fromstring(answer.text)
        assert "report.bin" in shown.xpath("string(//*[@role='alert'])")
        assert told in shown.xpath("string(//*[@role='alert'])")
        assert shown.xpath("//input[@type='file']")


@pytest.mark.parametrize(
    ("files", "headers", "says"),
    [
        ([("files", (f"{n}.txt", b"x")) for n in range(8)], {}, "7 files"),
        ([("files", ("large.txt", b"x" * 10_000_001))], {}, "10 MB"),
        ([("files", (f"{n}.txt", b"x" * 9_000_000)) for n in range(4)], {}, "30 MB"),
        ([("other", ("a.txt", b"x"))], {}, "no file"),
        ([("files", ("a.txt", b"x"))], {"sec-fetch-site": "cross-site"}, "this site"),
    ],
)
def test_too_much_is_refused_before_it_is_read(workshop, files, headers, says):
    answer = workshop.post("/en/check", files=files, headers=headers)
    assert answer.status_code == 400
    assert says in answer.text


def test_a_body_that_is_no_form_is_refused(workshop):
    assert workshop.post("/check", content=b"x" * 100).status_code == 400


TOLD = """<html><body><h1>云泽市教育局 2023 年政府信息公开工作年度报告</h1>
<p>来源</p><p>云泽市人民政府 · 信息公开年报</p><p>抓取</p><p>2026-11-29 15:56</p>{tables}</body></html>"""


def test_a_saved_page_is_one_report_and_the_day_it_was_fetched_is_not_that_of_its_publication(workshop, client, ask):
    (clean,) = ask("SELECT report_id, organ FROM mart.report WHERE quality = 'clean' ORDER BY report_id LIMIT 1")
    saved = client.get(f"/reports/{clean['report_id']}").content
    shown = page(workshop.post("/check", files={"files": ("saved.html", saved)}))
    assert len(shown.xpath("//article")) == 1
    assert shown.xpath("//p[@class='fine']")
    assert not shown.xpath("//li[.//a[@href='/rules/H2']]")


@pytest.fixture(scope="module")
def without_figures(workshop):
    """What is answered to a file of which no figure was read."""
    tables = "<table><tr><td>一、本年新收政府信息公开申请数量</td><td>x</td></tr></table>"
    return workshop.post("/check", files={"files": ("empty.html", TOLD.format(tables=tables).encode())})


def test_a_file_of_which_no_figure_was_read_is_not_called_good(without_figures):
    shown = page(without_figures)
    assert len(shown.xpath("//article")) == 1
    assert not shown.xpath("//p[@class='fine']")
    assert "晚于法定期限" not in shown.text_content()


def test_a_report_that_is_not_filled_in_is_not_called_good(workshop, inconsistent):
    body = render(inconsistent, DRESSES[min(DRESSES)]).decode()
    blank = re.sub(r"(<td\b[^>]*>)(?:\s|<[^>]*>)*[\d,.]+(?:\s|<[^>]*>)*?(?=</td>)", r"\1", body)
    shown = page(workshop.post("/check", files={"files": ("blank.html", blank.encode())}))
    assert not shown.xpath("//p[@class='fine']")
    assert "无从判断" in shown.xpath("string(//article)")
    assert not shown.xpath("//details[@class='aside']")
    assert re.search(r"因为没有数字，\d+ 处都不作判断", shown.xpath("string(//article)"))


def test_what_a_page_in_chinese_says_of_itself_is_chinese(workshop, without_figures):
    shown = page(without_figures)
    for kept in shown.xpath("//main//*[@lang='en' or self::code or self::form or @class='eyebrow']"):
        kept.drop_tree()
    assert re.findall("[A-Za-z]{4,}", shown.xpath("string(//article)")) == []
    missing = lxml.html.fromstring(workshop.get("/rules/Z9").text).xpath("string(//main)")
    assert "没有规则 Z9" in missing
    assert not re.search("[a-z]{3,}", missing)
