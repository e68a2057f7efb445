"""What is left to do of what a portal lists: all but the pages that are fresh in the archive and as they were read."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from tasks.fetch.visit import fresh_bodies
from tasks.pages import Link, evidence_of
from tasks.runs.context import RunContext
from warehouse.loading.standing import Standing

_IN_A_ROW = 50
"""Pages that are looked up before it is asked how, or by whom, the next are."""
_AT_ONCE = 8
"""Threads that look pages up side by side where the archive is far away, or asleep on its disk."""
_FAR = 4
"""So many times as long as its own work a look takes there. Nearby, threads would only wait for each other."""


def links_left(links: Iterable[Link], known: Standing, run: RunContext) -> tuple[Link, ...]:
    """Leave out the links whose page is as it was read, and so fresh in the archive that the portal is not asked."""
    archive, hours, stop = run.archive, run.settings.freshness_hours, run.stop

    def is_left(link: Link) -> bool:
        if stop.asked or link.url in known.troubled or link.url not in known.read:
            return True
        shown = fresh_bodies(link.url, archive, hours)
        return (
            shown is None
            or evidence_of([body for _, body in shown]) != known.read[link.url]
            or not known.troubled.isdisjoint(address for address, _ in shown)
        )

    def left_of(row: tuple[Link, ...]) -> list[Link]:
        return [*filter(is_left, row)]

    links = tuple(links)
    rows = (links[start : start + _IN_A_ROW] for start in range(0, len(links), _IN_A_ROW))
    started, worked = time.perf_counter(), time.thread_time()
    first = left_of(next(rows, ()))
    is_far = time.perf_counter() - started > _FAR * (time.thread_time() - worked)
    with ThreadPoolExecutor(_AT_ONCE if is_far else 1, thread_name_prefix="fresh") as pool:
        return tuple(chain(first, *pool.map(left_of, rows)))
