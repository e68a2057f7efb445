"""What is left to do of what a portal lists: all but the pages that are fresh in the archive and as they were read."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from tasks.fetch.visit import fresh_page
from tasks.pages import Link
from tasks.runs.context import RunContext
from warehouse.loading.standing import Standing

_AT_ONCE = 8
"""Threads that look pages up in the archive side by side: it may be far away."""
_IN_A_ROW = 50
"""Pages that one of them looks up before it is given others: handing them over takes longer than a look nearby."""


def links_left(links: Iterable[Link], known: Standing, run: RunContext) -> tuple[Link, ...]:
    """Leave out the links whose page is as it was read, and so fresh in the archive that the portal is not asked."""
    archive, hours = run.archive, run.settings.freshness_hours

    def is_left(link: Link) -> bool:
        if run.stop.asked or link.url in known.troubled or link.url not in known.read:
            return True
        page = fresh_page(link, archive, hours)
        return (
            page is None
            or page.evidence_sha256 != known.read[link.url]
            or not known.troubled.isdisjoint(attachment.url for attachment in page.attachments)
        )

    links = tuple(links)
    rows = (links[start : start + _IN_A_ROW] for start in range(0, len(links), _IN_A_ROW))
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fresh") as pool:
        return tuple(chain.from_iterable(pool.map(lambda row: [*filter(is_left, row)], rows)))
