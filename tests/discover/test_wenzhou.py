"""The shipped source for Wenzhou, against a portal with its columns: known ones and ones to be discovered."""

import pytest

from samples.portals.jpage import JpagePortal
from samples.portals.reports import reports
from samples.portals.server import NOT_FOUND, PortalServer, Reply, Request
from tasks.archive.store import Archive
from tasks.discover.discovery import discover
from tasks.fetch.client import Client
from tasks.sources.files import load_source
from tests import REPOSITORY
from tests.loopback import quick_settings

SHIPPED = REPOSITORY / "sources" / "wenzhou.yaml"
HOME = "https://www.wenzhou.gov.cn"
CATEGORIES = {"温州市人民政府": "3", "县(市、区)政府": "2", "市级部门单位": "1"}
INDEX = "/col/col1229252/index.html"
YEARS = range(2013, 2026)


class Wenzhou:
    """首页 > 信息公开年报 > category > year: a column of its own for each, some with more than a page of reports."""

    def __init__(self) -> None:
        known = {
            (one.category, one.year): str(one.address).split("/col")[-1].split("/")[0]
            for one in load_source(SHIPPED).lists
        }
        self.columns = {
            (category, year): known.get((category, year), f"12299{number}{year}")
            for category, number in CATEGORIES.items()
            for year in YEARS
        }
        self.portals = {
            (category, year): JpagePortal(reports(40 // int(CATEGORIES[category]), year, category), column=column)
            for (category, year), column in self.columns.items()
        }

    def __call__(self, request: Request) -> Reply:
        if request.path == "/art/2020/1/21/art_1229253636_9636.html":
            return anchors({"首页": "/", "信息公开年报": INDEX, "市级部门单位": "/col/col1/index.html"})
        if request.path == INDEX:
            categories = {name: f"/col/col{number}/index.html" for name, number in CATEGORIES.items()}
            return anchors({**categories, "政府信息公开指南": "/col/col9/index.html"})
        for category, number in CATEGORIES.items():
            if request.path == f"/col/col{number}/index.html":
                return anchors({str(year): f"/col/col{self.columns[category, year]}/index.html" for year in YEARS})
        column = request.form.get("columnid") or request.path.split("/col")[-1].split("/")[0]
        wanted = [portal for portal in self.portals.values() if portal.column == column]
        return wanted[0](request) if wanted else NOT_FOUND


def anchors(links: dict[str, str]) -> Reply:
    return Reply("".join(f"<li><a href='{path}'>{text}</a></li>" for text, path in links.items()))


@pytest.mark.parametrize("year", [2019, 2022])
def test_known_columns_and_unknown_ones_give_every_report_of_a_year(tmp_path, year):
    portal = Wenzhou()
    with PortalServer(portal) as server:
        text = SHIPPED.read_text(encoding="utf-8").replace(HOME, server.address)
        hosts = f"hosts: [{server.host}]\nnetworks: [127.0.0.0/8]\npoliteness: {{interval: 0, reason: a local portal}}"
        text = text.replace("hosts: [www.wenzhou.gov.cn, wenzhou.gov.cn]", hosts)
        (tmp_path / SHIPPED.name).write_text(text, encoding="utf-8")
        source = load_source(tmp_path / SHIPPED.name)
        with Client(source, quick_settings(tmp_path), Archive(str(tmp_path / "archive"))) as client:
            found = discover(source, [year], client.ask)
    expected = {
        (server.address + portal.portals[category, year].report_path(report), category, year)
        for category in CATEGORIES
        for report in portal.portals[category, year].reports
    }
    assert {(link.url, link.category, link.year) for link in found.links} == expected
    assert found.problems == ()
