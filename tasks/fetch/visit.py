"""One page's visit: from the archive if it is fresh, else from the portal, with its attached documents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tasks.fetch.attachments import find_attachments
from tasks.fetch.client import NOT_MODIFIED, Client
from tasks.fetch.problems import FetchError
from tasks.fetch.recognise import foreign_to_documents, foreign_to_reports, is_document
from tasks.fetch.request import Question
from tasks.fetch.response import Response
from tasks.pages import Attachment, Link, Page
from tasks.problems import Problem, Stage

_REMEMBERED = {"final_url", "headers", "sha256", "checked_at", "encoding_source", "attachments"}


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one link: a page, or a problem; and the problems of its attachments.

    ``asked`` are the addresses that were looked at, the link's and those of its attachments.
    """

    page: Page | None
    asked: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    reused: bool = False
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an address: what the archive remembers of it, and whether it was asked for now."""

    known: Mapping[str, Any]
    reused: bool = False
    not_modified: bool = False


def visit(link: Link, *, client: Client, force: bool) -> Visit:
    """Have one link's page and its attachments in the archive, or say why not."""
    try:
        answer = _obtain(link.url, "report", foreign_to_reports, client, force)
    except FetchError as error:
        return Visit(None, (link.url,), (_problem(link.url, error),))
    attachments: list[Attachment] = []
    problems: list[Problem] = []
    for address, name in answer.known["attachments"]:
        try:
            document = _obtain(address, "attachment", foreign_to_documents, client, force).known
        except FetchError as error:
            problems.append(_problem(address, error, f"attachment of {link.url}: "))
        else:
            attachments.append(
                Attachment(address, name, document["content_type"], document["bytes"], document["sha256"])
            )
    page = _page(link, answer.known, tuple(attachments))
    asked = (link.url, *(address for address, _ in answer.known["attachments"]))
    return Visit(page, asked, tuple(problems), answer.reused, answer.not_modified)


def _obtain(url: str, purpose: str, recognise: Callable[[Response], str | None], client: Client, force: bool) -> Answer:
    """What stands at an address: as remembered while it is fresh, else as the portal answers."""
    known = None if force else _known(client, url)
    if known is not None and _is_fresh(known, client.settings.freshness_hours):
        return Answer(known, reused=True)
    response = client.request(Question(url, purpose, headers=_conditions(known), recognise=recognise))
    if known is not None and response.status == NOT_MODIFIED:
        known = {**known, "checked_at": response.fetched_at.isoformat()}
        client.archive.remember(url, known)
        return Answer(known, not_modified=True)
    known = _remembered(response, purpose)
    client.archive.remember(url, known)
    return Answer(known)


def _known(client: Client, url: str) -> dict[str, Any] | None:
    """What the archive remembers of an address, if it still has the body and its attachments can be told."""
    known = client.archive.recall(url)
    return known if known and known.keys() >= _REMEMBERED and known["sha256"] in client.archive else None


def _is_fresh(known: Mapping[str, Any], hours: float) -> bool:
    age = datetime.now(UTC) - datetime.fromisoformat(known["checked_at"])
    return timedelta(0) <= age < timedelta(hours=hours)


def _conditions(known: Mapping[str, Any] | None) -> dict[str, str]:
    """The headers that ask for a page only if it changed."""
    validators = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    headers = known["headers"] if known else {}
    return {condition: headers[name] for condition, name in validators.items() if name in headers}


def _remembered(response: Response, purpose: str) -> dict[str, Any]:
    """What the archive keeps of a good answer, beside its body."""
    page = purpose == "report" and not is_document(response.body)
    return {
        "final_url": response.url,
        "status": response.status,
        "headers": response.headers,
        "content_type": response.content_type,
        "encoding": response.encoding.name if page else None,
        "encoding_source": response.encoding.source if page else None,
        "bytes": len(response.body),
        "sha256": response.sha256,
        "fetched_at": response.fetched_at.isoformat(),
        "checked_at": response.fetched_at.isoformat(),
        "duration_ms": response.duration_ms,
        "waited_ms": response.waited_ms,
        "attempts": response.attempts,
        "attachments": find_attachments(response.text, response.url) if page else (),
    }


def _page(link: Link, known: Mapping[str, Any], attachments: tuple[Attachment, ...]) -> Page:
    return Page(
        link=link,
        final_url=known["final_url"],
        status=known["status"],
        content_type=known["content_type"],
        encoding=known["encoding"],
        bytes=known["bytes"],
        sha256=known["sha256"],
        fetched_at=datetime.fromisoformat(known["fetched_at"]),
        duration_ms=known["duration_ms"],
        attempts=known["attempts"],
        checked_at=datetime.fromisoformat(known["checked_at"]),
        encoding_source=known["encoding_source"],
        headers=known["headers"],
        waited_ms=known["waited_ms"],
        attachments=attachments,
    )


def _problem(item: str, error: FetchError, prefix: str = "") -> Problem:
    return Problem(Stage.FETCH, item, error.code, f"{prefix}{error.detail}", error.attempts)
