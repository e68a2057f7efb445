"""What is fetched: links, requests with what came back, and archived pages.

Everything here is small and immutable. Page bytes live in the archive and never pass through Prefect.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Self

from tasks.web.addresses import host_of
from warehouse.rows import Row


@dataclass(frozen=True, slots=True)
class Link:
    """A report's address as a list page gives it. ``year`` is the report year, from the title before the list's."""

    source: str
    url: str
    title: str
    year: int
    listed_on: date | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back, failures too: a line of the archive's JSON, and a row of ``raw.page``.

    ``purpose`` is ``list``, ``report``, ``attachment`` or ``robots``; ``final_url`` where redirects led from ``url``.
    ``attempts`` counts this request and those that failed before it; ``waited_ms`` is how long politeness held it
    back; ``fetched_at`` when it was made. ``headers`` are those that matter, in lower case. ``sha256`` is of the body
    after content decoding (``bytes`` long), and its archive key. ``encoding_source`` says what ``encoding`` was decided
    from (:class:`tasks.web.encodings.Encoding`). ``problem`` is the code of what was wrong with the answer.
    """

    source: str
    purpose: str
    method: str
    url: str
    final_url: str
    attempts: int
    fetched_at: datetime
    waited_ms: int = 0
    duration_ms: int = 0
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    encoding_source: str | None = None
    bytes: int = 0
    sha256: str | None = None
    problem: str | None = None

    @property
    def host(self) -> str:
        """The host that was asked, with its port where that is not the usual one."""
        return host_of(self.final_url) or ""

    @property
    def content_type(self) -> str | None:
        """The declared content type with its parameters."""
        return self.headers.get("content-type")

    @property
    def row(self) -> Row:
        """The columns of ``raw.page`` that say what it was."""
        columns = dict(zip(_COLUMNS, _columns_of(self), strict=True))
        columns["source_id"] = columns.pop("source")
        headers = json.dumps(self.headers, ensure_ascii=False, sort_keys=True)
        return {**columns, "host": self.host, "content_type": self.content_type, "headers": headers}

    @classmethod
    def of_row(cls, row: Row) -> Self:
        """The exchange that a row of ``raw.page`` records."""
        columns = {**row, "source": row["source_id"], "headers": json.loads(row["headers"])}
        return cls(**{name: columns[name] for name in _COLUMNS})


_COLUMNS = tuple(each.name for each in fields(Exchange))
_columns_of = attrgetter(*_COLUMNS)


def body_of(exchange: Exchange) -> str:
    """The archive key of the body that an exchange brought; ``ValueError`` where none came."""
    if exchange.sha256 is None:
        raise ValueError(f"no body came from {exchange.url}")
    return exchange.sha256


def evidence_of(bodies: Sequence[str]) -> str:
    """Digest all that a page shows: its body alone, or with the bodies of its attachments."""
    return bodies[0] if len(bodies) == 1 else hashlib.sha256("\n".join(bodies).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the archive remembers of an address: the exchange that brought what stands there.

    ``checked_at`` is when the portal last said that it is still the same; ``documents`` are the addresses of the
    documents that the page links to and that may hold the report, with their names.
    """

    exchange: Exchange
    checked_at: datetime
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that a page links to and that may hold the report. ``sha256`` is its archive key."""

    url: str
    name: str
    content_type: str | None
    bytes: int
    sha256: str

    @classmethod
    def of(cls, exchange: Exchange, name: str) -> Self:
        """The document that an exchange brought."""
        return cls(exchange.url, name, exchange.content_type, exchange.bytes, body_of(exchange))


class Obtained(StrEnum):
    """How a page was had: it came whole, the portal said that it is unchanged, or it was fresh enough not to ask."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Page:
    """One archived page: the link that led to it, the exchange that brought it, and the documents attached to it."""

    link: Link
    exchange: Exchange
    attachments: tuple[Attachment, ...]
    obtained: Obtained
    checked_at: datetime
    """When the portal last showed it, or said that it is still the same."""

    @property
    def sha256(self) -> str:
        """The archive key of its body."""
        return body_of(self.exchange)

    @property
    def evidence_sha256(self) -> str:
        """Digest of all that the page shows."""
        return evidence_of([self.sha256, *(attachment.sha256 for attachment in self.attachments)])

    @property
    def row(self) -> Row:
        """The columns of ``raw.page`` that say which page it was."""
        return {
            **self.exchange.row,
            "link_title": self.link.title,
            "listed_on": self.link.listed_on,
            "category": self.link.category,
            "report_year": self.link.year,
            "attachments": json.dumps([asdict(one) for one in self.attachments], ensure_ascii=False),
        }

    @classmethod
    def of_row(cls, row: Row) -> Self:
        """The page that a row of ``raw.page`` records."""
        exchange = Exchange.of_row(row)
        link = Link(
            exchange.source, exchange.url, row["link_title"], row["report_year"], row["listed_on"], row["category"]
        )
        attachments = tuple(Attachment(**one) for one in json.loads(row["attachments"]))
        return cls(link, exchange, attachments, Obtained.FRESH, exchange.fetched_at)
