import random
from collections import Counter
from pathlib import Path

from samples.portals.faults import LASTING, PASSING, FaultPortal
from samples.portals.reports import reports
from samples.portals.server import PortalServer
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.fetch.batch import fetch
from tasks.pages import Obtained
from tests.loopback import links_of, loopback_source, quick_settings

LASTING_EACH = 6
SLOW_EACH = 3
PASSING_EACH = 12


def test_every_report_that_can_be_had_is_had_and_every_other_is_a_problem_with_its_code(tmp_path: Path):
    portal = TrsPortal(reports(500, 2019))
    paths = [portal.report_path(report) for report in portal.reports]
    shuffled = random.Random(20190515).sample(paths, len(paths))
    codes = {shuffled.pop(): code for code in LASTING for _ in range(SLOW_EACH if code == "timeout" else LASTING_EACH)}
    faults = {path: LASTING[code] for path, code in codes.items()}
    for name, fault in PASSING.items():
        faults |= {shuffled.pop(): fault for _ in range(1 if "429" in name else PASSING_EACH)}
    settings = quick_settings(tmp_path, read_timeout=0.8, answer_timeout=2, maximum_bytes=1_000_000)
    archive = Archive(settings.archive_root)
    with PortalServer(FaultPortal(portal, faults)) as server:
        expected = {server.address + path: code for path, code in codes.items()}
        links = links_of(server, portal)
        for reused in (0, 500 - len(codes)):
            fetched = fetch(links, source=loopback_source(server), archive=archive, settings=settings)
            assert {problem.item: problem.code for problem in fetched.problems} == expected
            assert {page.link.url for page in fetched.pages} == {link.url for link in links} - set(expected)
            assert sum(page.obtained is Obtained.FRESH for page in fetched.pages) == reused
            failed = Counter(exchange.problem for exchange in fetched.exchanges if exchange.problem)
            assert failed.keys() >= set(codes.values()) - {"redirect_loop", "host_not_allowed"}
    bodies = {server.address + path: report.body for path, report in zip(paths, portal.reports, strict=True)}
    for page in fetched.pages:
        assert page.exchange.encoding is not None
        text = archive.get(page.sha256).decode(page.exchange.encoding)
        assert text.replace("iso-8859-1", "utf-8") == bodies[page.link.url]
