"""What the extractor reads in one document: cells, statements, lines of the appendix, and what it says of itself.

Everything here is immutable. Cells and statements go straight into staged Parquet and never through Prefect.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from tasks.problems import Problem
from warehouse.forms import Edition, TableCode


class CellState(StrEnum):
    """What stood in a cell. A cell that the page lacks is not recorded at all."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    """A sign for "not applicable": ``—``, ``-``, ``/``, ``无`` …"""
    UNREADABLE = "unreadable"


NUMBER, BLANK, DASH, UNREADABLE = CellState
"""The states by name: to ask the class for one takes longer than to look up a figure."""


class Place(NamedTuple):
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

    ``measure`` is one of ``warehouse.prose.MEASURES``; ``parts`` holds the members that a sentence lists in
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
    :mod:`tasks.extract.prose.digest`, ``None`` where there is too little prose. ``others`` are the reports of other
    organs or years that stand in the same document.
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
    others: tuple["Report", ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether any table was read: statutory cells, or the lines of the appendix before 2019."""
        return bool(self.cells or self.statistics)
