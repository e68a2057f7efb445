from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samples.portals.jpage import JpagePortal
from samples.portals.lists import ChannelPortal, LinkedPortal
from samples.portals.pagers import PagedPortal
from samples.portals.reports import ListedReport, reports
from samples.portals.server import NOT_FOUND, PortalServer, Reply, Request
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.discover.discovery import Discovery, discover
from tasks.fetch.client import Client
from tasks.sources.declaration import Source
from tasks.sources.files import load_source
from tests.loopback import loopback_source, quick_settings

TITLE = "清河市商务局{year}年政府信息公开工作年度报告"


def discovered(source: Source, home: Path, *years: int) -> Discovery:
    with Client(source, quick_settings(home), Archive(str(home / "archive"))) as client:
        return discover(source, years or [2019], client.ask)


def listing(entries: str) -> Callable[[Request], Reply]:
    return lambda request: Reply(f"<ul>{entries}</ul>") if request.path == "/" else NOT_FOUND


def entry(path: str, title: str, day: str = "2020-01-21") -> str:
    return f"<li><a href='{path}'>{title}</a><span>{day}</span></li>"


def from_list(home: Path, entries: str, *years: int, **fields: Any) -> tuple[Discovery, str]:
    with PortalServer(listing(entries)) as server:
        source = loopback_source(server, {"address": "/", "adapter": "plain_list", **fields})
        return discovered(source, home, *years), server.address


def test_only_annual_reports_of_the_wanted_years_are_linked_each_once(tmp_path):
    entries = (
        entry("/1.html", TITLE.format(year=2019))
        + entry("/x/../1.html#again", TITLE.format(year=2019))
        + entry("/2.html", TITLE.format(year=2018))
        + entry("/3.html", "关于编制2019年政府信息公开年度报告的通知")
        + entry("/4.html", "清河市商务局2019年部门决算")
    )
    found, address = from_list(tmp_path, entries)
    assert [link.url for link in found.links] == [f"{address}/1.html"]
    assert found.problems == ()
    assert [(one.records, one.links) for one in found.lists] == [(4, 1)]


def test_links_to_other_lists_are_no_reports(tmp_path):
    entries = (
        "<a href='/nb/'>政府信息公开年报</a><a href='/col/1/index.html'>政府信息公开工作年度报告</a>"
        + "<li><a href='/nb/2019/'>2019年政府信息公开年报</a></li>"
        + entry("/nb/2019/1.html", "2019年政府信息公开工作年度报告")
    )
    found, address = from_list(tmp_path, entries, year=2019)
    assert [link.url for link in found.links] == [f"{address}/nb/2019/1.html"]
    assert found.problems == ()


def test_the_year_comes_from_the_title_then_the_list_then_the_date(tmp_path):
    entries = entry("/1.html", TITLE.format(year=2018)) + entry("/2.html", TITLE.format(year=""))
    found, _ = from_list(tmp_path, entries, 2017, 2018, 2019, year=2017)
    assert [link.year for link in found.links] == [2018, 2017]
    found, _ = from_list(tmp_path, entries, 2018, 2019)
    assert [link.year for link in found.links] == [2018, 2019]


def test_a_report_without_any_year_is_a_problem(tmp_path):
    found, address = from_list(tmp_path, entry("/1.html", "清河市商务局政府信息公开年报", "昨天"))
    assert [(one.code, one.item) for one in found.problems] == [("year_unknown", f"{address}/1.html")]
    assert f"{address}/1.html" in found.asked


def test_a_report_on_an_undeclared_host_is_a_problem(tmp_path):
    found, _ = from_list(tmp_path, entry("http://mirror.example/1.html", TITLE.format(year=2019)))
    assert [(one.code, one.item) for one in found.problems] == [("host_not_allowed", "http://mirror.example/1.html")]


def test_a_list_of_nothing_but_reports_needs_no_telling_titles(tmp_path):
    found, _ = from_list(tmp_path, entry("/1.html", "新华街道办事处2019年度"), every_title=True)
    assert [link.title for link in found.links] == ["新华街道办事处2019年度"]


def test_lists_of_other_years_are_not_asked_for_but_the_next_years_list_is(tmp_path):
    with PortalServer(listing(entry("/1.html", TITLE.format(year=2019)))) as server:
        lists = [{"address": f"/?{year}", "adapter": "plain_list", "year": year} for year in (2017, 2018, 2019, 2020)]
        found = discovered(loopback_source(server, *lists), tmp_path)
    assert [one.target for one in server.log] == ["/?2019", "/?2020"]
    assert len(found.links) == 1


def endless(request: Request) -> Reply:
    number = int(request.query.get("p", 1))
    entries = entry(f"/{number}.html", f"{number}号文件")
    return Reply(f"<ul>{entries}</ul><a href='?p={number + 1}'>下一页</a>")


def test_a_list_that_never_ends_is_given_up(tmp_path):
    with PortalServer(endless) as server:
        lists = {"address": "/", "adapter": "plain_list", "maximum_pages": 20}
        found = discovered(loopback_source(server, lists), tmp_path)
    assert len(server.log) == 20
    assert [one.code for one in found.problems] == ["list_too_long"]


@pytest.mark.parametrize(
    ("app", "adapter", "code"),
    [
        (lambda request: Reply("<html><body>暂无内容</body></html>"), "plain_list", "list_empty"),
        (lambda request: Reply("<html>404</html>", 404), "trs", "not_found"),
        (lambda request: Reply("<html>500</html>", 500), "trs", "http_error"),
        (
            lambda request: Reply("<script>document.cookie='__jsl_clid=1';location.reload()</script>"),
            "trs",
            "waf_challenge",
        ),
        (lambda request: Reply("<html>no json</html>"), "jpaas", "list_unreadable"),
        (lambda request: Reply('{"data": [1]}'), "jpaas", "list_unreadable"),
        (lambda request: Reply("window._CONFIG = {SID: '1', TREE: [{]}"), "gkmlpt", "list_unreadable"),
        (lambda request: Reply("window._CONFIG = {SID: '1', TREE: []}"), "gkmlpt", "list_unreadable"),
        (JpagePortal(reports(50, 2019), stated_total=80), "hanweb_jpage", "list_incomplete"),
    ],
)
def test_a_list_that_cannot_be_read_is_a_problem(tmp_path, app, adapter, code):
    path = app.list_path if isinstance(app, JpagePortal) else "/gkmlpt/index"
    with PortalServer(app) as server:
        found = discovered(loopback_source(server, {"address": path, "adapter": adapter}), tmp_path)
    assert [one.code for one in found.problems] == [code]
    assert found.problems[0].item in found.asked


def test_a_list_that_breaks_off_gives_what_came_before_and_a_problem(tmp_path):
    portal = TrsPortal(reports(50, 2019))

    def app(request: Request) -> Reply:
        return Reply("busy", 503) if request.path.endswith("index_2.html") else portal(request)

    with PortalServer(app) as server:
        found = discovered(loopback_source(server, {"address": portal.list_path, "adapter": "trs"}), tmp_path)
    assert len(found.links) == 30
    assert [(one.code, one.attempts) for one in found.problems] == [("http_error", 3)]
    assert "after 31 records" in found.problems[0].detail


def anchors(**links: str) -> Reply:
    return Reply("".join(f"<a href='{path}'>{text}</a> " for text, path in links.items()))


class YearlyPortal:
    """An index: 信息公开年报 in a breadcrumb, categories below it, years below them."""

    years = (2018, 2019, 2020)

    def __init__(self) -> None:
        self.lists = {
            f"/col/{category}/{year}/": ChannelOf(category, year) for category in ("sj", "xq") for year in self.years
        }

    def __call__(self, request: Request) -> Reply:
        categories = {"市级部门单位": "/col/sj/", "县(市、区)政府": "/col/xq/"}
        if request.path == "/art/1.html":
            return anchors(首页="/", 信息公开年报="/col/nb/", 市级部门单位="/col/sj/")
        if request.path == "/col/nb/":
            return anchors(**categories, 指南="/col/zn/")
        if request.path in categories.values():
            years = {f"{year}年度": f"{request.path}{year}/" for year in self.years}
            return anchors(信息公开年报="/col/nb/", **years, 工作要点="/col/x/2019/")
        page = next((one for path, one in self.lists.items() if request.path.startswith(path)), None)
        return page(request) if page else NOT_FOUND


class ChannelOf(TrsPortal):
    """A folder of three reports."""

    def __init__(self, category: str, year: int) -> None:
        super().__init__(reports(3, year, category), folder=f"/col/{category}/{year}/", per_page=1)


def test_lists_that_the_source_does_not_name_are_found_from_the_index(tmp_path):
    portal = YearlyPortal()
    with PortalServer(portal) as server:
        index = {
            "address": f"{server.address}/art/1.html",
            "through": ["信息公开年报"],
            "categories": ["市级部门单位", "县（市、区）政府"],
        }
        known = {"address": "/col/sj/2019/", "year": 2019, "category": "已知"}
        found = discovered(loopback_source(server, known, adapter="trs", indexes=[index]), tmp_path)
        expected = {
            server.address + one.report_path(report): category
            for one, category in (
                (portal.lists["/col/sj/2019/"], "已知"),
                (portal.lists["/col/xq/2019/"], "县（市、区）政府"),
            )
            for report in one.reports
        }
    assert {link.url: link.category for link in found.links} == expected
    assert found.problems == ()
    assert not any("2018" in one.target or "/col/x/" in one.target for one in server.log)


def test_an_index_that_leads_nowhere_is_a_problem_and_the_known_lists_go_on(tmp_path):
    with PortalServer(listing(entry("/1.html", TITLE.format(year=2019)))) as server:
        indexes = [
            {"address": f"{server.address}/gone/", "levels": ["year"]},
            {"address": f"{server.address}/", "through": ["信息公开年报"], "levels": ["year"]},
        ]
        source = loopback_source(server, {"address": "/"}, adapter="plain_list", indexes=indexes)
        found = discovered(source, tmp_path)
    assert len(found.links) == 1
    assert [one.code for one in found.problems] == ["not_found", "list_unreadable"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("url,title,year,listed_on\nhttp://a.example/1.html,清河市2012年政府信息公开年报,2012,2013-01-25\n", None),
        ("﻿url,title\nhttp://a.example/1.html,清河市2012年政府信息公开年报\n", None),
        ("address,name\nhttp://a.example/1.html,清河市2012年政府信息公开年报\n", "list_unreadable"),
        ("url,title,year\nhttp://a.example/1.html,清河市年报,二〇一二\n", "list_unreadable"),
        (None, "list_unreadable"),
    ],
)
def test_addresses_in_a_file_beside_the_source(tmp_path, content, code):
    (tmp_path / "a.yaml").write_text(
        "title: 清河\nhosts: [a.example]\nadapter: address_list\nlists: [{parameters: {file: a.csv}}]\n",
        encoding="utf-8",
    )
    if content:
        (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    found = discovered(load_source(tmp_path / "a.yaml"), tmp_path, 2012)
    assert [one.code for one in found.problems] == ([code] if code else [])
    if code is None:
        (link,) = found.links
        assert (link.url, link.year) == ("http://a.example/1.html", 2012)
        assert link.listed_on in (None, date(2013, 1, 25))


def test_addresses_in_a_file_that_excel_wrote(tmp_path):
    lines = [
        "url,title,year,listed_on",
        "http://a.example/1.html,清河市水利局2012年政府信息公开年报,2012,2013/1/25",
        "http://a.example/2.html,清河市民政局2012年政府信息公开年报,2012,某日",
        "http://a.example/3.html,清河市财政局2012年政府信息公开年报,12,",
        "www.a.example/4.html,清河市教育局2012年政府信息公开年报,2012,",
        "http://a.example/5.html,清河市2012年政府信息公开年报,2012年,2013年1月5日",
    ]
    (tmp_path / "a.yaml").write_text(
        "title: 清河\nhosts: [a.example]\nadapter: address_list\nlists: [{parameters: {file: a.csv}}]\n",
        encoding="utf-8",
    )
    (tmp_path / "a.csv").write_bytes("\r\n".join(lines).encode("gbk"))
    found = discovered(load_source(tmp_path / "a.yaml"), tmp_path, 2012)
    assert [(link.url[-6:], link.listed_on) for link in found.links] == [
        ("1.html", date(2013, 1, 25)),
        ("5.html", date(2013, 1, 5)),
    ]
    address, lines_of_the_file = found.problems
    assert (address.code, address.item) == ("bad_address", "www.a.example/4.html")
    assert lines_of_the_file.code == "list_unreadable"
    assert "a.csv:3: listed_on: '某日'" in lines_of_the_file.detail
    assert "a.csv:4: year: '12'" in lines_of_the_file.detail


def test_every_request_for_a_list_is_on_record(tmp_path):
    portal = ChannelPortal(reports(50, 2019))
    with PortalServer(portal) as server:
        discovered(loopback_source(server, {"address": portal.list_path, "adapter": "channel_shtml"}), tmp_path)
    logged = list(Archive(str(tmp_path / "archive")).logged())
    assert [one.url.removeprefix(server.address) for one in logged] == [one.target for one in server.log]
    assert {one.purpose for one in logged} == {"list"}


def test_titles_may_repeat_for_different_reports(tmp_path):
    same = [ListedReport(number, TITLE.format(year=2019), 2019, date(2020, 1, 5)) for number in range(20)]
    portal = LinkedPortal(same)
    with PortalServer(portal) as server:
        found = discovered(loopback_source(server, {"address": portal.list_path, "adapter": "plain_list"}), tmp_path)
    assert len(found.links) == 20


def test_a_list_in_a_frame_is_read(tmp_path):
    shell = "<html><body><a href='/'>首页</a><iframe src='/inner.html'></iframe></body></html>"
    inner = f"<a href='/1.html'>{TITLE.format(year=2019)}</a> <a href='/2.html'>{TITLE.format(year=2018)}</a>"
    pages = {"/": shell, "/inner.html": inner}
    with PortalServer(lambda request: Reply(pages[request.path])) as server:
        found = discovered(loopback_source(server, {"address": "/", "adapter": "plain_list"}), tmp_path)
    assert [link.url.removeprefix(server.address) for link in found.links] == ["/1.html"]
    assert found.problems == ()


@pytest.mark.parametrize(
    "shell",
    [
        "<meta http-equiv=refresh content='0; url=/new/list.html'>正在跳转",
        "<script>window.location.href = '/new/list.html';</script>",
        "<html><head><script>location.replace('/new/list.html')</script></head></html>",
    ],
)
def test_a_page_that_only_leads_on_is_followed_once(tmp_path, shell):
    pages = {"/": shell, "/new/list.html": f"<a href='1.html'>{TITLE.format(year=2019)}</a>"}
    with PortalServer(lambda request: Reply(pages[request.path])) as server:
        found = discovered(loopback_source(server, {"address": "/", "adapter": "plain_list"}), tmp_path)
        (link,) = found.links
        assert link.url == f"{server.address}/new/list.html".replace("list", "1")
        pages["/new/list.html"] = shell.replace("list", "list2")
        again = discovered(loopback_source(server, {"address": "/", "adapter": "plain_list"}), tmp_path)
    assert again.links == ()
    assert [problem.item for problem in again.problems] == [f"{server.address}/"]


def test_reports_whose_address_cannot_be_told_are_problems(tmp_path):
    entries = [
        "<a href='javascript:showDetail(1)'>清河市水利局2019年政府信息公开工作年度报告</a>",
        "<a href='http://[broken/'>清河市民政局2019年政府信息公开工作年度报告</a>",
        "<a href='javascript:showMenu(1)'>网站地图</a>",
        "<a href='/1.html'>清河市财政局2019年政府信息公开工作年度报告</a>",
    ]
    with PortalServer(lambda request: Reply("".join(entries))) as server:
        found = discovered(loopback_source(server, {"address": "/", "adapter": "plain_list"}), tmp_path)
    assert [link.url.removeprefix(server.address) for link in found.links] == ["/1.html"]
    assert [(one.code, one.item) for one in found.problems] == [
        ("bad_address", "javascript:showDetail(1)"),
        ("bad_address", "http://[broken/"),
    ]


@pytest.mark.parametrize(
    ("pager", "told"),
    [("postback", "for a browser's scripts only"), ("count", "says that there are 3 pages"), ("more", "loads more")],
)
def test_a_list_whose_further_pages_cannot_be_asked_for_is_incomplete(tmp_path, pager, told):
    portal = PagedPortal(reports(40, 2019), pager)
    with PortalServer(portal) as server:
        found = discovered(loopback_source(server, {"address": portal.list_path, "adapter": "plain_list"}), tmp_path)
    assert len(found.links) == 15
    assert [problem.code for problem in found.problems] == ["list_incomplete"]
    assert told in found.problems[0].detail


def test_pages_that_a_list_says_it_has_and_does_not_give_are_told(tmp_path):
    portal = TrsPortal(reports(20, 2019), stated_pages=4, inline=True)
    with PortalServer(portal) as server:
        found = discovered(loopback_source(server, {"address": portal.list_path, "adapter": "trs"}), tmp_path)
    assert (len(found.links), [problem.code for problem in found.problems]) == (20, ["list_incomplete"])


def test_a_next_page_that_only_scripts_reach_is_told(tmp_path):
    page = f"<a href='/1.html'>{TITLE.format(year=2019)}</a><a href='javascript:goPage(2)'>下一页</a>"
    with PortalServer(lambda request: Reply(page)) as server:
        found = discovered(loopback_source(server, {"address": "/", "adapter": "plain_list"}), tmp_path)
    assert (len(found.links), [problem.code for problem in found.problems]) == (1, ["list_incomplete"])


def test_one_address_in_disguise_is_one_report_but_never_two_organs(tmp_path):
    entries = [
        "<a href='/1.html'><img src='/icon.gif'></a><a href='/1.html'>清河市水利局2019年政府信息公开工作年度报告</a>",
        "<a href='/1.html?spm=7'>清河市水利局2019年政府信息公开工作年度…</a>",
        "<a href='/1.html?spm=8'>清河市民政局2019年政府信息公开工作年度报告</a>",
        "<a href='/1.html'>清河市财政局2019年政府信息公开工作年度报告</a>",
    ]
    with PortalServer(lambda request: Reply("".join(entries))) as server:
        found = discovered(loopback_source(server, {"address": "/", "adapter": "plain_list"}), tmp_path)
    assert [(link.url.rpartition("/")[2], link.title[3:6]) for link in found.links] == [
        ("1.html", "水利局"),
        ("1.html?spm=8", "民政局"),
    ]
    assert [(one.code, one.item) for one in found.problems] == [("address_shared", f"{server.address}/1.html")]
