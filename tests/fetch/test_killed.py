import random
import signal
import time
from collections import Counter
from pathlib import Path

from samples.portals.reports import reports
from samples.portals.server import PortalServer, Reply, Request
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tests.loopback import UNHURRIED

PAGES = 500
KILLS = 10
IN_FLIGHT = int(UNHURRIED["connections"])


def wait_for(server: PortalServer, requests: int) -> None:
    """Wait until a server was asked so often, and a moment more."""
    for _ in range(2000):
        if len(server.log) >= requests:
            break
        time.sleep(0.005)


def test_a_fetch_killed_at_random_moments_goes_on_where_it_stopped(tmp_path: Path, start_fetching):
    portal = TrsPortal(reports(PAGES, 2019))

    def slow(request: Request) -> Reply:
        time.sleep(0.02)
        return portal(request)

    moments = random.Random(711)
    with PortalServer(slow) as server:
        for _ in range(KILLS):
            process, _ = start_fetching(server.host, tmp_path, range(PAGES))
            wait_for(server, len(server.log) + moments.randint(0, 40))
            process.kill()
            process.join()
            assert process.exitcode == -signal.SIGKILL
        interrupted = len(server.log)
        process, last = start_fetching(server.host, tmp_path, range(PAGES))
        pages, problems, reused = last.recv()
        process.join()
        asked = Counter(entry.target for entry in server.log)
    archive = Archive(str(tmp_path / "archive"))
    answers = [archive.recall(server.address + portal.report_path(report)) for report in portal.reports]
    bodies = [archive.get(answer.exchange.sha256).decode() for answer in answers if answer]
    assert bodies == [report.body for report in portal.reports]
    assert (pages, problems) == (PAGES, 0)
    # What the last killed process had sent may reach the server's log late.
    assert PAGES - reused <= len(server.log) - interrupted <= PAGES - reused + IN_FLIGHT
    assert 0 < reused < PAGES
    assert set(asked) == {portal.report_path(report) for report in portal.reports}
    assert sum(asked.values()) <= PAGES + KILLS * IN_FLIGHT
    # Every answer that reached a killed process whole is on record, but for what it was just writing down.
    recorded = Counter(exchange.url.removeprefix(server.address) for exchange in archive.logged())
    assert set(recorded) == set(asked)
    assert sum(recorded.values()) >= sum(asked.values()) - KILLS * IN_FLIGHT
    bodies = list((tmp_path / "archive" / "bodies").rglob("[!.]*.gz"))
    assert len(bodies) == PAGES
