"""What is left to do of what a portal lists: all but the pages that are fresh in the archive and as they were read."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from tasks.fetch.visit import fresh_page
from tasks.pages import Link
from tasks.runs.context import RunContext
from warehouse.loading.standing import Standing

_AT_ONCE = 8
"""Pages that are looked up in the archive side by side: it may be far away."""


def links_left(links: Iterable[Link], known: Standing, run: RunContext) -> tuple[Link, ...]:
    """Leave out the links whose page is as it was read, and so fresh in the archive that the portal is not asked."""
    archive, hours = run.archive, run.settings.freshness_hours

    def is_done(link: Link) -> bool:
        if run.stop.asked or link.url in known.troubled or link.url not in known.read:
            return False
        page = fresh_page(link, archive, hours)
        return (
            page is not None
            and page.evidence_sha256 == known.read[link.url]
            and known.troubled.isdisjoint(attachment.url for attachment in page.attachments)
        )

    links = tuple(links)
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fresh") as pool:
        return tuple(link for link, done in zip(links, pool.map(is_done, links), strict=True) if not done)
