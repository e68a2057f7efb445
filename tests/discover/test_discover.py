import pytest

from samples.portals.jpage import JpagePortal
from samples.portals.reports import reports
from samples.portals.server import PortalServer
from samples.portals.trs import TrsPortal
from tasks.archive import Archive
from tasks.discover import Discovery, discover
from tasks.fetch import Client
from tests.fetch.support import loopback_source, quick_settings

FIFTY = reports(50, 2019)


def discovered(server, tmp_path, adapter, address, **parameters) -> Discovery:
    listing = {"address": address, "adapter": adapter, "category": "市级部门单位", "parameters": parameters}
    source = loopback_source(server, listing)
    client = Client(source, quick_settings(tmp_path), Archive(str(tmp_path / "archive")))
    return discover(source, [2019], client.ask)


def assert_all_found(found: Discovery, server, portal) -> None:
    expected = {server.address + portal.report_path(report): report for report in portal.reports}
    assert {link.url for link in found.links} == set(expected)
    for link in found.links:
        report = expected[link.url]
        assert (link.title, link.year, link.listed_on) == (report.title, report.year, report.listed_on)
        assert link.category == "市级部门单位"


@pytest.mark.parametrize(
    ("quirks", "parameters"),
    [
        ({}, {}),
        ({"obeys": "page"}, {}),
        ({"obeys": "get"}, {"method": "get"}),
        ({"most_records": 7}, {}),
        ({"inlined": 0}, {}),
        ({"stated_total": 15}, {}),
        ({"per_page": 8, "inlined": 24}, {}),
    ],
    ids=[
        "post",
        "ignores startrecord",
        "older get",
        "page-size cap",
        "nothing inlined",
        "total too low",
        "small pages",
    ],
)
def test_jpage(tmp_path, quirks, parameters):
    portal = JpagePortal(FIFTY, **quirks)
    with PortalServer(portal) as server:
        found = discovered(server, tmp_path, "hanweb_jpage", "/col/col1229253636/index.html", **parameters)
        assert_all_found(found, server, portal)
    assert found.problems == ()


@pytest.mark.parametrize(
    "quirks",
    [{}, {"stated_pages": 2}, {"stated_pages": 9}, {"stem": "list", "suffix": "shtml"}, {"charset": "gb18030"}],
    ids=["plain", "count too low", "count too high", "other names", "gbk"],
)
def test_trs(tmp_path, quirks):
    portal = TrsPortal(FIFTY, **quirks)
    with PortalServer(portal) as server:
        found = discovered(server, tmp_path, "trs", "/zwgk/zfxxgk/zfxxgknb/")
        assert_all_found(found, server, portal)
    assert found.problems == ()
