"""A batch of links, fetched side by side."""

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass

from tasks.archive.store import Archive
from tasks.fetch.client import Client
from tasks.fetch.visit import Visit, visit
from tasks.pages import Exchange, Link, Page
from tasks.problems import Problem
from tasks.runs.stopping import Stop
from tasks.settings import Settings
from tasks.sources.declaration import Source

_threads = ThreadPoolExecutor(256, thread_name_prefix="fetch")
"""The threads of every batch of this process: to start them anew for each costs a tenth of what its pages do."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a batch of links, in their order.

    ``exchanges`` records every request. ``asked`` names every address that was looked at, attachments too, so that what
    was a problem before and is none now can be told. ``seconds`` is wall time.
    """

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    asked: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    seconds: float


def fetch(
    links: Sequence[Link],
    *,
    source: Source,
    archive: Archive,
    settings: Settings,
    force: bool = False,
    stop: Stop | None = None,
) -> Fetched:
    """Fetch a batch of pages, with the documents attached to them, into the archive.

    A page that was fetched or checked within ``settings.freshness_hours`` is taken from the archive, an
    older one is asked for on condition that it changed; ``force`` fetches all anew. A page that cannot be
    had is a problem, and the others go on. Several batches may run at the same time in threads. Once ``stop`` is asked,
    whatever is left is given up.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    started = time.perf_counter()
    waiting = deque(enumerate(links))
    visits: dict[int, Visit] = {}

    def work() -> None:
        while True:
            try:
                position, link = waiting.popleft()
            except IndexError:
                return
            visits[position] = visit(link, client=client, force=force)

    with Client(source, settings, archive, stop) as client:
        workers = [_threads.submit(work) for _ in range(min(source.politeness.connections, len(links)))]
        try:
            for worker in wait(workers, return_when=FIRST_EXCEPTION).done:
                worker.result()
        except BaseException:
            waiting.clear()
            client.stop()
            raise
        finally:
            wait(workers)
    done = [visits[position] for position in range(len(links))]
    return Fetched(
        pages=tuple(one.page for one in done if one.page),
        problems=tuple(problem for one in done for problem in one.problems),
        asked=tuple(address for one in done for address in one.asked),
        exchanges=tuple(client.exchanges),
        seconds=time.perf_counter() - started,
    )
