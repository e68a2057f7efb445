"""What is fetched: links, requests with what came back, and archived pages.

Everything here is small and immutable. Page bytes live in the archive and never pass through Prefect.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime


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
    """One request and what came back, failures too: what politeness and audits are counted from.

    ``purpose`` is ``list``, ``report``, ``attachment`` or ``robots``. ``waited_ms`` is how long politeness held
    the request back. ``problem`` is the code of what was wrong with the answer. ``headers`` are those that matter.
    """

    source: str
    purpose: str
    method: str
    url: str
    final_url: str
    host: str
    attempt: int
    started_at: datetime
    waited_ms: int
    duration_ms: int
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    encoding: str | None = None
    encoding_source: str | None = None
    bytes: int = 0
    sha256: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that a page links to and that may hold the report. ``sha256`` is its archive key."""

    url: str
    name: str
    content_type: str | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Page:
    """One archived response. ``sha256`` is of the body as received after content decoding, and its archive key.

    ``fetched_at`` is when the body came, ``checked_at`` when the portal last said that it is still the same.
    ``encoding_source`` says what ``encoding`` was decided from (``bom``, ``bytes``, ``header``, ``meta``, ``guess``).
    """

    link: Link
    final_url: str
    status: int
    content_type: str | None
    encoding: str | None
    bytes: int
    sha256: str
    fetched_at: datetime
    duration_ms: int
    attempts: int
    checked_at: datetime | None = None
    encoding_source: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    waited_ms: int = 0
    attachments: tuple[Attachment, ...] = ()

    @property
    def evidence_sha256(self) -> str:
        """Digest of all that the page shows: its body alone, or with the bodies of its attachments."""
        if not self.attachments:
            return self.sha256
        shown = (self.sha256, *(attachment.sha256 for attachment in self.attachments))
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()
