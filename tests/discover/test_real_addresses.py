"""Addresses and titles of real reports: none is lost between a list page and the links."""

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from samples.portals.server import PortalServer, Reply
from tasks.archive.store import Archive
from tasks.discover.discovery import Discovery, discover
from tasks.fetch.client import Client
from tasks.sources.files import load_sources
from tasks.sources.markup import date_in_address
from tasks.web.addresses import address_key, clean_address
from tests import REPOSITORY
from tests.loopback import loopback_source, quick_settings
from tests.real_reports import REPORTS, needs_real_reports

FILE = REPORTS / "urls.tsv"
pytestmark = needs_real_reports


@pytest.fixture(scope="module")
def real() -> list[dict[str, str]]:
    """The real reports: year, organ, family, address, and the title without what was noted beside it."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["year"].isdigit()]
    return [{**row, "title": re.sub(r"\s*\(.*\)$", "", row["title"])} for row in rows]


def listed(home: Path, rows: list[dict[str, str]], **listing: object) -> Discovery:
    entries = "".join(f"<li><a href='{row['url']}'>{row['title']}</a></li>" for row in rows)
    with PortalServer(lambda request: Reply(f"<ul>{entries}</ul>")) as server:
        hosts = {urlsplit(row["url"]).netloc for row in rows}
        source = loopback_source(
            server, {"address": "/", "adapter": "plain_list", **listing}, hosts=[server.host, *hosts]
        )
        with Client(source, quick_settings(home), Archive(str(home / "archive"))) as client:
            return discover(source, range(2008, 2027), client.ask)


def test_every_real_address_survives_discovery_with_its_year(tmp_path, real):
    found = listed(tmp_path, real, every_title=True)
    links = {address_key(link.url): link for link in found.links}
    for row in real:
        if re.search(r"\d{4}", row["title"]):
            assert str(links[address_key(row["url"])].year) == row["year"], row
    unknown = {address_key(problem.item) for problem in found.problems}
    assert {problem.code for problem in found.problems} <= {"year_unknown"}
    assert links.keys() | unknown == {address_key(row["url"]) for row in real}


def test_real_titles_are_recognised(tmp_path, real):
    whole = [row for row in real if re.search(r"(政府|政务)信息公开", row["title"])]
    found = listed(tmp_path, whole)
    assert len(whole) > 60
    assert {address_key(link.url) for link in found.links} == {address_key(row["url"]) for row in whole}


def test_real_addresses_are_told_apart_and_cleaned_once(real):
    assert len({address_key(row["url"]) for row in real}) == len(real)
    for row in real:
        assert clean_address(clean_address(row["url"])) == clean_address(row["url"])


def test_a_day_in_a_real_address_is_a_day_after_the_report_year(real):
    days = [(row, day) for row in real if (day := date_in_address(row["url"]))]
    assert len(days) > 60
    assert [row for row, day in days if not int(row["year"]) <= day.year <= int(row["year"]) + 4] == []


def test_shipped_sources_declare_where_real_reports_are(real):
    """Every shipped source stands on the host of at least one real report or list."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        addresses = [row["url"] for row in csv.DictReader(lines, delimiter="\t")]
    for source in load_sources(REPOSITORY / "sources").values():
        assert any(source.allows(address) for address in addresses), source.name


def test_columns_in_real_addresses_are_declared_for_their_years(real):
    sources = load_sources(REPOSITORY / "sources").values()
    checked = 0
    for row in real:
        column = re.search(r"/art_(\d+)_\d+\.html$", row["url"])
        for source in (one for one in sources if column and one.allows(row["url"])):
            years = [one.year for one in source.lists if f"/col{column[1]}/" in str(one.address)]
            assert years in ([int(row["year"])], [None]), row
            checked += 1
    assert checked > 15
