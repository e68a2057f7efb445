"""Every list as page, CSV, JSON and workbook; the whole snapshot."""

import csv
import hashlib
import io
import json
import re

import lxml.etree
import lxml.html
import openpyxl
import pytest

from explorer.pages import PAGES

LISTS = [
    page.path.replace("{region}", "990100")
    for page in PAGES
    if page.listing is not None and not page.path.startswith("/compare")
]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_the_same_as_page_csv_and_json(client, path):
    found = json.loads(client.get(f"{path}.json").text)
    text = client.get(f"{path}.csv").content.decode("utf-8-sig")
    assert len(found) == len(list(csv.DictReader(io.StringIO(text)))) > 0
    assert found == json.loads(client.get(f"/en{path}.json").text)
    page = lxml.html.fromstring(client.get(path).text)
    first = next(
        str(found[0][name])
        for name in ("organ", "name", "rule_id", "code", "run_id", "table", "reports")
        if name in found[0]
    )
    assert first in page.xpath("string(//main)")


@pytest.mark.parametrize("path", ["/findings", "/organs", "/coverage", "/rules", "/regions", "/runs", "/data"])
def test_a_list_is_a_workbook_as_well_its_columns_and_codes_in_words_if_asked_for(client, path):
    def sheet(form, **asked):
        answer = client.get(f"{path}.{form}", params=asked)
        assert answer.status_code == 200, answer.text
        assert "attachment" in answer.headers["content-disposition"]
        if form == "csv":
            return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
        return [["" if value is None else str(value) for value in row] for row in rows]

    plain, worded = sheet("xlsx"), sheet("xlsx", labels="zh")
    assert [name.split()[0] for name in plain[0]] == sheet("csv")[0]
    assert len(plain) == len(worded) == len(sheet("csv"))
    assert sheet("csv", labels="zh")[0] == [name.removesuffix(" (+08:00)") for name in worded[0]]
    assert len(set(worded[0])) == len(plain[0])
    assert all(re.search("[\u4e00-\u9fff]", name) for name in worded[0])
    if path == "/findings":
        place = plain[0].index("severity")
        names = {"critical": "不符", "warning": "存疑", "info": "提示"}
        assert [row[place] for row in worded[1:]] == [names[row[place]] for row in plain[1:]]


def test_a_list_that_is_too_long_for_a_workbook_is_refused_not_cut(client, monkeypatch):
    monkeypatch.setattr("explorer.files.MOST_SHEET_ROWS", 3)
    answer = client.get("/findings.xlsx")
    assert answer.status_code == 400
    assert "CSV" in answer.text


def test_the_whole_snapshot_is_to_be_had_in_parts_as_well_with_its_size_and_how_to_cite_it(client, sample_snapshot):
    page = lxml.html.fromstring(client.get("/data").text)
    (link,) = page.xpath("//a[@download]/@href")
    body = sample_snapshot.read_bytes()
    answer = client.get(link)
    assert answer.content == body
    assert re.search(r'filename="gouji-\w+\.duckdb"', answer.headers["content-disposition"])
    assert "content-encoding" not in answer.headers
    part = client.get(link, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, body[100:200])
    text = page.xpath("string(//main)")
    assert f"{len(body) / 1e6:,.1f} MB" in text
    assert hashlib.sha256(body).hexdigest() in text
    assert f"{link}" in text.partition("引用：")[2]


def test_whole_lists_are_whole(client, ask):
    for link in lxml.html.fromstring(client.get("/data").text).xpath("//ul[@class='ways']//a[.='JSON']/@href"):
        if link == "/regions.json":
            (all_years,) = ask("SELECT count(*) AS n FROM mart.region")
            assert len(client.get(link).json()) == all_years["n"]
        assert link != "/peers.json"
