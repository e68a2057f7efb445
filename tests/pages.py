"""Exchanges and pages as tests need them: good answers, whatever they show."""

from datetime import UTC, datetime
from typing import Any

from tasks.pages import Exchange, Link, Obtained, Page, Remembered

NOON = datetime(2026, 1, 20, 12, tzinfo=UTC)


def exchange(url: str, at: datetime = NOON, **fields: Any) -> Exchange:
    """A report's page asked for at a moment, and a good answer, but for what ``fields`` say otherwise."""
    answered = {"final_url": url, "status": 200, "bytes": 1, "sha256": "a" * 64}
    return Exchange("loopback", "report", "GET", url, attempts=1, fetched_at=at, **{**answered, **fields})


def remembered(url: str, sha256: str = "a" * 64) -> Remembered:
    """What an archive keeps of an address that answered with a body of this digest."""
    return Remembered(exchange(url, sha256=sha256), NOON)


def archived(link: Link, at: datetime, sha256: str = "a" * 64) -> Page:
    """The page of a link, fetched at a moment."""
    return Page(link, exchange(link.url, at, sha256=sha256), (), Obtained.FETCHED, at)
