import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from samples.portals.reports import reports
from samples.portals.server import PortalServer, Reply, Request
from samples.portals.trs import TrsPortal
from tasks.archive import Archive
from tests.fetch.support import UNHURRIED

PAGES = 500
KILLS = 10
IN_FLIGHT = int(UNHURRIED["connections"])


def test_a_fetch_killed_at_random_moments_goes_on_where_it_stopped(tmp_path: Path):
    portal = TrsPortal(reports(PAGES, 2019))

    def slow(request: Request) -> Reply:
        time.sleep(0.02)
        return portal(request)

    moments = random.Random(711)
    with PortalServer(slow) as server:
        command = [sys.executable, "-m", "tests.fetch.run_fetch", server.host, str(tmp_path), str(PAGES)]
        for _ in range(KILLS):
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == "started\n"
                time.sleep(moments.uniform(0, 0.12))
                process.send_signal(signal.SIGKILL)
            assert process.returncode == -signal.SIGKILL
        interrupted = len(server.log)
        last = subprocess.run(command, capture_output=True, text=True, check=True)
        asked = Counter(entry.target for entry in server.log)
    archive = Archive(str(tmp_path / "archive"))
    notes = [archive.recall(server.address + portal.report_path(report)) for report in portal.reports]
    assert [archive.get(note["sha256"]).decode() for note in notes if note] == [one.body for one in portal.reports]
    reused = int(last.stdout.split(", ")[2].split()[0])
    assert last.stdout.startswith(f"started\n{PAGES} pages, 0 problems, ")
    # What the last killed process had sent may reach the server's log late.
    assert PAGES - reused <= len(server.log) - interrupted <= PAGES - reused + IN_FLIGHT
    assert 0 < reused < PAGES
    assert set(asked) == {portal.report_path(report) for report in portal.reports}
    assert sum(asked.values()) <= PAGES + KILLS * IN_FLIGHT
    bodies = list((tmp_path / "archive" / "bodies").rglob("[!.]*.gz"))
    assert len(bodies) == PAGES
