from pathlib import Path

from samples.portals.reports import reports
from samples.portals.server import PortalServer
from samples.portals.trs import TrsPortal
from tasks.archive import Archive
from tasks.fetch import fetch
from tasks.records import Link
from tests.fetch.support import links_of, loopback_source, quick_settings


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
    assert (again.reused, again.exchanges) == (20, ())
    assert again.pages == first.pages
    assert len(forced.exchanges) == 20
    assert {page.sha256 for page in forced.pages} == {page.sha256 for page in first.pages}


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
