"""The portal over real HTTP: lists lead to every report, answers are as a portal's."""

import re
import socket
import struct
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests

from samples import SEED, YEARS, sample_reports
from samples.dresses import dress_of, render
from samples.portal import Portal
from samples.site import CITY_DEPARTMENTS, COUNTIES, Column
from tasks.sources.files import load_source

LINK = re.compile(r'<a href="([^"]+)" title="([^"]+)"')


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with Portal(port=0) as running:
        yield running


def column_of(portal: Portal, category: str, year: int) -> Column:
    return next(column for column in portal.columns if (column.category, column.year) == (category, year))


def titles(text: str) -> list[str]:
    return [unescape(title) for _, title in LINK.findall(text)]


def test_a_hanweb_column_inlines_its_first_records_and_gives_the_rest_by_post(portal: Portal) -> None:
    column = column_of(portal, CITY_DEPARTMENTS, 2019)
    shell = requests.get(f"{portal.url}{column.path}index.html", timeout=5).text
    assert "dataproxy.jsp" in shell
    assert f"columnid:{column.number}" in shell
    found = titles(shell)
    assert len(found) == 15
    for first in range(16, len(column.entries) + 1, 15):
        answer = requests.post(
            f"{portal.url}/module/web/jpage/dataproxy.jsp?startrecord={first}&endrecord={first + 14}&perpage=15",
            data={"col": "1", "columnid": column.number},
            timeout=5,
        )
        assert f"<totalrecord>{len(column.entries)}</totalrecord>" in answer.text
        found += titles(answer.text)
    assert found == [entry.title for entry in column.entries]


def test_a_trs_folder_has_numbered_pages_and_ends(portal: Portal) -> None:
    column = column_of(portal, COUNTIES, 2021)
    first = requests.get(f"{portal.url}{column.path}index.html", timeout=5).text
    pages = int(re.search(r"createPageHTML\((\d+), 0", first)[1])  # type: ignore[index]
    assert pages >= 2
    found = titles(first)
    for number in range(1, pages):
        found += titles(requests.get(f"{portal.url}{column.path}index_{number}.html", timeout=5).text)
    assert found == [entry.title for entry in column.entries]
    assert requests.get(f"{portal.url}{column.path}index_{pages}.html", timeout=5).status_code == 404


def test_lists_hold_reports_of_every_organ_among_other_documents(portal: Portal) -> None:
    for year in YEARS:
        entries = [entry for column in portal.columns if column.year == year for entry in column.entries]
        assert len([entry for entry in entries if entry.report]) == 90
        assert any("指南" in entry.title for entry in entries if not entry.report)
        assert any("政府工作报告" in entry.title for entry in entries if not entry.report)


def test_addresses_are_those_of_the_families(portal: Portal) -> None:
    for column in portal.columns:
        pattern = r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html" if column.is_hanweb else r"/.*/t\d{8}_\d+\.html"
        assert all(re.fullmatch(pattern, entry.path) for entry in column.entries)
    assert len(portal.entries) == sum(len(column.entries) for column in portal.columns)


def test_home_leads_to_every_list(portal: Portal) -> None:
    seen, waiting = set(), [f"{portal.url}/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        text = requests.get(address, timeout=5).text
        if "<h1>" in text:
            waiting += [urljoin(address, href) for href in re.findall(r'href="([^"]+)"', text)]
    assert {f"{portal.url}{column.path}index.html" for column in portal.columns} <= seen


def test_a_report_page_is_its_dress_and_knows_its_validators(portal: Portal) -> None:
    entry = next(entry for entry in portal.entries.values() if entry.report)
    assert entry.report
    answer = requests.get(portal.url + entry.path, timeout=5)
    assert answer.content == render(entry.report, dress_of(entry.report))
    for name, value in (
        ("If-None-Match", answer.headers["ETag"]),
        ("If-None-Match", f'"other", W/{answer.headers["ETag"]}'),
        ("If-Modified-Since", answer.headers["Last-Modified"]),
    ):
        again = requests.get(portal.url + entry.path, headers={name: value}, timeout=5)
        assert (again.status_code, again.content) == (304, b"")
    changed = requests.get(portal.url + entry.path, headers={"If-None-Match": '"other"'}, timeout=5)
    assert changed.status_code == 200


def test_a_corrected_report_is_a_new_page_at_the_old_address() -> None:
    report, other = (next(sample_reports(seed, years=[2020])) for seed in (SEED, 1))
    with Portal(port=0, reports=[report]) as portal:
        path = next(path for path, entry in portal.entries.items() if entry.report)
        before = requests.get(portal.url + path, timeout=5)
        assert portal.correct(other) == path
        after = requests.get(portal.url + path, headers={"If-None-Match": before.headers["ETag"]}, timeout=5)
        assert after.status_code == 200
        assert after.content == render(other, dress_of(other)) != before.content
        with pytest.raises(KeyError):
            portal.correct(next(sample_reports(years=[2021])))


def test_a_client_that_hangs_up_leaves_no_trace(portal: Portal, capfd: pytest.CaptureFixture[str]) -> None:
    host, port = portal.url.removeprefix("http://").split(":")
    for _ in range(5):
        with socket.create_connection((host, int(port))) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 50)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert requests.get(f"{portal.url}/", timeout=5).status_code == 200
    assert capfd.readouterr().err == ""


def test_head_missing_pages_and_wrong_posts(portal: Portal) -> None:
    head = requests.head(f"{portal.url}/", timeout=5)
    assert (head.status_code, head.content) == (200, b"")
    assert requests.get(f"{portal.url}/art/nothing.html", timeout=5).status_code == 404
    proxy = f"{portal.url}/module/web/jpage/dataproxy.jsp"
    assert requests.post(proxy, data={"columnid": "1990538"}, timeout=5).status_code == 404
    assert requests.post(f"{proxy}?startrecord=1&endrecord=9", data={"columnid": "7"}, timeout=5).status_code == 404


def test_every_request_is_logged(portal: Portal) -> None:
    before = len(portal.requests)
    requests.get(f"{portal.url}/zwgk/nb/index.html?x=1", timeout=5)
    requests.get(f"{portal.url}/missing", timeout=5)
    first, second = portal.requests[before:]
    assert (first.method, first.target, first.status) == ("GET", "/zwgk/nb/index.html?x=1", 200)
    assert (second.target, second.status) == ("/missing", 404)
    assert first.started <= second.started


def test_the_source_file_fits_the_portal(portal: Portal, tmp_path: Path) -> None:
    source = load_source(portal.write_source(tmp_path) / "sample.yaml")
    declared = {(listing.category, listing.year): listing.address for listing in source.lists}
    assert declared == {
        (column.category, column.year): f"{portal.url}{column.path}index.html" for column in portal.columns
    }


def test_a_taken_port_is_an_error_of_the_operating_system(portal: Portal) -> None:
    with pytest.raises(OSError, match="in use"):
        Portal(port=int(portal.url.rpartition(":")[2]))
