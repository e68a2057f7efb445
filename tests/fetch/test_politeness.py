import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from samples.portals.reports import reports
from samples.portals.server import LoggedRequest, PortalServer, Reply, Request
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.discover.discovery import discover
from tasks.fetch.batch import fetch
from tasks.fetch.client import Client
from tasks.fetch.gate import FAILURES_BEFORE_REST, LONGEST_WAIT_SECONDS, RESTS_BEFORE_GIVING_UP, HostGate
from tasks.fetch.portal import portal_for
from tasks.fetch.problems import FetchError
from tasks.pages import Link
from tasks.problems import Problem
from tasks.sources.declaration import Source
from tests.certificates import self_signed_context
from tests.loopback import links_of, loopback_source, quick_settings

SLACK = 0.1
"""Seconds by which a server may see two requests closer together than they were sent."""


def most_at_once(log: Sequence[LoggedRequest]) -> int:
    return max(sum(other.started <= entry.started < other.ended for other in log) for entry in log)


def assert_apart(log: Sequence[LoggedRequest], interval: float) -> None:
    starts = sorted(entry.started for entry in log)
    assert all(later - earlier >= interval - SLACK for earlier, later in pairwise(starts))
    assert starts[-1] - starts[0] >= interval * (len(starts) - 1) - SLACK


class Slow:
    """Answers a portal's pages after a while, so that requests overlap where they may."""

    def __init__(self, portal: TrsPortal, seconds: float) -> None:
        self.portal = portal
        self.seconds = seconds

    def __call__(self, request: Request) -> Reply:
        time.sleep(self.seconds)
        return self.portal(request)


def test_by_default_two_connections_and_one_request_a_second(tmp_path: Path):
    portal = TrsPortal(reports(2, 2019))
    with PortalServer(portal) as server:
        source = loopback_source(server, politeness={})
        fetched = fetch(
            links_of(server, portal),
            source=source,
            archive=Archive(str(tmp_path / "archive")),
            settings=quick_settings(tmp_path),
        )
    assert source.politeness.connections == 2
    assert len(fetched.pages) == 2
    assert_apart(server.log, 1.0)
    assert server.log[0].target == "/robots.txt"


def test_batches_in_several_threads_share_the_limits_of_a_host(tmp_path: Path):
    portal = TrsPortal(reports(40, 2019))
    polite = {"connections": 3, "interval": 0.02, "robots": False, "reason": "faster than the default"}
    with PortalServer(Slow(portal, 0.1)) as server:
        source, links = loopback_source(server, politeness=polite), links_of(server, portal)
        archive, settings = Archive(str(tmp_path / "archive")), quick_settings(tmp_path)
        with ThreadPoolExecutor(4) as pool:
            batches = [links[start : start + 10] for start in range(0, 40, 10)]
            fetched = list(pool.map(lambda one: fetch(one, source=source, archive=archive, settings=settings), batches))
    assert sum(len(one.pages) for one in fetched) == 40
    assert most_at_once(server.log) == 3
    assert len({entry.connection for entry in server.log}) == 3
    assert len(server.log) == 40
    waits = [exchange.waited_ms for one in fetched for exchange in one.exchanges]
    assert sum(waits) > 1000
    assert sum(exchange.waited_ms for exchange in archive.logged()) == sum(waits)


def test_sources_that_share_a_host_keep_the_stricter_limits_lists_and_reports_together(tmp_path: Path):
    portal = TrsPortal(reports(20, 2019), per_page=4)
    hasty = {"connections": 8, "interval": 0.01, "robots": False, "reason": "this portal can bear it"}
    slow = {"connections": 2, "interval": 0.05, "robots": False, "reason": "this portal cannot"}
    archive, settings = Archive(str(tmp_path / "archive")), quick_settings(tmp_path)
    with PortalServer(Slow(portal, 0.12)) as server:
        first = loopback_source(server, name="hasty", politeness=hasty)
        second = loopback_source(server, name="slow", politeness=slow)
        listed = loopback_source(server, {"address": portal.list_path, "adapter": "trs"}, politeness=hasty)
        links = links_of(server, portal)

        def discovered() -> int:
            with Client(listed, settings, archive) as client:
                return len(discover(listed, [2019], client.ask).links)

        def fetched(source: Source, links: Sequence[Link]) -> int:
            return len(fetch(links, source=source, archive=archive, settings=settings).pages)

        portal_for(second, settings).gate(server.host)
        with ThreadPoolExecutor(4) as pool:
            counts = [
                pool.submit(discovered),
                pool.submit(fetched, first, links[:10]),
                pool.submit(fetched, second, links[10:15]),
                pool.submit(fetched, second, links[15:]),
            ]
            assert [one.result() for one in counts] == [20, 10, 5, 5]
    assert {entry.target for entry in server.log} > {portal.report_path(report) for report in portal.reports}
    assert most_at_once(server.log) == 2
    assert_apart(server.log, 0.05)


def test_several_processes_share_the_limits_of_a_host_and_keep_its_retry_after(tmp_path: Path, start_fetching):
    portal = TrsPortal(reports(18, 2019))
    refused: list[float] = []
    lock = threading.Lock()

    def app(request: Request) -> Reply:
        time.sleep(0.12)
        with lock:
            if not refused and request.path == portal.report_path(portal.reports[4]):
                refused.append(time.monotonic())
                return Reply("", 429, headers={"Retry-After": "1"})
        return portal(request)

    polite = {"connections": 2, "interval": 0.05, "robots": False, "reason": "faster than the default"}
    with PortalServer(app) as server:
        started = [start_fetching(server.host, tmp_path, range(first, first + 6), polite) for first in (0, 6, 12)]
        results = [receiver.recv() for _, receiver in started]
        for process, _ in started:
            process.join()
    assert results == [(6, 0, 0)] * 3
    assert most_at_once(server.log) == 2
    assert_apart(server.log, 0.05)
    (moment,) = refused
    asked_since = [entry.started - moment for entry in server.log if entry.started > moment + SLACK]
    assert min(asked_since) >= 1.0 - SLACK


def test_a_long_retry_after_is_kept_by_the_next_run(tmp_path: Path, start_fetching):
    busy = {"Retry-After": "3600"}
    with PortalServer(lambda request: Reply("", 503, headers=busy)) as server:
        for _ in range(2):
            process, receiver = start_fetching(server.host, tmp_path, range(3))
            assert receiver.recv() == (0, 3, 0)
            process.join()
            asked = len(server.log)
            assert 1 <= asked <= 3
    assert len(server.log) == asked


@pytest.mark.parametrize(("status", "as_date"), [(429, False), (429, True), (503, False)])
def test_retry_after_is_kept_by_the_whole_host(tmp_path: Path, status: int, as_date: bool):
    portal = TrsPortal(reports(12, 2019))
    refused: list[float] = []
    lock = threading.Lock()

    def app(request: Request) -> Reply:
        with lock:
            if len(refused) == 0 and request.path == portal.report_path(portal.reports[3]):
                refused.append(time.monotonic())
                soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
                return Reply("", status, headers={"Retry-After": soon if as_date else "1"})
        return portal(request)

    with PortalServer(app) as server:
        fetched = fetch(
            links_of(server, portal),
            source=loopback_source(server),
            archive=Archive(str(tmp_path / "archive")),
            settings=quick_settings(tmp_path),
        )
    assert len(fetched.pages) == 12
    (moment,) = refused
    asked_since = [entry.started - moment for entry in server.log if entry.started > moment + 0.1]
    assert asked_since
    assert min(asked_since) >= 1.0 - SLACK


def test_a_pause_that_is_too_long_turns_everybody_away(tmp_path: Path):
    gate = HostGate(tmp_path, "portal.example", 2, 0, 1)
    gate.pause(LONGEST_WAIT_SECONDS + 1)
    with pytest.raises(FetchError) as raised, gate.turn(threading.Event()):
        pass
    assert raised.value.code == "host_resting"


def test_a_host_that_keeps_failing_rests_longer_each_time_and_is_then_left_alone(tmp_path: Path):
    gate = HostGate(tmp_path, "portal.example", 2, 0, 0.05)
    waits = []
    for rest in range(RESTS_BEFORE_GIVING_UP):
        started = time.monotonic()
        for _ in range(FAILURES_BEFORE_REST):
            gate.failed()
        with gate.turn(threading.Event()) as waited:
            waits.append(waited)
        assert time.monotonic() - started >= 0.05 * 2**rest
    assert waits == sorted(waits)
    for _ in range(FAILURES_BEFORE_REST):
        gate.failed()
    with pytest.raises(FetchError), gate.turn(threading.Event()):
        pass


def test_a_success_between_failures_keeps_the_host_in_use(tmp_path: Path):
    gate = HostGate(tmp_path, "portal.example", 2, 0, 60)
    for _ in range(10 * FAILURES_BEFORE_REST):
        gate.failed()
        gate.succeeded()
    with gate.turn(threading.Event()) as waited:
        assert waited < 1


def test_whoever_waits_gives_up_when_the_run_is_stopped(tmp_path: Path):
    gate, stopped = HostGate(tmp_path, "portal.example", 2, 0, 60), threading.Event()
    gate.pause(60)
    threading.Timer(0.1, stopped.set).start()
    arrived = time.monotonic()
    with pytest.raises(FetchError, match="stopped"), gate.turn(stopped):
        pass
    assert time.monotonic() - arrived < 30


def test_whoever_gets_a_connection_of_a_stopped_run_asks_nothing(tmp_path: Path):
    gate, stopped = HostGate(tmp_path, "portal.example", 1, 0, 60), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with gate.turn(threading.Event()):
            waiting = pool.submit(lambda: gate.turn(stopped).__enter__())
            stopped.set()
        with pytest.raises(FetchError, match="stopped"):
            waiting.result(timeout=60)


def test_an_interrupted_batch_does_not_wait_for_the_hosts_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    portal = TrsPortal(reports(20, 2019))
    polite = {"connections": 2, "interval": 60, "robots": False, "reason": "so slow that it must be interrupted"}

    def interrupt(self: Archive, body: bytes) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(Archive, "put", interrupt)
    with PortalServer(portal) as server:
        source, links = loopback_source(server, politeness=polite), links_of(server, portal)
        arrived = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            fetch(links, source=source, archive=Archive(str(tmp_path)), settings=quick_settings(tmp_path))
    assert time.monotonic() - arrived < 30
    assert len(server.log) == 1


ROBOTS = "User-agent: *\nDisallow: /zwgk/\nCrawl-delay: 0.05\n\nUser-agent: Googlebot\nDisallow:\n"


def robots_portal(portal: TrsPortal, text: str, status: int = 200) -> PortalServer:
    def app(request: Request) -> Reply:
        return Reply(text, status, "text/plain") if request.path == "/robots.txt" else portal(request)

    return PortalServer(app)


def test_robots_txt_is_obeyed_and_asked_for_once(tmp_path: Path):
    portal = TrsPortal(reports(3, 2019))
    polite = {"interval": 0, "reason": "a server of this test"}
    with robots_portal(portal, ROBOTS) as server:
        source = loopback_source(server, politeness=polite)
        links, settings = links_of(server, portal), quick_settings(tmp_path)
        fetched = fetch(links, source=source, archive=Archive(str(tmp_path / "archive")), settings=settings)
    assert [problem.code for problem in fetched.problems] == ["robots_refused"] * 3
    assert [entry.target for entry in server.log] == ["/robots.txt"]


def test_a_crawl_delay_is_kept(tmp_path: Path):
    portal = TrsPortal(reports(6, 2019))
    with robots_portal(portal, "User-agent: *\nCrawl-delay: 0.2\nDisallow: /admin/\n") as server:
        source = loopback_source(server, politeness={"interval": 0, "reason": "a server of this test"})
        links, settings = links_of(server, portal), quick_settings(tmp_path)
        fetched = fetch(links, source=source, archive=Archive(str(tmp_path / "archive")), settings=settings)
    assert len(fetched.pages) == 6
    assert_apart(server.log[2:], 0.2)


@pytest.mark.parametrize(
    ("status", "code"), [(404, None), (403, None), (503, "robots_unreachable"), (429, "rate_limited")]
)
def test_a_host_without_robots_txt_is_free_and_one_that_cannot_say_is_not(tmp_path: Path, status, code):
    portal = TrsPortal(reports(1, 2019))
    with robots_portal(portal, "no", status) as server:
        source = loopback_source(server, politeness={"interval": 0, "reason": "a server of this test"})
        links, settings = links_of(server, portal), quick_settings(tmp_path)
        fetched = fetch(links, source=source, archive=Archive(str(tmp_path / "archive")), settings=settings)
    assert [problem.code for problem in fetched.problems] == ([code] if code else [])


def first_contact(tmp_path: Path, server: PortalServer | SimpleNamespace) -> Problem:
    """The problem of the one page of a portal, before which its robots.txt is asked for."""
    source = loopback_source(server, politeness={"interval": 0, "reason": "a server of this test"})
    settings = quick_settings(tmp_path, fetch_attempts=1, read_timeout=0.2)
    link = Link(source.name, f"{server.address}/report.html", "2019年政府信息公开年报", 2019)
    (problem,) = fetch([link], source=source, archive=Archive(str(tmp_path / "archive")), settings=settings).problems
    return problem


def test_a_certificate_that_nobody_vouches_for_is_told_as_such_at_the_first_contact(tmp_path: Path):
    with PortalServer(TrsPortal(reports(1, 2019)), tls=self_signed_context(tmp_path)) as server:
        problem = first_contact(tmp_path, server)
    assert (problem.code, problem.attempts) == ("tls_failed", 1)


@pytest.mark.parametrize(("listening", "code"), [(False, "unreachable"), (True, "timeout")])
def test_a_host_that_does_not_answer_is_told_as_such_at_the_first_contact(tmp_path: Path, listening, code):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listening:
            silent.listen()
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        problem = first_contact(tmp_path, SimpleNamespace(host=host, address=f"http://{host}"))
    assert problem.code == code
    assert problem.detail.startswith(f"http://{host}/robots.txt: ")


def test_a_host_that_does_not_resolve_is_told_as_such_at_the_first_contact(tmp_path: Path, monkeypatch):
    def unknown(*arguments, **options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    nowhere = SimpleNamespace(host="nowhere.example", address="http://nowhere.example")
    assert first_contact(tmp_path, nowhere).code == "name_not_resolved"


def test_the_user_agent_names_gouji_and_the_contact(tmp_path: Path):
    portal = TrsPortal(reports(1, 2019))
    with PortalServer(portal) as server:
        links, settings = links_of(server, portal), quick_settings(tmp_path, contact="ops@example.org")
        fetch(links, source=loopback_source(server), archive=Archive(str(tmp_path / "archive")), settings=settings)
    agent = server.log[0].headers["user-agent"]
    assert agent.startswith("Gouji/")
    assert "ops@example.org" in agent
