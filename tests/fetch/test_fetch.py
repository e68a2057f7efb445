from collections import Counter
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from samples.portals.reports import reports
from samples.portals.server import PortalServer, Reply, Request
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive, ArchiveError
from tasks.fetch.batch import Fetched, fetch
from tasks.pages import Link, Obtained
from tests.loopback import links_of, loopback_source, quick_settings


def how(fetched: Fetched) -> list[Obtained]:
    return [page.obtained for page in fetched.pages]


def test_pages_are_archived_and_not_asked_for_again_while_fresh(tmp_path: Path):
    portal = TrsPortal(reports(20, 2019))
    archive = Archive(str(tmp_path / "archive"))
    settings = quick_settings(tmp_path)
    with PortalServer(portal) as server:
        source, links = loopback_source(server), links_of(server, portal)
        first = fetch(links, source=source, archive=archive, settings=settings)
        again = fetch(links, source=source, archive=archive, settings=settings)
        asked = len(server.log)
        forced = fetch(links, source=source, archive=archive, settings=settings, force=True)
    assert [page.link for page in first.pages] == links
    assert [archive.get(page.sha256).decode() for page in first.pages] == [one.body for one in portal.reports]
    assert first.problems == again.problems == forced.problems == ()
    assert asked == len(first.exchanges) == 20
    assert (how(again), again.exchanges) == ([Obtained.FRESH] * 20, ())
    assert [page.exchange for page in again.pages] == [page.exchange for page in first.pages]
    assert len(forced.exchanges) == 20
    assert {page.sha256 for page in forced.pages} == {page.sha256 for page in first.pages}


def test_a_kept_connection_that_the_portal_gives_up_costs_no_attempt(tmp_path: Path):
    portal = TrsPortal(reports(30, 2019))
    answered: set[int] = set()

    def once_a_connection(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = handler.client_address[1] in answered
        if not handler.close_connection:
            answered.add(handler.client_address[1])
            body = portal.reports[0].body.encode()
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html; charset=utf-8")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

    with PortalServer(lambda request: Reply(wire=once_a_connection)) as server:
        fetched = fetch(
            links_of(server, portal),
            source=loopback_source(server),
            archive=Archive(str(tmp_path / "archive")),
            settings=quick_settings(tmp_path, fetch_attempts=1),
        )
    assert fetched.problems == ()
    assert len(fetched.pages) == len(answered) == 30


def test_a_page_that_is_not_there_is_a_problem_and_the_others_go_on(tmp_path: Path):
    portal = TrsPortal(reports(3, 2019))
    with PortalServer(portal) as server:
        links = links_of(server, portal)
        links.insert(1, Link("loopback", f"{server.address}/gone.html", "2019年政府信息公开年报", 2019))
        fetched = fetch(
            links,
            source=loopback_source(server),
            archive=Archive(str(tmp_path / "archive")),
            settings=quick_settings(tmp_path),
        )
    assert len(fetched.pages) == 3
    (problem,) = fetched.problems
    assert (problem.item, problem.code, problem.attempts) == (links[1].url, "not_found", 1)


class Versioned:
    """Serves one report with validators, and says that it is not modified when asked so."""

    def __init__(self) -> None:
        self.version = 1
        self.validators = ("ETag", "Last-Modified")

    def __call__(self, request: Request) -> Reply:
        offered = {"ETag": f'"v{self.version}"', "Last-Modified": f"Tue, 21 Jan 2020 08:37:0{self.version} GMT"}
        headers = {name: offered[name] for name in self.validators}
        asked = {"if-none-match": "ETag", "if-modified-since": "Last-Modified"}
        if any(request.headers.get(name) == offered[header] for name, header in asked.items()):
            return Reply(status=304, headers=headers)
        return Reply(REPORT.format(version=self.version), headers=headers)


REPORT = "<html><body><p>主动公开 申请 行政复议 行政诉讼</p><p>{version}</p></body></html>"


def fetch_one(server: PortalServer, home: Path, path: str = "/report.html", **options: Any) -> Fetched:
    link = Link("loopback", server.address + path, "2019年政府信息公开工作年度报告", 2019)
    settings = quick_settings(home, **{"freshness_hours": options.pop("freshness_hours", 20.0)})
    return fetch([link], source=loopback_source(server), archive=Archive(str(home)), settings=settings, **options)


@pytest.mark.parametrize("validators", [("ETag",), ("Last-Modified",), ("ETag", "Last-Modified")])
def test_a_page_that_did_not_change_costs_one_304(tmp_path: Path, validators: tuple[str, ...]):
    app = Versioned()
    app.validators = validators
    with PortalServer(app) as server:
        first = fetch_one(server, tmp_path)
        again = fetch_one(server, tmp_path, freshness_hours=0)
        app.version = 2
        changed = fetch_one(server, tmp_path, freshness_hours=0)
    assert [entry.status for entry in server.log] == [200, 304, 200]
    assert (how(again), again.problems) == ([Obtained.UNCHANGED], ())
    (known,), (confirmed,), (renewed,) = first.pages, again.pages, changed.pages
    assert confirmed.exchange == known.exchange
    assert confirmed.checked_at > known.checked_at
    assert renewed.sha256 != known.sha256
    archive = Archive(str(tmp_path))
    assert archive.get(known.sha256).decode() == REPORT.format(version=1)
    assert archive.get(renewed.sha256).decode() == REPORT.format(version=2)


def test_a_body_lost_from_the_archive_is_fetched_again_in_full(tmp_path: Path):
    with PortalServer(Versioned()) as server:
        (page,) = fetch_one(server, tmp_path).pages
        for body in (tmp_path / "bodies").rglob("*.gz"):
            body.unlink()
        (again,) = fetch_one(server, tmp_path).pages
    assert [entry.status for entry in server.log] == [200, 200]
    assert again.sha256 == page.sha256
    assert again.sha256 in Archive(str(tmp_path))


def test_a_304_that_nobody_asked_for_is_a_problem(tmp_path: Path):
    with PortalServer(lambda request: Reply(status=304)) as server:
        fetched = fetch_one(server, tmp_path)
    assert [problem.code for problem in fetched.problems] == ["http_error"]


ATTACHED = """<html><body><h1>2017年政府信息公开工作年度报告</h1><p>统计表见附件。</p>
<a href="/files/tongji.docx">附件：2017年政府信息公开情况统计表</a>
<a href="/files/gone.xls">附件2：统计表</a>
<a href="/files/video.pdf">宣传画</a>
<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2Freport.pdf"></iframe>
<a href="http://other.example/report.pdf">2017年报告</a></body></html>"""


def test_documents_attached_to_a_page_come_with_it(tmp_path: Path):
    documents = {"/files/tongji.docx": b"PK\x03\x04 docx", "/files/report.pdf": b"%PDF-1.4 report"}

    def app(request: Request) -> Reply:
        if request.path in documents:
            return Reply(documents[request.path], content_type="application/octet-stream")
        return Reply(ATTACHED) if request.path == "/report.html" else Reply("<html>404</html>", 404)

    with PortalServer(app) as server:
        fetched = fetch_one(server, tmp_path)
        asked = len(server.log)
        again = fetch_one(server, tmp_path)
        assert len(server.log) == asked + 1
    (page,) = fetched.pages
    archive = Archive(str(tmp_path))
    found = {one.url.removeprefix(server.address): archive.get(one.sha256) for one in page.attachments}
    assert found == documents
    assert page.attachments[0].name == "附件：2017年政府信息公开情况统计表"
    assert [(one.item.rpartition("/")[2], one.code) for one in fetched.problems] == [
        ("gone.xls", "not_found"),
        ("report.pdf", "host_not_allowed"),
    ]
    assert {one.item for one in fetched.problems} < set(fetched.asked)
    assert len(fetched.asked) == 5
    assert again.pages == (replace(page, obtained=Obtained.FRESH),)
    assert {entry.target for entry in server.log} == {"/report.html", "/files/gone.xls", *documents}


def test_a_document_instead_of_a_page_is_kept_as_it_is(tmp_path: Path):
    with PortalServer(lambda request: Reply(b"%PDF-1.7 report", content_type="application/pdf")) as server:
        (page,) = fetch_one(server, tmp_path, "/report.pdf").pages
    assert (page.exchange.encoding, page.exchange.content_type) == (None, "application/pdf")
    assert Archive(str(tmp_path)).get(page.sha256) == b"%PDF-1.7 report"


def test_every_answer_is_on_record_failures_too(tmp_path: Path):
    replies = iter([Reply("<html>busy</html>", 503), Reply("", 302, headers={"Location": "/here.html"})])
    with PortalServer(lambda request: next(replies, Reply(REPORT))) as server:
        fetched = fetch_one(server, tmp_path)
    recorded = [(one.attempts, one.status, one.problem, one.bytes > 0) for one in fetched.exchanges]
    assert recorded == [(1, 503, "http_error", True), (2, 302, None, False), (2, 200, None, True)]
    archive = Archive(str(tmp_path))
    assert archive.get(fetched.exchanges[0].sha256) == b"<html>busy</html>"
    assert tuple(archive.logged()) == fetched.exchanges
    (page,) = fetched.pages
    assert (page.exchange.final_url, page.exchange.attempts) == (f"{server.address}/here.html", 2)


def test_a_cookie_that_a_portal_wants_back_is_sent(tmp_path: Path):
    def app(request: Request) -> Reply:
        if "visited=1" in request.headers.get("cookie", ""):
            return Reply(REPORT)
        return Reply("", 302, headers={"Set-Cookie": "visited=1; Path=/", "Location": "/welcome.html"})

    with PortalServer(app) as server:
        assert len(fetch_one(server, tmp_path).pages) == 1


def test_a_firewall_that_sets_a_cookie_and_sends_back_to_the_same_address_is_passed(tmp_path: Path):
    portal = TrsPortal(reports(2, 2019))

    def behind_firewall(request: Request) -> Reply:
        if "pass=1" in request.headers.get("cookie", ""):
            return portal(request)
        return Reply("", 302, headers={"Location": request.path, "Set-Cookie": "pass=1; path=/"})

    with PortalServer(behind_firewall) as server:
        links = links_of(server, portal)
        fetched = fetch(
            links, source=loopback_source(server), archive=Archive(str(tmp_path)), settings=quick_settings(tmp_path)
        )
    assert fetched.problems == ()
    assert [page.link for page in fetched.pages] == links


def test_an_unreachable_portal_is_a_problem(tmp_path: Path):
    with PortalServer(Versioned()) as server:
        pass
    fetched = fetch_one(server, tmp_path)
    assert [(problem.code, problem.attempts) for problem in fetched.problems] == [("unreachable", 3)]
    assert fetched.pages == ()


def test_an_archive_that_cannot_be_used_stops_the_batch_with_one_line(tmp_path: Path):
    (tmp_path / "archive").write_text("a file where a folder should be")
    with (
        PortalServer(Versioned()) as server,
        pytest.raises(ArchiveError, match=r"^the archive cannot be read: [^\n]*$"),
    ):
        fetch_one(server, tmp_path / "archive")


def test_a_portal_that_only_fails_is_left_alone_after_a_while(tmp_path: Path):
    portal = TrsPortal(reports(60, 2019))
    with PortalServer(lambda request: Reply("busy", 503)) as server:
        fetched = fetch(
            links_of(server, portal),
            source=loopback_source(server),
            archive=Archive(str(tmp_path / "archive")),
            settings=quick_settings(tmp_path, rest_seconds=0.05),
        )
    codes = Counter(problem.code for problem in fetched.problems)
    assert codes["host_resting"] > 20
    assert codes["http_error"] + codes["host_resting"] == 60
    assert len(server.log) < 60


def test_a_report_in_a_frame_is_fetched_with_its_page(tmp_path: Path):
    pages = {"/report.html": "<html><body><iframe src='/inner.html'></iframe></body></html>", "/inner.html": REPORT}
    with PortalServer(lambda request: Reply(pages[request.path])) as server:
        fetched = fetch_one(server, tmp_path)
    (page,) = fetched.pages
    assert [one.url.removeprefix(server.address) for one in page.attachments] == ["/inner.html"]
    assert fetched.problems == ()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_bytes_of_a_location_are_asked_for_as_they_were_sent(tmp_path: Path, charset: str):
    there = "/年报/2019.html?局=水利"

    def app(request: Request) -> Reply:
        if request.path == "/report.html":
            return Reply("", 302, headers={"Location": there.encode(charset).decode("latin-1")})
        return Reply(REPORT)

    with PortalServer(app) as server:
        assert len(fetch_one(server, tmp_path).pages) == 1
        assert unquote_to_bytes(server.log[-1].target) == there.encode(charset)


def test_pages_that_look_like_a_firewalls_rest_the_host_only_when_another_agrees(tmp_path: Path):
    portal = TrsPortal(reports(40, 2019))
    suspect = portal.report_path(portal.reports[0])
    challenge = Reply("<script>$_ts=window['$_ts'];$_ts.cd='q'</script>")
    settings = quick_settings(tmp_path, rest_seconds=60, fetch_attempts=1)
    archive = Archive(str(tmp_path / "archive"))
    with PortalServer(lambda request: challenge if request.path == suspect else portal(request)) as server:
        links = links_of(server, portal)
        fetched = [fetch(links[:1], source=loopback_source(server), archive=archive, settings=settings)]
        fetched += [fetch(links[:1] * 20, source=loopback_source(server), archive=archive, settings=settings)]
        fetched += [fetch(links[1:], source=loopback_source(server), archive=archive, settings=settings)]
    assert {problem.code for one in fetched for problem in one.problems} == {"waf_challenge"}
    assert len(fetched[-1].pages) == 39
