from dataclasses import replace
from datetime import date

import pytest

from samples.portals.dresses import EMPTY, REFUSING, dressed_portals
from samples.portals.lists import LinkedPortal
from samples.portals.reports import reports
from samples.portals.server import NOT_FOUND, PortalServer, Reply
from samples.portals.trs import TrsPortal
from samples.portals.whole import ReportList, WholePortal
from tasks.sources.files import load_source
from tasks.survey.proof import Proof
from tasks.survey.proposal import Given, proposed_source, write_source, written
from tasks.survey.survey import Outcome, name_of
from tasks.survey.visits import is_sister
from tests.survey.conftest import NETWORKS, POLITENESS

PORTALS = {portal.name: portal for portal in dressed_portals()}


def test_a_proven_source_says_what_it_gave_and_its_file_is_sound(surveyed, tmp_path):
    with PortalServer(PORTALS["two families"]) as server:
        done = surveyed(server)
        assert (done.outcome, done.reasons) == (Outcome.SURE, ())
        assert [step.title for step in done.found.way] == ["清河市人民政府门户网站", "政府信息公开"]
        assert sorted({year for year, _ in done.proof.counts}) == [2022, 2023, 2024]
        assert [(one.year, one.is_read, one.findings) for one in done.proof.read] == [
            (2024, True, 0),
            (2023, True, 0),
            (2022, True, 0),
        ]
        path = write_source(done.proposal, tmp_path)
    source = load_source(path)
    assert source.model_copy(update={"folder": None}) == done.proposal.source.model_copy(update={"folder": None})
    assert source.publisher == "清河市人民政府办公室"
    assert (source.region, source.networks) == (None, ("127.0.0.0/8",))
    assert {(one.category, one.adapter or source.adapter) for one in source.lists} == {
        ("市级部门", "hanweb_jpage"),
        ("县(市、区)政府", "hanweb_jpage"),
        ("乡镇街道", "trs"),
    }
    assert len(source.indexes) == 3
    assert "清河市教育局第1分局" in {one.organ for one in source.expected}
    assert "createPageHTML" in path.read_text(encoding="utf-8")


def test_a_file_that_is_there_is_never_written_over(surveyed, tmp_path):
    with PortalServer(PORTALS["channels by category"]) as server:
        done = surveyed(server)
    assert done.proposal.source.floor == {2022: 9, 2023: 9, 2024: 9}
    (tmp_path / "qinghe.yaml").write_text("title: mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_source(done.proposal, tmp_path)
    assert (tmp_path / "qinghe.yaml").read_text(encoding="utf-8") == "title: mine"


@pytest.mark.parametrize("path", ["/zwgk/", "/zwgk/nb/", "/zwgk/nb/l0/", "/col/col1229412023/index.html"])
def test_any_page_of_the_way_will_do(path, found_from):
    portal = PORTALS["jpage by category and year"]
    with PortalServer(portal) as server:
        lists = {one.address.removeprefix(server.address) for one in found_from(server, path).lists}
    every = {one.portal.list_path for one in portal.lists}
    assert lists == (every if path in {"/zwgk/", "/zwgk/nb/"} else lists & every)
    assert lists


def test_a_portal_that_refuses_is_left_alone(surveyed):
    with PortalServer(REFUSING) as server:
        done = surveyed(server)
        assert done.outcome is Outcome.REFUSED
        assert [one.target for one in server.log] == ["/robots.txt"]


def test_a_column_that_robots_refuse_is_refused(surveyed):
    portal = replace(PORTALS["trs by year and category"], robots="User-agent: *\nDisallow: /zwgk/nb/\n")
    with PortalServer(portal) as server:
        done = surveyed(server)
        assert done.outcome is Outcome.REFUSED
        assert "/zwgk/nb/" in done.reasons[0].english
        assert server.asked("/zwgk/nb/") == 0


def test_nothing_is_found_where_there_is_nothing_and_what_came_near_is_told(surveyed):
    with PortalServer(EMPTY) as server:
        done = surveyed(server)
    assert done.outcome is Outcome.NOTHING
    assert "法定主动公开内容" in done.reasons[0].chinese
    assert done.proposal is None


def test_a_column_without_a_list_that_is_recognised_says_what_was_seen(surveyed):
    def app(request):
        if request.path == "/":
            return Reply("<a href='/nb/'>政府信息公开年报</a>")
        return (
            Reply("<h1>政府信息公开年报</h1><a href='/x/'>关于本网</a><div id=app></div>")
            if request.path == "/nb/"
            else NOT_FOUND
        )

    with PortalServer(app) as server:
        done = surveyed(server)
    assert done.outcome is Outcome.UNSURE
    assert "关于本网" in done.reasons[0].chinese


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply("<html>500</html>", 500), "http_error"),
        (Reply("<script>document.cookie='__jsl_clid=1';location.reload()</script>", 412), "waf_challenge"),
        (Reply("<html><title>404 Not Found</title></html>", 404), "not_found"),
        (Reply(b"\x89PNG\r\n\x1a\n\x00\x00", content_type="image/png"), "wrong_content_type"),
    ],
)
def test_a_portal_that_cannot_be_had_is_unreachable(reply, code, surveyed):
    with PortalServer(lambda request: NOT_FOUND if request.path == "/robots.txt" else reply) as server:
        done = surveyed(server)
    assert done.outcome is Outcome.UNREACHABLE
    assert done.reasons[0].english.startswith(code)


def test_a_portal_that_moved_to_another_host_is_told_with_its_address(surveyed):
    moved = Reply("", 301, headers={"Location": "http://new.qinghe.example/"})
    with PortalServer(lambda request: NOT_FOUND if request.path == "/robots.txt" else moved) as server:
        done = surveyed(server)
    assert done.outcome is Outcome.UNSURE
    assert "http://new.qinghe.example/" in done.reasons[0].english


def test_reports_in_which_no_table_is_read_make_it_unsure(surveyed):
    portal = TrsPortal(reports(5, 2023))
    whole = WholePortal("x", (ReportList(portal),))

    def app(request):
        return (
            Reply("<html><body><h1>2023年政府信息公开工作年度报告</h1><p>正文见附件。</p></body></html>")
            if portal.report_at(request.path)
            else whole(request)
        )

    with PortalServer(app) as server:
        done = surveyed(server)
    assert done.outcome is Outcome.UNSURE
    assert "no table was read" in done.reasons[0].english


def test_a_page_that_leads_on_for_ever_is_given_up(surveyed):
    def app(request):
        number = int(request.query.get("n", 0))
        links = "".join(f"<a href='/?n={number * 7 + step}'>信息公开{step}</a>" for step in range(1, 8))
        return NOT_FOUND if request.path == "/robots.txt" else Reply(f"<ul>{links}</ul>")

    with PortalServer(app) as server:
        done = surveyed(server)
        assert done.outcome is Outcome.UNSURE
        assert len(server.log) <= 81


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.wenzhou.gov.cn/", "wenzhou"),
        ("http://yjglj.gz.gov.cn/zwgk/", "gz_yjglj"),
        ("http://122.137.242.24:8080/pub/", "122_137_242_24_8080"),
        ("http://cqjlp.gov.cn/", "cqjlp"),
    ],
)
def test_a_name_is_made_from_the_host(address, name):
    assert name_of(address) == name


def test_years_below_the_column_in_a_menu_are_lists_and_years_below_others_are_not(found_from, discovered):
    portal = PORTALS["trs by year and category"]
    lists = [one for one in portal.lists if one.category == "市级部门"]
    years = "".join(f"<li><a href='{one.portal.list_path}'>{one.year}</a></li>" for one in lists)
    budget = "<li><a href='/ys/2024/'>2024年</a></li><li><a href='/ys/2023/'>2023年</a></li>"
    menu = (
        f"<ul><li><span>预算公开</span><ul>{budget}</ul></li>"
        f"<li><a href='javascript:void(0)'>政府信息公开年报</a><ul>{years}</ul></li></ul>"
    )

    def app(request):
        if request.path == "/":
            return Reply(f"<html><title>政府信息公开</title><body>{menu}</body></html>")
        return portal(request)

    with PortalServer(app) as server:
        given = Given(f"{server.address}/", "qinghe", NETWORKS, POLITENESS)
        source = proposed_source(given, found_from(server), [server.host])
        assert [index.below for index in source.indexes] == ["政府信息公开年报"]
        found = discovered(source, 2022, 2023, 2024)
        assert server.asked("/ys/2024/") == 0
    truth = {one.portal.report_path(report) for one in lists for report in one.portal.reports}
    assert {link.url.removeprefix(server.address) for link in found.links} == truth


def test_what_a_terminal_or_yaml_would_obey_is_not_written(found_from, discovered):
    portal = PORTALS["trs, one list"]

    def app(request):
        if request.path == "/":
            odd = '清河\x1b[31m: {市}\u2028 # "人民政府"'
            return Reply(f"<title>{odd}</title><a href='{portal.lists[0].portal.list_path}'>政府信息公开年报\x07</a>")
        return portal(request)

    with PortalServer(app) as server:
        given = Given(f"{server.address}/", "qinghe", NETWORKS, POLITENESS)
        found = found_from(server)
        source = proposed_source(given, found, [server.host])
        proof = Proof(discovered(source, 2024), {}, frozenset(), (), ())
        text = written(given, found, [server.host], proof, date(2026, 1, 1)).text
    assert not set(text) & {"\x1b", "\x07", "\u2028"}


def test_a_platform_and_reports_on_hosts_beside_the_home_pages_are_found_and_no_others(surveyed):
    portal = PORTALS["pages by number"]
    with PortalServer(portal) as platform, PortalServer(portal) as foreign:
        elsewhere = f"http://localhost:{foreign.host.partition(':')[2]}"
        links = f"<a href='{elsewhere}/'>政府信息公开平台</a><a href='{platform.address}/zwgk/'>政府信息公开</a>"
        home = Reply(f"<title>清河市人民政府</title>{links}")
        with PortalServer(lambda request: NOT_FOUND if request.path == "/robots.txt" else home) as server:
            done = surveyed(server)
        assert (done.outcome, done.reasons) == (Outcome.SURE, ())
        assert done.proposal.source.hosts == (server.host, platform.host)
        assert foreign.log == []
        assert platform.asked("/robots.txt")


def test_a_page_that_redirects_to_a_host_beside_its_own_is_followed(surveyed):
    with PortalServer(PORTALS["pages by number"]) as platform:
        moved = Reply("", 302, headers={"Location": f"{platform.address}/zwgk/"})
        with PortalServer(lambda request: NOT_FOUND if request.path == "/robots.txt" else moved) as server:
            done = surveyed(server)
        assert done.outcome is Outcome.SURE
        assert platform.host in done.proposal.source.hosts


def test_robots_of_a_host_beside_the_home_pages_are_honoured(surveyed):
    with PortalServer(REFUSING) as platform:
        home = Reply(f"<title>清河市人民政府</title><a href='{platform.address}/zwgk/nb/'>政府信息公开年报</a>")
        with PortalServer(lambda request: NOT_FOUND if request.path == "/robots.txt" else home) as server:
            done = surveyed(server)
        assert done.outcome is Outcome.REFUSED
        assert [one.target for one in platform.log] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("host", "home", "sisters"),
    [
        ("xxgk.qinghe.gov.cn", "www.qinghe.gov.cn", True),
        ("xxgk.qinghe.gov.cn", "zwgk.qinghe.gov.cn:8080", True),
        ("qinghe.gov.cn:8080", "qinghe.gov.cn", True),
        ("www.qinghe.gov.cn", "jyj.qinghe.gov.cn", False),
        ("qinghe.gov.cn", "jyj.qinghe.gov.cn", False),
        ("www.wanghu.gov.cn", "www.qinghe.gov.cn", False),
        ("evilqinghe.gov.cn", "www.qinghe.gov.cn", False),
        ("www.gov.cn", "www.qinghe.gov.cn", False),
        ("xxgk.qh.zj.cn", "www.qh.zj.cn", True),
        ("www.other.zj.cn", "www.qh.zj.cn", False),
        ("10.0.0.1", "10.0.0.1:8080", True),
        ("10.0.0.2", "10.0.0.1", False),
    ],
)
def test_which_hosts_may_belong_to_a_portal(host, home, sisters):
    assert is_sister(host, home) is sisters


def test_years_of_publication_are_told_by_the_reports_where_titles_name_none(surveyed, discovered):
    lists = tuple(
        ReportList(
            TrsPortal(
                tuple(replace(one, title=one.title.replace(str(year) + "年", "")) for one in reports(4, year)),
                folder=f"/nb/{year + 1}/",
            ),
            year=f"{year + 1}年",
        )
        for year in (2024, 2023, 2022)
    )
    portal = WholePortal("undated", lists, levels=("year",))
    with PortalServer(portal) as server:
        done = surveyed(server)
        assert (done.outcome, done.reasons) == (Outcome.SURE, ())
        source = done.proposal.source
        assert [one.year for one in source.lists] == [2024, 2023, 2022]
        assert [one.published for one in source.indexes] == [True]
        found = discovered(source, 2022, 2023, 2024)
    assert {link.url.removeprefix(server.address): link.year for link in found.links} == portal.truth


def test_years_that_only_a_script_turns_to_make_it_unsure(surveyed):
    portal = TrsPortal(reports(5, 2024))
    whole = WholePortal("x", (ReportList(portal),))
    years = "".join(f"<option value='{year}'>{year}年</option>" for year in (2024, 2023, 2022))

    def app(request):
        reply = whole(request)
        body = reply.body.decode() if isinstance(reply.body, bytes) else reply.body
        select = f"<select id='year' onchange='go(1)'>{years}</select>"
        return replace(reply, body=select + body) if request.path == portal.list_path else reply

    with PortalServer(app) as server:
        done = surveyed(server)
    assert done.outcome is Outcome.UNSURE
    assert "can be turned to 2023, 2022" in done.reasons[0].english


def test_a_few_reports_on_other_portals_are_told_in_the_file_and_leave_it_sure(surveyed):
    portal = WholePortal("x", (ReportList(LinkedPortal(reports(5, 2024))),))
    tax = "<a href='http://tax.example/1.html'>清河市税务局2024年政府信息公开工作年度报告</a>"

    def app(request):
        reply = portal(request)
        return replace(reply, body=tax + reply.body) if request.path == "/news/list/ndbg.html" else reply

    with PortalServer(app) as server:
        done = surveyed(server)
    assert (done.outcome, done.reasons) == (Outcome.SURE, ())
    assert "tax.example (1)" in done.proposal.text
