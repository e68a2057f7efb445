"""Every page: its status, its languages, its formats, its headers, its links."""

import re
from collections import Counter, deque
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit
from zoneinfo import ZoneInfo

import duckdb
import lxml.etree
import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.pages import PAGES
from tests.explorer.conftest import client_of

TEMPLATES = Path(__file__).parents[2] / "explorer" / "templates"
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


def test_moments_are_told_in_one_zone_that_is_said(client, ask):
    (report,) = ask("SELECT report_id, fetched_at FROM core.report ORDER BY report_id LIMIT 1")
    text = client.get(f"/reports/{report['report_id']}").text
    assert f"{report['fetched_at'].astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}" in text
    assert "北京时间" in text
    assert "UTC+8" in client.get("/en").text


def test_a_day_of_publication_after_it_was_fetched_is_remarked(own_snapshot, client, ask):
    (report,) = ask("SELECT report_id FROM mart.report WHERE days_late < 0 ORDER BY report_id LIMIT 1")
    address = f"/reports/{report['report_id']}"
    assert "晚于抓取之日" not in client.get(address).text
    with duckdb.connect(str(own_snapshot)) as connection:
        connection.execute("UPDATE core.report SET published_on = DATE '2031-01-01'")
    with client_of(own_snapshot) as later:
        assert "晚于抓取之日" in later.get(address).text


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
