"""What travels between the stages: links, pages, what was read in them, and problems.

Everything here is small and immutable. Page bytes live in the archive under their sha256; cells and
statements go from the extractor straight into staged Parquet and never through Prefect.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from warehouse.forms import Edition, TableCode


class Stage(StrEnum):
    """The stages of a flow, as problems name them."""

    DISCOVER = "discover"
    FETCH = "fetch"
    ARCHIVE = "archive"
    EXTRACT = "extract"
    LOAD = "load"
    VALIDATE = "validate"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Problem:
    """One item that Gouji could not process, or not completely: ours to mend, never the publisher's error.

    ``item`` is the address or file concerned, ``code`` a word of a fixed vocabulary (``not_a_report``,
    ``unreachable`` …), ``detail`` one line that says what, where and what to do.
    """

    stage: Stage
    item: str
    code: str
    detail: str
    attempts: int = 1


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


class CellState(StrEnum):
    """What stood in a cell. A cell that the page lacks is not recorded at all."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    """A sign for "not applicable": ``—``, ``-``, ``/``, ``无`` …"""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stood: zero-based table, row and cell ordinals in the document as read."""

    table: int
    row: int
    cell: int


class Cell(NamedTuple):
    """One statutory cell as published.

    ``value`` is exact, a count or an amount in yuan (see ``unit``), and ``None`` unless ``state`` is ``NUMBER``.
    ``unit`` is ``"yuan"`` for money whose unit is known, ``None`` for counts and for money whose unit is not.
    ``raw`` is the text as it stood.
    """

    table: TableCode
    edition: Edition
    row: str
    column: str
    value: Decimal | None
    state: CellState
    raw: str
    place: Place
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure claimed in the prose, with the sentence it stands in.

    ``measure`` is one of ``tasks.extract.prose.MEASURES``; ``parts`` holds the members that a sentence lists in
    brackets behind a total; ``paragraph`` is the zero-based ordinal of the paragraph in the document as read.
    """

    measure: str
    value: Decimal
    quote: str
    parts: tuple[Decimal, ...] = ()
    paragraph: int | None = None


class StatisticsLine(NamedTuple):
    """One line of the legacy appendix of 2014–2018 as published.

    ``code`` is that of :data:`warehouse.forms.statistics.STATISTICS`, ``None`` for a local line; ``unit`` is as
    printed (money stays in the printed unit), else the form's.
    """

    code: str | None
    label: str
    unit: str | None
    value: Decimal | None
    state: CellState
    raw: str
    place: Place


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of one statutory table was read: statutory cells expected, read, and of those blank or unreadable."""

    expected: int
    read: int
    blank: int
    unreadable: int

    @property
    def complete(self) -> bool:
        """Whether every statutory cell was found, whatever stood in it."""
        return self.read == self.expected


@dataclass(frozen=True, slots=True)
class Report:
    """What the extractor read in one document. ``None`` where the document does not say.

    ``period`` is the statistics period, ``origins`` tells for each name and date from which part of the document it
    was taken. ``completeness`` counts the cells of each table that was found; the rules of a table that is missing
    or not complete are not assessable. No finding may be raised from a table in ``doubtful``: its two readings
    disagree, or it stands twice with different figures. ``prose_digest`` is that of
    :mod:`tasks.extract.prose_digest`, ``None`` where there is too little prose.
    """

    organ: str | None = None
    year: int | None = None
    title: str | None = None
    published_on: date | None = None
    publisher: str | None = None
    tables: dict[TableCode, Edition] = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
    statements: tuple[Statement, ...] = ()
    statistics: tuple[StatisticsLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    period: tuple[date, date] | None = None
    document_number: str | None = None
    contact: str | None = None
    origins: dict[str, str] = field(default_factory=dict)
    completeness: dict[TableCode, Completeness] = field(default_factory=dict)
    doubtful: frozenset[TableCode] = frozenset()
    prose_digest: tuple[int, ...] | None = None

    @property
    def has_figures(self) -> bool:
        """Whether any table was read: statutory cells, or the lines of the appendix before 2019."""
        return bool(self.cells or self.statistics)
