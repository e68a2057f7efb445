"""A report that a portal shows as an article and as its organ's annual report is one report."""

from datetime import UTC, datetime
from pathlib import Path

from samples import sample_reports
from samples.dresses import DRESSES, render
from samples.portals.server import NOT_FOUND, PortalServer, Reply, Request
from tasks.archive.store import Archive
from tasks.discover.discovery import discover
from tasks.fetch.batch import fetch
from tasks.fetch.client import Client
from tasks.load.batch import Batch
from tasks.load.reading import read_pages
from tests.loopback import loopback_source, quick_settings
from warehouse import store
from warehouse.loading.load import load_batch

REPORT = next(sample_reports(years=[2021]))
ARTICLE = "/art/2022/1/21/art_1229253636_9636.html"
ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp"
LIST = f"<ul><li><a href='{ARTICLE}'>{REPORT.title}</a><span>2022-01-21</span></li></ul>"


def app(request: Request) -> Reply:
    if request.path in (ARTICLE, ANNUAL):
        # The annual report's page has other things around the same text.
        page = render(REPORT, DRESSES["hanweb"]).decode()
        return Reply(page.replace("</body>", "<p>公开目录</p></body>") if request.path == ANNUAL else page)
    return Reply(LIST) if request.path == "/list/" else NOT_FOUND


def test_a_report_under_two_addresses_is_one_in_the_warehouse(tmp_path: Path):
    settings, archive = quick_settings(tmp_path), Archive(str(tmp_path / "archive"))
    with PortalServer(app) as server:
        areas = {"areas": {"001008": REPORT.organ.name}}
        source = loopback_source(
            server,
            {"address": "/list/", "adapter": "plain_list"},
            {"address": ANNUAL, "adapter": "hanweb_annual", "parameters": areas},
        )
        with Client(source, settings, archive) as client:
            links = discover(source, [REPORT.year], client.ask).links
        pages = fetch(links, source=source, archive=archive, settings=settings).pages
    assert len(links) == len(pages) == len({page.sha256 for page in pages}) == 2
    batch = Batch(source, "run", datetime.now(UTC), "1")
    read_pages(pages, archive, batch)
    with store.writer(tmp_path / "warehouse.duckdb") as connection:
        counts = load_batch(connection, batch.write(tmp_path / "staging" / "1"))
        reports = connection.execute("SELECT organ_id, year, is_current FROM core.report").fetchall()
    assert counts.reports_new == 1
    assert [(year, current) for _, year, current in reports] == [(REPORT.year, True)]
