"""Findings on their pages: counted, grouped, and as sheets to take away."""

import csv
import io
import json
import re

import lxml.etree
import lxml.html
import pytest

from explorer.site import Offers
from tests.explorer.conftest import client_of


def test_a_government_is_told_which_of_its_members_likely_has_the_figure_wrong(client, ask):
    (found,) = ask(
        "SELECT whole.finding_id, whole.report_id FROM mart.finding AS whole "
        "JOIN mart.organ AS member ON member.parent_organ_id = whole.organ_id "
        "JOIN mart.finding AS part ON part.organ_id = member.organ_id AND part.year = whole.year "
        "WHERE whole.rule_id = 'F1' AND len(list_filter(part.likely, lambda each: (each.table_code, each.row_code, "
        "each.column_code) = (whole.table_code, whole.row_code, whole.column_code))) > 0 ORDER BY ALL LIMIT 1"
    )
    page = lxml.html.fromstring(client.get(f"/reports/{found['report_id']}").text)
    (link, *_) = page.xpath(f"//*[@id='f-{found['finding_id']}']//a[contains(@href, '/cells/')]/@href")
    assert "疑为误填，应为" in client.get(link).text


def test_facets_count_what_a_query_counts(client, ask):
    page = lxml.html.fromstring(client.get("/findings?kind=department").text)
    for name, column in (("severity", "severity"), ("year", "year"), ("rule", "rule_id")):
        links = {
            re.search(rf"[?&]{name}=([^&]+)", link.get("href"))[1]: int(link.xpath("string(./span[@class='n'])"))
            for link in page.xpath("//aside//a")
            if re.search(rf"[?&]{name}=", link.get("href"))
        }
        counted = ask(
            f"SELECT {column}::VARCHAR AS value, count(*) AS n FROM main.finding JOIN core.organ USING (organ_id) "
            "WHERE kind = 'department' GROUP BY 1"
        )
        assert links == {row["value"]: row["n"] for row in counted}


def test_a_facet_leads_to_as_many_findings_as_it_says(client):
    page = lxml.html.fromstring(client.get("/findings").text)
    for link in page.xpath("//aside//a")[:12]:
        _, _, query = link.get("href").partition("?")
        assert len(client.get(f"/findings.json?{query}").json()) == int(link.xpath("string(./span[@class='n'])"))


@pytest.mark.parametrize(("by", "column"), [("report", "report_id"), ("region", "region_code")])
def test_findings_are_counted_by_report_and_by_region(client, ask, by, column):
    page = lxml.html.fromstring(client.get(f"/en/findings?severity=critical&by={by}").text)
    (total,) = ask(
        "SELECT count(*) AS n, count(DISTINCT report_id) AS reports FROM finding WHERE severity = 'critical'"
    )
    assert f"{total['n']} places in {total['reports']} reports" in page.xpath("string(//header[@class='title'])")
    counted = ask(
        f"SELECT count(*) AS n FROM mart.finding WHERE severity = 'critical' GROUP BY {column} "
        f"ORDER BY {'n DESC' if by == 'report' else column}"
    )
    lines = page.xpath("//table[contains(@class, 'list')]/tbody/tr")
    assert [int(line.xpath("string(td[last() - 2])")) for line in lines] == [row["n"] for row in counted][:50]
    (link, *_) = lines[0].xpath("th/a/@href")
    led = lxml.html.fromstring(client.get(link).text)
    assert len(led.xpath("//ul[@class='found']/li | //ol[@class='groups']//div[@class='finding']")) >= counted[0]["n"]


def test_the_first_page_counts_as_many_findings_of_a_rule_as_its_link_shows(client):
    lines = lxml.html.fromstring(client.get("/").text).xpath("//ol[@class='tally']/li | //ul[@class='figures']/li[a]")
    assert len(lines) > 2
    for line in lines:
        _, _, query = line.xpath("string(.//a/@href)").partition("?")
        told = re.search(r"\d+", line.xpath("string(.//*[contains(@class, 'n') or contains(@class, 'red')][last()])"))
        assert len(client.get(f"/findings.json?{query}").json()) == int(told[0])


def test_findings_as_a_sheet_name_the_suspected_cell_what_it_should_be_and_where_to_look(client, ask):
    (one,) = ask(
        "SELECT finding_id, likely FROM main.finding WHERE len(likely) = 1 AND severity = 'critical' "
        "ORDER BY finding_id LIMIT 1"
    )
    answer = client.get("/findings.csv?severity=critical&year=2024")
    assert "gouji-findings-critical-2024.csv" in answer.headers["content-disposition"]
    (row,) = (each for each in client.get("/findings.json").json() if each["finding_id"] == one["finding_id"])
    (cell,) = one["likely"]
    assert row["suspected"] == ["/".join(cell[name] for name in ("table_code", "row_code", "column_code"))]
    assert [float(value) for value in row["should_be"]] == [float(cell["value"])]
    assert row["address"] == f"http://testserver/findings/{one['finding_id']}"
    assert client.get(row["address"]).status_code == 302
    report = client.get(row["address"]).headers["location"].partition("#")[0]
    figure = client.get(f"{report}/cells/{row['suspected'][0]}").text
    assert "疑为误填，应为" in figure
    assert "引用：" in figure


def test_a_sheet_of_findings_speaks_in_words_and_has_its_identifiers_last(sample_snapshot, client, ask):
    def lines(client, **asked):
        text = client.get("/findings.csv", params=asked).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    (one,) = ask(
        "SELECT finding_id, left_value FROM main.finding WHERE rule_id = 'A3' AND len(likely) = 1 "
        "ORDER BY finding_id LIMIT 1"
    )
    (coded,) = (row for row in lines(client) if row["finding_id"] == one["finding_id"])
    (worded,) = (row for row in lines(client, labels="zh") if row["问题编号"] == one["finding_id"])
    (english,) = (row for row in lines(client, labels="en") if row["Finding"] == one["finding_id"])
    assert list(worded)[0:4] == ["机关", "年度", "规则", "规则名称"]
    assert list(worded)[-4:] == ["问题编号", "报告编号", "机关编号", "错误编号"]
    assert [name for name in (*worded, *english) if len(name) > 24] == []
    assert re.fullmatch("第三部分「.+」一行", worded["位置"])
    assert re.fullmatch("第三部分「.+」一行「.+」一栏", worded["疑为误填的格"])
    assert re.match("Section three, row “", english["Cells likely wrong"])
    assert worded["应为"] == json.loads(coded["should_be"])[0].__str__()
    assert worded["本站地址"] == f"http://testserver/findings/{one['finding_id']}"
    with client_of(sample_snapshot, Offers(address="https://gouji.example/")) as configured:
        assert all(row["address"].startswith("https://gouji.example/findings/") for row in lines(configured))


def test_findings_are_found_under_their_own_address(client, ask):
    (finding,) = ask("SELECT finding_id, report_id FROM main.finding ORDER BY finding_id LIMIT 1")
    answer = client.get(f"/en/findings/{finding['finding_id']}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/en/reports/{finding['report_id']}#f-{finding['finding_id']}"
