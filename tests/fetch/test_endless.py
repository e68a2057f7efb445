"""Answers that never end, heads that are none, and a run that is stopped meanwhile: a batch always comes to its end."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from samples.portals.faults import ENDLESS
from samples.portals.reports import reports
from samples.portals.server import PortalServer, Reply, Request
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.fetch.batch import fetch
from tasks.pages import Link
from tasks.runs.stopping import Stop
from tests.loopback import links_of, loopback_source, quick_settings

LONG = 3600.0


def among_good_pages(portal: TrsPortal, served: threading.Event | None = None):
    """The portal's pages, every second one an answer that never ends; ``served`` is set once one of these is asked."""
    endless = dict(zip([portal.report_path(one) for one in portal.reports[::2]], ENDLESS.values(), strict=True))

    def app(request: Request) -> Reply:
        if request.path not in endless:
            return portal(request)
        if served is not None:
            served.set()
        return Reply(wire=endless[request.path])

    return app, endless


def test_answers_that_never_end_are_problems_and_the_others_go_on(tmp_path: Path):
    portal = TrsPortal(reports(2 * len(ENDLESS), 2019))
    app, endless = among_good_pages(portal)
    settings = quick_settings(tmp_path, answer_timeout=2.5, read_timeout=LONG, fetch_attempts=1)
    with PortalServer(app) as server:
        fetched = fetch(
            links_of(server, portal),
            source=loopback_source(server),
            archive=Archive(settings.archive_root),
            settings=settings,
        )
    found = {problem.item.removeprefix(server.address): problem.code for problem in fetched.problems}
    assert found == dict.fromkeys(endless, "timeout")
    assert len(fetched.pages) == len(ENDLESS)


def test_a_stopped_run_does_not_wait_for_them(tmp_path: Path):
    portal = TrsPortal(reports(2 * len(ENDLESS), 2019))
    served = threading.Event()
    app, _ = among_good_pages(portal, served)
    settings = quick_settings(tmp_path, answer_timeout=LONG, read_timeout=LONG)
    stop = Stop()
    with PortalServer(app) as server:
        stopper = threading.Thread(target=lambda: (served.wait(), stop.ask()))
        stopper.start()
        fetched = fetch(
            links_of(server, portal),
            source=loopback_source(server),
            archive=Archive(settings.archive_root),
            settings=settings,
            stop=stop,
        )
        stopper.join()
    assert len(fetched.pages) + len(fetched.problems) == 2 * len(ENDLESS)
    assert {problem.code for problem in fetched.problems} == {"interrupted"}


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a host that takes no further connection, and refuses none."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        address = listening.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        yield f"127.0.0.1:{address[1]}"
        for one in waiting:
            one.close()


def test_a_stopped_run_does_not_wait_for_a_connection(tmp_path: Path, silent: str):
    with PortalServer(lambda request: Reply("")) as server:
        source = loopback_source(server, hosts=[server.host, silent])
    link = Link("loopback", f"http://{silent}/1.html", "2019年政府信息公开工作年度报告", 2019)
    settings = quick_settings(tmp_path, connect_timeout=LONG, answer_timeout=LONG)
    stop = Stop()
    stopper = threading.Timer(0.3, stop.ask)
    stopper.start()
    fetched = fetch([link], source=source, archive=Archive(settings.archive_root), settings=settings, stop=stop)
    assert [problem.code for problem in fetched.problems] == ["interrupted"]


@pytest.mark.parametrize("line", [b"a line without a colon", b"\xe5\xa4\xb4: x", b"Content Language: zh", b"<html>"])
def test_a_line_in_the_head_that_is_no_header_does_not_matter(tmp_path: Path, line: bytes):
    portal = TrsPortal(reports(1, 2019))
    body = portal.reports[0].body.encode()
    head = [b"HTTP/1.1 200 OK", line, b"Content-Type: text/html; charset=utf-8", b"Content-Length: %d" % len(body)]

    def misspelt(handler) -> None:
        handler.wfile.write(b"\r\n".join(head) + b"\r\n\r\n" + body)

    settings = quick_settings(tmp_path)
    with PortalServer(lambda request: Reply(wire=misspelt)) as server:
        fetched = fetch(
            links_of(server, portal),
            source=loopback_source(server),
            archive=Archive(settings.archive_root),
            settings=settings,
        )
    (page,) = fetched.pages
    assert (page.exchange.bytes, page.exchange.content_type) == (len(body), "text/html; charset=utf-8")
