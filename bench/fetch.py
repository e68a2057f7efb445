"""Fetching against a bare ``requests`` loop in a thread pool, over the same pages of a server on loopback.

``python -m bench.fetch`` prints the median ratio of the times, and how the memory grows with the pages.
"""

import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from samples.portals.reports import reports
from samples.portals.server import PortalServer, Reply
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.fetch.batch import fetch
from tasks.pages import Link
from tasks.settings import Settings
from tasks.sources.declaration import Source

PAGES = 2000
ROUNDS = 5
THREADS = 8
FILLER_PARAGRAPHS = 220
BATCH = 50


def main() -> None:
    """Measure and print."""
    # The homes stay until all is measured: a file system that has just deleted many files is slow to make new ones.
    with _portal(PAGES) as (host, paths), tempfile.TemporaryDirectory() as homes:
        addresses = [f"http://{host}{path}" for path in paths]
        bare, ours = [], []
        for number in range(ROUNDS):
            home = Path(homes, str(number))
            bare.append(_timed(lambda: _bare_loop(addresses)))
            ours.append(_timed(lambda home=home: _gouji(addresses, host, home)))
        ratios = [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]
        print(f"fetch: {PAGES} pages, {THREADS} connections, median of {ROUNDS} rounds")
        print(f"  bare requests loop  {PAGES / statistics.median(bare):7.0f} pages/s")
        print(f"  gouji               {PAGES / statistics.median(ours):7.0f} pages/s")
        print(f"  ratio               {statistics.median(ratios):7.2f}  (at most 1.5)")
    for pages in (PAGES, 4 * PAGES):
        print(f"  peak memory with {pages} pages: {_peak_memory(pages):.0f} MB")


def _bare_loop(addresses: Sequence[str]) -> None:
    with requests.Session() as session, ThreadPoolExecutor(THREADS) as pool:
        session.mount("http://", HTTPAdapter(pool_maxsize=THREADS))
        for body in pool.map(lambda address: session.get(address, timeout=30).content, addresses):
            assert body


def _gouji(addresses: Sequence[str], host: str, home: Path) -> None:
    source = Source.model_validate(
        {
            "name": "bench",
            "title": "bench",
            "hosts": [host],
            "networks": ["127.0.0.0/8"],
            "lists": [{"address": f"http://{host}/"}],
            "politeness": {"connections": THREADS, "interval": 0, "robots": False, "reason": "politeness is off here"},
        }
    )
    links = [Link("bench", address, "2019年政府信息公开工作年度报告", 2019) for address in addresses]
    settings = Settings(home=home)
    archive = Archive(settings.archive_root)
    batches = [links[start : start + BATCH] for start in range(0, len(links), BATCH)]
    with ThreadPoolExecutor(2) as pool:
        fetched = pool.map(lambda batch: fetch(batch, source=source, archive=archive, settings=settings), batches)
        assert sum(len(one.pages) for one in fetched) == len(links)


def _peak_memory(pages: int) -> float:
    """The peak memory, in MB, of a process of its own that fetches so many pages."""
    context = multiprocessing.get_context("spawn")
    with _portal(pages) as (host, paths), context.Pool(1) as pool:
        return float(pool.apply(_fetch_and_measure, ([f"http://{host}{path}" for path in paths], host)))


def _fetch_and_measure(addresses: Sequence[str], host: str) -> float:
    with tempfile.TemporaryDirectory() as home:
        _gouji(addresses, host, Path(home))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _portal(count: int) -> Iterator[tuple[str, list[str]]]:
    """A portal in a process of its own: its host and the paths of its reports."""
    context = multiprocessing.get_context("spawn")
    hosts: multiprocessing.Queue[str] = context.Queue()
    ended = context.Event()
    process = context.Process(target=_serve, args=(count, hosts, ended))
    process.start()
    try:
        yield hosts.get(timeout=60), _paths(count)
    finally:
        ended.set()
        process.join()


def _serve(count: int, hosts: Any, ended: Event) -> None:
    filler = "".join(
        f"<p class='MsoNormal'>第{number}段，本年度政府信息公开工作。</p>" for number in range(FILLER_PARAGRAPHS)
    )
    bodies = (report.body.replace("</body>", f"{filler}</body>") for report in reports(count, 2019))
    pages = dict(zip(_paths(count), bodies, strict=True))
    with PortalServer(lambda request: Reply(pages[request.path])) as server:
        hosts.put(server.host)
        ended.wait()


def _paths(count: int) -> list[str]:
    portal = TrsPortal(reports(count, 2019))
    return [portal.report_path(report) for report in portal.reports]


def _timed(run: Callable[[], None]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
