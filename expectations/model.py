"""What a rule is, and what assessing it gives. What it checks is said by a class of :mod:`expectations.checks`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypedDict, runtime_checkable

from expectations.naming import figure
from warehouse.forms import EVERY_FORM, Edition, Form, TableCode
from warehouse.sql import literal
from warehouse.text import Text


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
    REPORT = "report"
    YEARS = "years"
    """An organ's report beside that of the year before."""
    STATEMENT = "statement"
    GOVERNMENT = "government"
    """A member's report beside that of its government."""


class Verdict(StrEnum):
    """What an assessment came to."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"


class Reason(StrEnum):
    """Why a rule could not be assessed in one place."""

    PREVIOUS_YEAR_MISSING = "previous_year_missing"
    """No report of the year before is loaded. Counted in the outcomes, never listed as a finding."""
    READINGS_DISAGREE = "readings_disagree"
    """The table was read in two ways that do not agree: a problem of ours."""
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
    OWN_OFFICE = "own_office"
    """The prose of a government states less than its table: it may speak of its own office alone."""
    LOCAL_LINES = "local_lines"
    """The sum does not come out, and the appendix has lines of its own among the parts."""


class Side(StrEnum):
    """The sides of a comparison."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Batch:
    """The relations that a rule is assessed on, as SQL: current ``cells``, of all years or some, all current
    ``reports``, and the ``reports_with_cells`` that the cells stem from, each with an ``edition`` of its tables; and
    the ``statements`` of the reports that are assessed. Codes of the cells are of the type ``code``.
    ``alike`` has the pairs of reports whose prose may be alike, by ``number``, where they were looked for already.
    """

    cells: str
    reports: str
    reports_with_cells: str
    statements: str = "core.statement"
    code: str = "VARCHAR"
    alike: str | None = None

    def coded(self, value: str) -> str:
        """Write a code as SQL, of the type that those of the cells are of: as it is, each of them would become text."""
        return literal(value) if self.code == "VARCHAR" else f"{literal(value)}::{self.code}"

    def among(self, values: Iterable[str]) -> str:
        """Write codes as an SQL list, of the type that those of the cells are of."""
        return "(" + ", ".join(map(self.coded, values)) + ")"


class Check(Protocol):
    """What a rule checks, as data, and the SQL compiled from it."""

    @property
    def table(self) -> TableCode | None:
        """The table it looks at; ``None`` if more than one."""

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions of the forms that it is declared for."""

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the query that selects ``expectations.relations.assessment``, one row a place, passes included."""

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the query that adds to ``places``, a relation of assessments, the list ``cells`` of each."""

    def sentence(self, assessment: "Assessment") -> Text:
        """Say what is wrong in one place, or why it could not be assessed."""

    def example(self, rule: "Rule") -> "Assessment":
        """Make up an assessment of a rule of this kind that fails."""


@runtime_checkable
class ProseCheck(Protocol):
    """What a check on statements of the prose has beside."""

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures whose statements it looks at."""


@dataclass(frozen=True)
class Rule:
    """What must be true, declared once: SQL, expectation, sentences and documentation are made from it.

    ``explanation`` says what must be true and what is left aside; ``source`` is where the rule comes from.
    ``severity`` is the gravest that a finding of it can have.
    """

    id: str
    version: int
    title: Text
    explanation: Text
    severity: Severity
    scope: Scope
    check: Check
    source: str

    @property
    def table(self) -> TableCode | None:
        """The table it applies to; ``None`` if more than one."""
        return self.check.table

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions it applies to."""
        return self.check.editions

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of the prose whose statements it looks at; none where it looks at tables."""
        return self.check.measures if isinstance(self.check, ProseCheck) else ()

    def suite(self, edition: str) -> str:
        """Return the name of the Great Expectations suite that holds the rule for one edition of the forms."""
        return _SUITES.get(self.scope, STATISTICS if edition == Edition.E2014 else f"form-{edition}")


class Contribution(TypedDict):
    """One cell on a side of an assessment; one that the page lacks has the state ``absent``."""

    side: str
    weight: int
    year: int
    row_code: str
    column_code: str
    value: Decimal | None
    state: str


@dataclass(frozen=True)
class Assessment:
    """One place where a rule did not pass, as the compiled SQL found it. ``cells`` are in the order of the formula."""

    rule: Rule
    report_id: str
    year: int
    table: TableCode | None
    edition: Edition
    verdict: Verdict
    reason: Reason | None
    row: str | None
    column: str | None
    quote: str | None
    breach: int | None
    left: Decimal | None
    right: Decimal | None
    strict_verdict: Verdict
    cells: Sequence[Contribution]

    @property
    def form(self) -> Form:
        """The form that the place is a part of; ``KeyError`` if it is of the report as a whole."""
        if self.table is None:
            raise KeyError(self.rule.id)
        return EVERY_FORM[self.table, self.edition]

    @property
    def sides(self) -> tuple[str, str]:
        """Left and right, as figures; a side that the rule does not have is 0."""
        return figure(self.left or Decimal(0)), figure(self.right or Decimal(0))

    @property
    def difference(self) -> str:
        """Left minus right, as a figure."""
        return figure((self.left or Decimal(0)) - (self.right or Decimal(0)))


STATISTICS = "statistics"
"""The suite of the rules on the appendix of 2014 to 2018."""

_SUITES = {Scope.YEARS: "across-years", Scope.STATEMENT: "prose", Scope.GOVERNMENT: "aggregate"}
