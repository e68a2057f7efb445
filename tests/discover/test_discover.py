from pathlib import Path
from typing import Any

import pytest

from samples.portals.gkmlpt import GkmlptPortal
from samples.portals.jpaas import JpaasPortal
from samples.portals.jpage import JpagePortal
from samples.portals.lists import ChannelPortal, LinkedPortal
from samples.portals.portal import SmallPortal
from samples.portals.reports import reports
from samples.portals.server import PortalServer
from samples.portals.trs import TrsPortal
from samples.portals.xxgk import AnnualPortal, XxgkPortal
from tasks.archive.store import Archive
from tasks.discover.discovery import Discovery, discover
from tasks.fetch.client import Client
from tests.loopback import loopback_source, quick_settings

FIFTY = reports(50, 2019)
AREAS = {AnnualPortal(FIFTY).area(one): one.title.partition("2019")[0] for one in FIFTY}


def discovered(server: PortalServer, home: Path, portal: SmallPortal, adapter: str, **parameters: Any) -> Discovery:
    listing = {"address": portal.list_path, "adapter": adapter, "category": "市级部门单位", "parameters": parameters}
    source = loopback_source(server, listing)
    with Client(source, quick_settings(home), Archive(str(home / "archive"))) as client:
        return discover(source, [2019], client.ask)


@pytest.mark.parametrize(
    ("portal", "adapter", "parameters"),
    [
        pytest.param(JpagePortal(FIFTY), "hanweb_jpage", {}, id="jpage"),
        pytest.param(JpagePortal(FIFTY, obeys="page"), "hanweb_jpage", {}, id="jpage ignores startrecord"),
        pytest.param(JpagePortal(FIFTY, obeys="get"), "hanweb_jpage", {"method": "get"}, id="jpage by the older GET"),
        pytest.param(JpagePortal(FIFTY, most_records=7), "hanweb_jpage", {}, id="jpage caps its answers"),
        pytest.param(JpagePortal(FIFTY, inlined=0), "hanweb_jpage", {}, id="jpage inlines nothing"),
        pytest.param(JpagePortal(FIFTY, stated_total=15), "hanweb_jpage", {}, id="jpage counts too low"),
        pytest.param(JpagePortal(FIFTY, per_page=8, inlined=24), "hanweb_jpage", {}, id="jpage with small pages"),
        pytest.param(JpagePortal(FIFTY, neighbour=True), "hanweb_jpage", {}, id="jpage beside another unit"),
        pytest.param(TrsPortal(FIFTY), "trs", {}, id="trs"),
        pytest.param(TrsPortal(FIFTY, stated_pages=2), "trs", {}, id="trs counts too low"),
        pytest.param(TrsPortal(FIFTY, stated_pages=9), "trs", {}, id="trs counts too high"),
        pytest.param(TrsPortal(FIFTY, stem="list", suffix="shtml"), "trs", {}, id="trs with other names"),
        pytest.param(TrsPortal(FIFTY, charset="gb18030"), "trs", {}, id="trs in gb18030"),
        pytest.param(XxgkPortal(FIFTY), "hanweb_xxgk", {}, id="xxgk search"),
        pytest.param(XxgkPortal(FIFTY, repeats=True), "hanweb_xxgk", {}, id="xxgk repeats its last page"),
        pytest.param(AnnualPortal(FIFTY), "hanweb_annual", {"areas": AREAS}, id="annual reports by organ"),
        pytest.param(JpaasPortal(FIFTY), "jpaas", {}, id="jpaas"),
        pytest.param(JpaasPortal(FIFTY, most=9), "jpaas", {"page_size": 50}, id="jpaas caps its pages"),
        pytest.param(GkmlptPortal(FIFTY), "gkmlpt", {}, id="gkmlpt"),
        pytest.param(GkmlptPortal(FIFTY), "gkmlpt", {"categories": [5, 81]}, id="gkmlpt with an empty category"),
        pytest.param(ChannelPortal(FIFTY), "channel_shtml", {}, id="channel"),
        pytest.param(ChannelPortal(FIFTY, wraps=True), "channel_shtml", {}, id="channel starts over"),
        pytest.param(LinkedPortal(FIFTY), "plain_list", {}, id="linked pages"),
        pytest.param(LinkedPortal(FIFTY, circular=True), "plain_list", {}, id="linked pages in a circle"),
    ],
)
def test_every_report_of_a_family_is_found(tmp_path, portal, adapter, parameters):
    with PortalServer(portal) as server:
        found = discovered(server, tmp_path, portal, adapter, **parameters)
        expected = {server.address + portal.report_path(report): report for report in FIFTY}
    assert {link.url for link in found.links} == set(expected)
    assert found.problems == ()
    for link in found.links:
        report = expected[link.url]
        assert (link.source, link.title, link.year) == ("loopback", report.title, report.year)
        assert link.category == "市级部门单位"
        assert link.listed_on == report.listed_on or adapter == "hanweb_annual"
