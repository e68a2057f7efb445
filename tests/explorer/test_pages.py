"""Every page: its status, its languages, its formats, its headers, its links."""

import csv
import hashlib
import io
import json
import re
import shutil
from collections import Counter, deque
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit
from zoneinfo import ZoneInfo

import duckdb
import lxml.etree
import lxml.html
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.pages import PAGES
from explorer.site import Offers
from tests.explorer.conftest import client_of
from warehouse import mart

TEMPLATES = Path(__file__).parents[2] / "explorer" / "templates"
LISTS = [
    page.path.replace("{region}", "990100")
    for page in PAGES
    if page.listing is not None and not page.path.startswith("/compare")
]
PARTICULAR = re.compile(r"/(reports|organs|findings|rules|regions)/[^/?]+(.*)")
GOVERNMENT = "SELECT organ_id FROM mart.organ WHERE kind = 'government' ORDER BY reports DESC, organ_id LIMIT 1"


def crawl(client, most_of_a_kind):
    """Follow links from the first page, in breadth, some of every kind; yield address and answer."""
    waiting, seen, counted = deque(["/", "/en"]), {"/", "/en"}, Counter()
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        yield address, answer
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for link in lxml.html.fromstring(answer.text).xpath("//a/@href | //link/@href"):
            target = urldefrag(urljoin(address, link)).url
            parts = urlsplit(target)
            group = PARTICULAR.sub(lambda found: f"/{found[1]}/*{found[2] and '/…'}", parts.path)
            most = min(most_of_a_kind, 4) if parts.path.endswith((".csv", ".xlsx")) else most_of_a_kind
            if not parts.netloc and target not in seen and counted[group] < most:
                counted[group] += 1
                seen.add(target)
                waiting.append(target)


def ours(page):
    """What a page says in English: all that is not marked as Chinese, and the sentences of findings."""
    for quoted in page.xpath("//main//*[@lang='zh-Hans' or self::code or self::select]"):
        quoted.drop_tree()
    return page.xpath("string(//main//h1)") + page.xpath("string(//main//h2)") + page.xpath("string(//footer)")


@pytest.fixture(scope="module")
def crawled(client):
    """Some pages of every kind, with their answers."""
    return dict(crawl(client, 2))


def assert_all_found(answers, least):
    statuses = {address: answer.status_code for address, answer in answers}
    assert {address: status for address, status in statuses.items() if status not in (200, 302)} == {}
    assert len(statuses) > least


def test_a_year_may_be_typed_in_wide_digits(client):
    assert client.get("/findings", params={"year": "２０２３"}).status_code == 200
    assert client.get("/findings", params={"year": "2203"}).status_code == 400


def test_links_lead_to_pages(crawled):
    assert_all_found(crawled.items(), 40)


@pytest.mark.long
def test_all_links_lead_to_pages(client):
    assert_all_found(crawl(client, 300), 1000)


def test_no_page_has_scripts_or_styles_of_its_own_and_all_are_shut(crawled):
    for address, answer in crawled.items():
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        if "text/html" in answer.headers.get("content-type", ""):
            page = lxml.html.fromstring(answer.text)
            assert not page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]"), address
            assert len(page.xpath("//h1")) == 1, address
            assert page.xpath("string(//title)").strip()
            assert "的来源" in page.xpath("string(//aside[@class='sample'])") or address.startswith("/en"), address
            if address.startswith("/en"):
                assert not re.search("[：，（）]", ours(page)), address
            identities = page.xpath("//@id")
            assert len(identities) == len(set(identities)), address


def test_templates_never_switch_escaping_off():
    for template in TEMPLATES.glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape", template.read_text(encoding="utf-8")), template.name


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


def test_a_region_is_found_by_its_name_also_where_only_its_government_tells_it(client):
    page = lxml.html.fromstring(client.get("/regions/云泽市").text)
    assert page.xpath("string(//h1)").split() == ["云泽市", "990100"]
    province = lxml.html.fromstring(client.get("/regions/990000").text)
    assert province.xpath("string(//h1)").strip().startswith("云泽市所在的省级区划")
    assert "云泽市" in province.xpath("string(//ul[@class='tiles'])")
    assert client.get("/regions?region=云泽").headers["location"] == "/regions/990100"
    by_name = client.get("/organs.json?region=云泽市").json()
    assert by_name == client.get("/organs.json?region=990100").json() != []
    form = lxml.html.fromstring(client.get("/peers?region=990100").text)
    assert form.xpath("//input[@name='region']/@value") == ["云泽市"]
    assert form.xpath("//datalist/option/@value") == ["云泽市"]
    assert "云泽市：" in client.get("/charts/quality.svg?region=云泽市").text


@pytest.mark.parametrize(
    ("asked", "says"),
    [("鼓楼区", "鼓楼区 "), ("无此地", "没有叫“无此地”的区划")],
)
def test_a_region_that_cannot_be_told_by_its_name_is_asked_back(client, asked, says):
    answer = client.get("/findings", params={"region": asked})
    assert answer.status_code == 400
    assert says in answer.text


def test_every_figure_of_an_organ_leads_to_where_it_stands(client, ask):
    (organ,) = ask(GOVERNMENT)
    page = lxml.html.fromstring(client.get(f"/organs/{quote(organ['organ_id'])}").text)
    links = page.xpath("//table[contains(@class, 'years')]//a[contains(@href, '/cells/')]")
    assert len(links) >= 18
    for link in links[::5]:
        figure = lxml.html.fromstring(client.get(link.get("href")).text)
        assert figure.xpath("string(//dl//dd)").strip() == link.text
    for target in page.xpath("//table[contains(@class, 'years')]//a[contains(@href, '#t-')]/@href")[::9]:
        report = lxml.html.fromstring(client.get(target).text)
        assert report.xpath(f"//h2[@id='{target.partition('#')[2]}']")


def test_what_is_not_there_is_told_why_in_the_language_of_the_page(client):
    coverage = lxml.html.fromstring(client.get("/coverage?year=2023").text)
    for mark in coverage.xpath("//table//a[starts-with(@href, '#why-')]"):
        (told,) = coverage.xpath(f"//li[@id='{unquote(mark.get('href')[1:])}'] | //li[@id='{mark.get('href')[1:]}']")
        assert "来源没有列出" in told.text_content() or "http" in told.text_content()
    assert "来源没有列出" in coverage.xpath("string(//main)")
    assert "does not list it" in client.get("/en/coverage?year=2023").text
    for path in ("/problems", "/runs"):
        page = lxml.html.fromstring(client.get(path).text)
        for kept in page.xpath("//main//*[@lang='en' or self::code or self::a]"):
            kept.drop_tree()
        words = re.findall("[a-z]{4,}", page.xpath("string(//main)"))
        assert set(words) <= {"sample"}, path


def test_coverage_says_how_many_were_expected_and_why_of_others_nothing_is_known(sample_snapshot, ask, tmp_path):
    path = Path(shutil.copyfile(sample_snapshot, tmp_path / "gouji.duckdb"))
    old, new, *_ = (row["organ_id"] for row in ask("SELECT organ_id FROM mart.organ ORDER BY organ_id"))
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO core.succession VALUES ('sample', ?, ?, 2024)", [old, new])
        connection.execute("DELETE FROM mart.coverage WHERE organ_id = ? AND year = 2024", [old])
        connection.execute("DELETE FROM mart.coverage WHERE organ_id = ? AND year < 2024", [new])
        (query,) = (query for name, query in mart.queries() if name == "unknown_year")
        connection.execute(f"CREATE OR REPLACE TABLE mart.unknown_year AS {query}")
    with client_of(path) as client:
        shown, english = (
            lxml.html.fromstring(client.get(f"{prefix}/coverage?year=2024&region=云泽市").text)
            for prefix in ("", "/en")
        )
        client.app.state.snapshots.close()
    told = shown.xpath("string(//main)")
    (expected,) = ask("SELECT count(*) AS n FROM mart.coverage WHERE year = 2024 AND region_code = '990100'")
    assert f"2024 年应有 {expected['n'] - 1} 份报告" in told
    assert "1 个已由他机关接续" in told
    assert f"{old.partition('-')[2]}改组而来" in told
    assert "2 个此前已不再见到" in told
    assert "succeeded by others" in english.xpath("string(//main)")
    (line,) = shown.xpath("//tfoot/tr[th='应有']")
    assert line.xpath("string(td[contains(@class, 'asked')])") == str(expected["n"] - 1)


def test_what_is_missing_and_what_is_late_are_seen_in_one_view(client, ask):
    rows = client.get("/coverage.json?status=wanting").json()
    counted = ask("SELECT count(*) AS n FROM mart.coverage WHERE status IN ('missing', 'late')")
    assert len(rows) == counted[0]["n"]
    assert {row["status"] for row in rows} == {"missing", "late"}


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


def test_peers_are_those_that_a_ranking_has_and_others_are_named(client, ask):
    for measure, year in (("denied_rate", 2024), ("granted_rate", 2021)):
        ranked = ask(
            "SELECT organ_id FROM main.ranking WHERE measure = ? AND year = ? AND kind = 'department'", [measure, year]
        )
        asked = f"measure={measure}&year={year}"
        assert {row["organ_id"] for row in client.get(f"/peers.json?{asked}").json()} == {
            row["organ_id"] for row in ranked
        }
        everyone = ask(
            f"SELECT count(*) AS n FROM mart.report WHERE {measure} IS NOT NULL AND year = ? AND kind = 'department'",
            [year],
        )
        named = lxml.html.fromstring(client.get(f"/peers?{asked}").text).xpath("//ul[@aria-labelledby='left-out']/li")
        assert len(named) == everyone[0]["n"] - len(ranked)


def test_a_rate_is_faulty_among_peers_where_it_is_in_a_comparison(client, ask):
    inconsistent = ask(
        "SELECT organ_id, year, kind, denied_rate FROM mart.report WHERE quality = 'inconsistent' AND concluded >= 30"
    )
    judged = []
    for report in inconsistent:
        compared = client.get("/compare.json", params={"a": report["organ_id"], "b": "none"}).json()
        (is_faulty,) = (row["is_faulty"] for row in compared if row["year"] == report["year"])
        peers = client.get("/peers.json", params={"year": report["year"], "kind": report["kind"]}).json()
        assert (report["organ_id"] in {row["organ_id"] for row in peers}) != is_faulty
        judged.append(is_faulty)
    assert {True, False} == set(judged)


def test_kinds_stand_side_by_side_and_every_organ_is_listed_or_left_out_for_a_reason(client, ask):
    page = lxml.html.fromstring(client.get("/en/peers?year=2024").text)
    (table,) = page.xpath("//table[../@aria-labelledby='kinds']")
    lines = [[cell.text_content() for cell in row.xpath("*")] for row in table.xpath(".//tbody/tr")]
    assert [line[0] for line in lines] == ["government", "department", "township", "subdistrict"]
    for name, share, cases, interval, *counts in lines:
        (told,) = ask(
            "SELECT count(*) AS reports, "
            "sum(denied) FILTER (NOT list_contains(faulty_rates, 'denied_rate')) AS denied, "
            "sum(concluded) FILTER (NOT list_contains(faulty_rates, 'denied_rate')) AS concluded, "
            "count(*) FILTER (concluded < 30) AS few FROM mart.report WHERE year = 2024 AND kind = ?",
            [name],
        )
        assert cases == f"{told['denied']:,.0f}/{told['concluded']:,.0f}"
        assert share == f"{told['denied'] / told['concluded']:.1%}"
        low, high = (float(bound.strip("%")) for bound in interval.split("–"))
        assert low <= float(share.strip("%")) <= high
        ranked, _, few, faulty, unread = counts
        assert int(few) == told["few"]
        assert int(ranked) + int(few) + int(faulty) + int(unread) == told["reports"]
    assert re.search(r"\d+ more organs have fewer than 30", page.xpath("string(//p[@class='left-out'])"))


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


def test_whole_lists_are_whole(client, ask):
    for link in lxml.html.fromstring(client.get("/data").text).xpath("//ul[@class='ways']//a[.='JSON']/@href"):
        if link == "/regions.json":
            (all_years,) = ask("SELECT count(*) AS n FROM mart.region")
            assert len(client.get(link).json()) == all_years["n"]
        assert link != "/peers.json"


def test_what_is_missing_in_the_country_is_missing_in_its_regions(client, ask):
    assert ask("SELECT count(*) AS n FROM mart.coverage WHERE region_code IS NULL")[0]["n"] == 0


def test_moments_are_told_in_one_zone_that_is_said(client, ask):
    (report,) = ask("SELECT report_id, fetched_at FROM core.report ORDER BY report_id LIMIT 1")
    text = client.get(f"/reports/{report['report_id']}").text
    assert f"{report['fetched_at'].astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}" in text
    assert "北京时间" in text
    assert "UTC+8" in client.get("/en").text


def test_a_day_of_publication_after_it_was_fetched_is_remarked(sample_snapshot, client, ask, tmp_path):
    (report,) = ask("SELECT report_id FROM mart.report WHERE days_late < 0 ORDER BY report_id LIMIT 1")
    address = f"/reports/{report['report_id']}"
    assert "晚于抓取之日" not in client.get(address).text
    path = Path(shutil.copyfile(sample_snapshot, tmp_path / "gouji.duckdb"))
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE core.report SET published_on = DATE '2031-01-01'")
    with client_of(path) as later:
        assert "晚于抓取之日" in later.get(address).text
        later.app.state.snapshots.close()


def test_findings_are_found_under_their_own_address(client, ask):
    (finding,) = ask("SELECT finding_id, report_id FROM main.finding ORDER BY finding_id LIMIT 1")
    answer = client.get(f"/en/findings/{finding['finding_id']}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/en/reports/{finding['report_id']}#f-{finding['finding_id']}"


def test_organs_are_found_by_part_of_their_name(client):
    names = [row["name"] for row in client.get("/organs.json?q=教育局").json()]
    assert names
    assert all("教育局" in name for name in names)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/findings?colour=red", 400, "可用的有：rule"),
        ("/en/findings?colour=red", 400, "known are: rule"),
        ("/findings?year=now", 400, "年度，如 2024"),
        ("/findings?page=999", 400, "page"),
        ("/findings?year=2023&year=2022", 400, "两次"),
        ("/reports/none", 404, "none"),
        ("/reports/none/cells/a/b/c", 404, ""),
        ("/organs/none", 404, ""),
        ("/nothing", 404, ""),
        ("/charts/none.svg", 404, "quality"),
        ("/charts/outcomes.svg", 404, "organ="),
        ("/static/abc/explorer.css", 404, ""),
        ("/static/abc/..%2fapp.py", 404, ""),
    ],
)
def test_what_cannot_be_answered_says_why(client, path, status, says):
    answer = client.get(path)
    assert answer.status_code == status
    assert says in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("path", "asked", "wrong"),
    [
        ("/findings", {"q": "教育局", "severity": "critical", "region": "无此地"}, "region"),
        ("/findings", {"region": "云泽市", "severity": "grave"}, "severity"),
        ("/en/coverage", {"q": "局", "status": "wanting", "year": "now"}, "year"),
        ("/organs", {"kind": "none", "q": "局"}, "kind"),
    ],
)
def test_a_form_that_is_refused_stays_as_it_was_filled_in_and_says_which_field_is_wrong(client, path, asked, wrong):
    answer = client.get(path, params=asked)
    assert answer.status_code == 400
    page = lxml.html.fromstring(answer.text)
    (form,) = page.xpath("//main//form")
    assert form.get("action") == path
    (field,) = form.xpath(".//*[@aria-invalid='true']")
    assert field.get("name") == wrong
    assert page.xpath(f"string(//*[@id='{field.get('aria-describedby')}'])")
    entered = {each.get("name"): each.value for each in form.xpath(".//input | .//select") if each.value}
    known = {
        name: text for name, text in asked.items() if (name, text) not in {("severity", "grave"), ("kind", "none")}
    }
    assert entered == known


def test_nothing_can_be_written(client):
    assert client.post("/findings").status_code == 405
    assert client.delete("/reports/x").status_code == 405


def test_a_page_that_a_browser_has_is_not_made_again(client):
    first = client.get("/findings")
    again = client.get("/findings", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/en/findings").headers["etag"] != first.headers["etag"]


def test_a_file_of_ours_may_be_kept_for_ever(client):
    (address,) = set(re.findall(r"/static/\w+/explorer\.css", client.get("/").text))
    answer = client.get(address)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("name", ["quality", "outcomes", "rate"])
def test_charts_are_pictures_to_be_put_anywhere(client, ask, name):
    (organ,) = ask(GOVERNMENT)
    asked = {} if name == "quality" else {"organ": organ["organ_id"]}
    drawn = client.get(f"/charts/{name}.svg", params={**asked, "scheme": "dark"})
    assert "var(" not in drawn.text
    assert lxml.etree.fromstring(drawn.content).tag.endswith("svg")
    assert client.get(f"/charts/{name}.png", params=asked).content.startswith(b"\x89PNG")
    assert client.get(f"/charts/{name}.json", params=asked).json()["$schema"].endswith("v5.json")


def test_it_says_whether_it_is_well(client):
    assert client.get("/healthz").text.startswith("ok ")
    assert "Disallow" in client.get("/robots.txt").text


texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["1", "-1", "2023", "A1", "' OR 1=1 --", "\0", "<b>", "330300", "../../etc"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_asked_is_answered_or_refused(client, data):
    page = data.draw(st.sampled_from(PAGES))
    path = re.sub(r"\{\w+(:\w+)?\}", lambda _: quote(data.draw(texts), safe="") or "x", page.path)
    names = st.one_of(st.sampled_from(sorted(page.parameters) or ["q"]), st.text("abcq=&", min_size=1, max_size=8))
    answer = client.get(path, params=data.draw(st.dictionaries(names, texts, max_size=4)))
    assert answer.status_code in (200, 302, 307, 400, 404)
