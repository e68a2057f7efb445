"""What Prefect costs: a refresh against bare requests, at two paces, and a backfill from the archive against a loop.

``python -m bench.flows`` prints the three ratios, each of one run, on a real Prefect server that is up already.
``REPORTS=1000 REFRESHED=500 python -m bench.flows`` measures less, sooner.
"""

import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

REPORTS = int(os.environ.get("REPORTS", "10000"))
REFRESHED = int(os.environ.get("REFRESHED", "2000"))
INTERVALS = (0.0, 0.05)
"""Seconds between requests: none, and a twentieth of what is polite, so that a run weighs twenty times as much."""
YEAR = 2024
CONNECTIONS = 8


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, prefect(Path(folder)):
        for interval in INTERVALS:
            _refresh(Path(folder) / f"refresh-{interval}", interval)
        _from_archive(Path(folder) / "archive")


def _refresh(home: Path, interval: float) -> None:
    """A refresh of reports that did not change, against the same requests from a bare loop."""
    with _portal(REFRESHED) as url:
        settle(home, url)
        import flows.refresh
        from flows.backfill import backfill

        flows.refresh.season_year = lambda day: YEAR
        backfill(YEAR)
        _pace(home, interval)
        os.environ["GOUJI_FRESHNESS_HOURS"] = "0"
        summary, seconds, cpu = _measured(flows.refresh.refresh)
        _, bare_seconds, bare_cpu = _measured(lambda: _bare(home, interval))
    counts = summary.counts
    pace = f"at least {interval:g} s between requests" if interval else "no pause between requests"
    print(f"refresh of {counts.links} unchanged reports, {CONNECTIONS} connections, {pace}")
    print(f"  pages fetched {counts.pages_fetched}, report versions loaded {counts.reports_new + counts.reports_seen}")
    print(f"  bare requests {bare_seconds:6.2f} s wall, {bare_cpu:6.2f} s of this process's CPU")
    print(f"  refresh       {seconds:6.2f} s wall, {cpu:6.2f} s of this process's CPU")
    print(f"  ratio         {seconds / bare_seconds:6.2f}  (at most 1.3)")


def _pace(home: Path, interval: float) -> None:
    """Let the source ask for so many seconds between requests."""
    (file,) = (home / "sources").glob("*.yaml")
    usual = file.read_text(encoding="utf-8")
    assert "interval: 0" in usual
    file.write_text(usual.replace("interval: 0", f"interval: {interval}"), encoding="utf-8")


def _bare(home: Path, interval: float) -> None:
    """The requests of a refresh once more: lists in their order, then reports on condition that they changed."""
    from tasks.archive.store import Archive

    archive = Archive(str(home / "archive"))
    lists, reports = {}, {}
    for exchange in archive.logged():
        (reports if exchange.purpose == "report" else lists)[exchange.url] = exchange
    starts = count()
    started = time.monotonic()

    def ask(session: requests.Session, method: str, url: str, headers: dict[str, str]) -> int:
        time.sleep(max(0.0, started + next(starts) * interval - time.monotonic()))
        return session.request(method, url, headers=headers, timeout=30).status_code

    with requests.Session() as session, ThreadPoolExecutor(CONNECTIONS) as pool:
        session.mount("http://", HTTPAdapter(pool_maxsize=CONNECTIONS))
        for exchange in lists.values():
            ask(session, exchange.method, exchange.url, {})
        conditions = [(url, {"If-None-Match": archive.recall(url).exchange.headers["etag"]}) for url in reports]
        answers = pool.map(lambda one: ask(session, "GET", *one), conditions)
        assert set(answers) == {304}


def _from_archive(home: Path) -> None:
    """A backfill whose pages are all in the archive, against its stages called one after the other."""
    settle(home, "http://127.0.0.1:1")
    links = _fill_archive(home)
    from flows.backfill import backfill
    from flows.running import collect
    from flows.running.sources import choose_sources
    from tasks.discover.discovery import Discovery
    from tasks.problems import Stage
    from tasks.settings import Settings
    from tasks.stages import Listed
    from warehouse.loading.runs import StageWork

    listed = Listed(Discovery(tuple(links), (), (), ()), (), StageWork(Stage.DISCOVER.value))
    collect.discover_links = lambda *arguments: listed  # type: ignore[assignment]
    settings = Settings()
    (source,) = choose_sources(settings.sources, None)
    looped, loop_seconds, loop_cpu = _measured(lambda: _plain_loop(source, links, settings, listed))
    for name in ("warehouse.duckdb", "published/gouji.duckdb"):
        (home / name).unlink()
    summary, flow_seconds, flow_cpu = _measured(lambda: backfill(YEAR))
    assert summary.counts.reports_new == looped == len(links)
    print(f"backfill of {len(links)} reports from the archive, audited and published")
    print(f"  plain loop    {loop_seconds:6.1f} s wall, {loop_cpu:6.1f} s of this process's CPU")
    print(f"  flow          {flow_seconds:6.1f} s wall, {flow_cpu:6.1f} s of this process's CPU")
    print(f"  overhead      {100 * (flow_seconds / loop_seconds - 1):6.1f} % of wall time  (at most 15)")


def _plain_loop(source: Any, links: Sequence[Any], settings: Any, listed: Any) -> int:
    """The functions of the backfill's tasks, without Prefect."""
    from tasks import stages
    from tasks.runs.context import RunContext
    from tasks.runs.record import recorded_run
    from tasks.runs.remaining import pages_standing

    loaded, run = 0, RunContext("loop", settings)
    with recorded_run(run, "loop", [YEAR], {}):
        stages.record_discovery.fn(source, listed, [YEAR], [], run)
        standing = pages_standing(source, [YEAR], run, False)
        for number, start in enumerate(range(0, len(links), settings.batch_size)):
            batch = links[start : start + settings.batch_size]
            fetched = stages.fetch_pages.fn(source, batch, number, run, False)
            known = standing.among([link.url for link in batch])
            read = stages.extract_reports.fn(source, fetched, known, YEAR, number, run)
            assert read.directory is not None
            loaded += stages.load_staged.fn([read.directory], run).reports_new
        stages.validate_reports.fn([YEAR], run)
    stages.publish_snapshot.fn(run)
    return loaded


def _fill_archive(home: Path) -> list[Any]:
    """Archive so many pages as if they had just been fetched; return their links."""
    from samples import many_organs, sample_reports
    from samples.dresses import DRESSES, render
    from tasks.archive.store import Archive
    from tasks.pages import Link

    archive = Archive(str(home / "archive"))
    links = []
    for number, report in enumerate(sample_reports(organs=many_organs(REPORTS), years=[YEAR])):
        body = render(report, DRESSES["hanweb"])
        url = f"http://127.0.0.1:1/art/2025/1/2/art_{number}.html"
        links.append(Link("sample", url, report.title, YEAR, report.published_on))
        archive_page(archive, url, body)
    return links


def archive_page(archive: Any, url: str, body: bytes, source: str = "sample") -> Any:
    """Archive a page of a source as if it had just been fetched; return the exchange."""
    from tasks.pages import Exchange, Remembered

    now = datetime.now(UTC)
    exchange = Exchange(
        source=source,
        purpose="report",
        method="GET",
        url=url,
        final_url=url,
        attempts=1,
        fetched_at=now,
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        encoding="utf-8",
        encoding_source="bytes",
        bytes=len(body),
        sha256=archive.put(body),
    )
    archive.remember(Remembered(exchange, now))
    return exchange


def settle(home: Path, url: str, names: Iterable[str] = ("sample",)) -> None:
    """Make a home whose sources are a portal at an address, asked without pauses: one, or so many as have names."""
    from samples.portal import SOURCE_FILE

    sources = home / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    text = SOURCE_FILE.read_text(encoding="utf-8").replace("127.0.0.1:8419", urlsplit(url).netloc)
    text = text.replace("{year:", "{maximum_pages: 1000, year:").replace("floor: 90", "floor: 1")
    for name in names:
        (sources / f"{name}.yaml").write_text(text, encoding="utf-8")
    os.environ |= {"GOUJI_HOME": str(home), "GOUJI_SOURCES": str(sources)}
    os.environ.pop("GOUJI_FRESHNESS_HOURS", None)


@contextmanager
def prefect(folder: Path) -> Iterator[None]:
    """A real Prefect server beside this process, up before anything is measured."""
    os.environ |= {"PREFECT_HOME": str(folder / "prefect"), "PREFECT_LOGGING_LEVEL": "ERROR"}
    from flows.operating.server import prefect_server

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with prefect_server(folder / "prefect.log", port):
        yield


@contextmanager
def _portal(reports: int) -> Iterator[str]:
    """A portal of so many reports for one year, in a process of its own."""
    context = get_context("spawn")
    urls: Any = context.Queue()
    ended = context.Event()
    process = context.Process(target=_serve, args=(reports, urls, ended))
    process.start()
    try:
        yield urls.get(timeout=600)
    finally:
        ended.set()
        process.join()


def _serve(reports: int, urls: Any, ended: Event) -> None:
    from samples import many_organs, sample_reports
    from samples.portal import Portal

    with Portal(port=0, reports=sample_reports(organs=many_organs(reports), years=[YEAR])) as portal:
        for entry in portal.entries.values():
            assert entry.answer.etag
        urls.put(portal.url)
        ended.wait()


def _measured(run: Callable[[], Any]) -> tuple[Any, float, float]:
    started, cpu = time.perf_counter(), time.process_time()
    result = run()
    return result, time.perf_counter() - started, time.process_time() - cpu


if __name__ == "__main__":
    main()
