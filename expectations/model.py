"""What a rule is made of. Declarations are pure data: nothing here knows SQL, sentences or Great Expectations."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from warehouse.forms import Edition, Measure, TableCode


class Severity(StrEnum):
    """How grave a broken rule is."""

    CRITICAL = "critical"
    """An accounting identity of the form does not hold."""
    WARNING = "warning"
    """Usually a mistake, sometimes not."""
    INFO = "info"
    """Worth a look."""


class Scope(StrEnum):
    """What one assessment of a rule looks at."""

    CELL = "cell"
    ROW = "row"
    COLUMN = "column"


class Verdict(StrEnum):
    """What an assessment came to."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"


class Reason(StrEnum):
    """Why a rule could not be assessed in one place."""

    TABLE_INCOMPLETE = "table_incomplete"
    """The page lacks a contributing cell."""
    UNREADABLE = "unreadable"
    """A contributing cell holds something that is not a figure."""
    RESULT_BLANK = "result_blank"
    """The total was not stated."""
    PARTS_BLANK = "parts_blank"
    """No part of a sum was filled in."""
    MOSTLY_BLANK = "mostly_blank"
    """More of the parts are blank than the rule's blank limit allows."""


class Side(StrEnum):
    """The sides of an identity."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Text:
    """One wording in both languages."""

    chinese: str
    english: str


@dataclass(frozen=True)
class Term:
    """One cell of an identity, with its weight.

    A code that is ``None`` is that of the place where the identity is assessed: a term with only a row stands
    in every column. ``is_result`` marks a stated total: blank means "not stated" there, not zero.
    """

    row: str | None = None
    column: str | None = None
    weight: int = 1
    is_result: bool = False


@dataclass(frozen=True)
class Formula:
    """The two sides of an identity in one edition of its table."""

    edition: Edition
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    def terms(self) -> Iterator[tuple[Side, Term]]:
        """Yield every term with its side, left before right."""
        for term in self.left:
            yield Side.LEFT, term
        for term in self.right:
            yield Side.RIGHT, term


@dataclass(frozen=True)
class Identity:
    """Left must equal right, in every place of a table: in every column where the terms name rows, and in every
    row where they name columns.

    A blank part counts as zero while some cell of its side is filled. ``blank_limit`` is the share of blank parts
    above which the sum is not assessable.
    """

    table: TableCode
    formulas: tuple[Formula, ...]
    blank_limit: Fraction | None = None

    def __post_init__(self) -> None:
        axes = {(term.row is None, term.column is None) for formula in self.formulas for _, term in formula.terms()}
        if len(axes) != 1 or axes == {(True, True)}:
            raise ValueError("the terms of an identity must all name rows, or all columns, or all both")

    @cached_property
    def names_rows(self) -> bool:
        """Whether the terms name rows, so that the identity holds within a column."""
        return self.formulas[0].left[0].row is not None

    @cached_property
    def names_columns(self) -> bool:
        """Whether the terms name columns, so that the identity holds within a row."""
        return self.formulas[0].left[0].column is not None

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions it is declared for."""
        return tuple(formula.edition for formula in self.formulas)


@dataclass(frozen=True)
class Limit:
    """What a single figure must not be: ``violated`` is an SQL condition on ``value``, ``must`` the demand in words."""

    violated: str
    measures: frozenset[Measure]
    severity: Severity
    must: Text


@dataclass(frozen=True)
class CellLimits:
    """Limits on every single figure of some measures, in every table. The first violated limit is the finding's."""

    limits: tuple[Limit, ...]
    editions: tuple[Edition, ...] = tuple(Edition)

    @property
    def measures(self) -> frozenset[Measure]:
        """The measures that some limit concerns."""
        return frozenset().union(*(limit.measures for limit in self.limits))


@dataclass(frozen=True)
class Rule:
    """What must be true, declared once: SQL, expectation, sentences and documentation are made from it.

    ``explanation`` says what must be true and what is left aside; ``source`` is where the rule comes from.
    ``severity`` is that of the rule; a limit may state its own.
    """

    id: str
    version: int
    title: Text
    explanation: Text
    severity: Severity
    scope: Scope
    check: Identity | CellLimits
    source: str

    @property
    def table(self) -> TableCode | None:
        """The table it applies to; ``None`` for all of them."""
        return self.check.table if isinstance(self.check, Identity) else None

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions it applies to."""
        return self.check.editions
