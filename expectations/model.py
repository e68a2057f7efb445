"""The words of a rule. What a rule checks is declared with the classes of :mod:`expectations.checks`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from warehouse.forms import Edition, TableCode
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
    ``reports``, and the ``reports_with_cells`` that the cells stem from, each with an ``edition`` of its tables.
    """

    cells: str
    reports: str
    reports_with_cells: str


class Check(Protocol):
    """What a rule checks, as data, and the SQL compiled from it."""

    @property
    def table(self) -> TableCode | None:
        """The table it looks at; ``None`` if more than one."""

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions of the forms that it is declared for."""

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the query that selects ``expectations.relations.ASSESSMENT``, one row a place, passes included."""

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the query that adds to ``places``, a relation of assessments, the list ``cells`` of each."""


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

    def suite(self, edition: str) -> str:
        """Return the name of the Great Expectations suite that holds the rule for one edition of the forms."""
        return _SUITES.get(self.scope, STATISTICS if edition == Edition.E2014 else f"form-{edition}")


ACROSS_YEARS = "across-years"
"""The suite of the rules that look at the year before."""

STATISTICS = "statistics"
"""The suite of the rules on the appendix of 2014 to 2018."""

_SUITES = {Scope.YEARS: ACROSS_YEARS, Scope.STATEMENT: "prose", Scope.GOVERNMENT: "aggregate"}
