"""One page's visit: from the archive if it is fresh, else from the portal, with its attached documents."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tasks.archive.store import Archive
from tasks.fetch.attachments import find_attachments
from tasks.fetch.client import NOT_MODIFIED, Client
from tasks.fetch.problems import FetchError
from tasks.fetch.recognise import foreign_to_documents, foreign_to_reports, is_document
from tasks.fetch.request import Request
from tasks.fetch.response import Response
from tasks.pages import Attachment, Link, Obtained, Page, Remembered, body_of
from tasks.problems import Problem, Stage
from tasks.web.links import names_document

_VALIDATORS = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one link: a page, or a problem; and the problems of its attachments.

    ``asked`` are the addresses that were looked at, the link's and those of its attachments.
    """

    page: Page | None
    asked: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def visit(link: Link, *, client: Client, force: bool) -> Visit:
    """Have one link's page and its attachments in the archive, or say why not."""
    try:
        answer, obtained = _obtain(link.url, "report", foreign_to_reports, client, force)
    except FetchError as error:
        return Visit(None, (link.url,), (_problem(link.url, error),))
    attachments: list[Attachment] = []
    problems: list[Problem] = []
    for address, name in answer.documents:
        try:
            recognise = foreign_to_documents if names_document(address) else foreign_to_reports
            document, _ = _obtain(address, "attachment", recognise, client, force)
        except FetchError as error:
            problems.append(_problem(address, error, f"attachment of {link.url}: "))
        else:
            attachments.append(Attachment.of(document.exchange, name))
    page = Page(link, answer.exchange, tuple(attachments), obtained, answer.checked_at)
    return Visit(page, (link.url, *(address for address, _ in answer.documents)), tuple(problems))


def _obtain(
    url: str, purpose: str, recognise: Callable[[Response], str | None], client: Client, force: bool
) -> tuple[Remembered, Obtained]:
    """What stands at an address: as remembered while it is fresh, else as the portal answers."""
    known = None if force else _known(url, client.archive)
    if known is not None and _is_fresh(known, client.settings.freshness_hours):
        return known, Obtained.FRESH
    response = client.request(Request(url, purpose, headers=_conditions(known), recognise=recognise))
    if known is not None and response.status == NOT_MODIFIED:
        answer, obtained = replace(known, checked_at=response.exchange.fetched_at), Obtained.UNCHANGED
    else:
        answer, obtained = _remembered(response), Obtained.FETCHED
    client.archive.remember(answer)
    return answer, obtained


def fresh_bodies(url: str, archive: Archive, hours: float) -> list[tuple[str, str]] | None:
    """Return the addresses of a page and of its documents, each with its body, as they are archived.

    ``None`` if the portal is to be asked for any.
    """
    answer = _fresh(url, archive, hours)
    if answer is None:
        return None
    bodies = [(url, body_of(answer.exchange))]
    for address, _ in answer.documents:
        document = _fresh(address, archive, hours)
        if document is None:
            return None
        bodies.append((address, body_of(document.exchange)))
    return bodies


def _fresh(url: str, archive: Archive, hours: float) -> Remembered | None:
    known = _known(url, archive)
    return known if known is not None and _is_fresh(known, hours) else None


def _known(url: str, archive: Archive) -> Remembered | None:
    """What the archive remembers of an address, if it has the body too."""
    known = archive.recall(url)
    return known if known is not None and body_of(known.exchange) in archive else None


def _is_fresh(known: Remembered, hours: float) -> bool:
    return timedelta(0) <= datetime.now(UTC) - known.checked_at < timedelta(hours=hours)


def _conditions(known: Remembered | None) -> dict[str, str]:
    """The headers that ask for a page only if it changed."""
    headers = known.exchange.headers if known else {}
    return {condition: headers[name] for condition, name in _VALIDATORS.items() if name in headers}


def _remembered(response: Response) -> Remembered:
    """What the archive keeps of a good answer, beside its body."""
    exchange = response.exchange
    page = exchange.purpose == "report" and not is_document(response.body)
    documents = find_attachments(response.text, response.url, response.encoding.name) if page else ()
    return Remembered(exchange, exchange.fetched_at, documents)


def _problem(item: str, error: FetchError, prefix: str = "") -> Problem:
    return Problem(Stage.FETCH, item, error.code, f"{prefix}{error.detail}", error.attempts)
