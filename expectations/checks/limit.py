"""What must not be, as a condition: for the kinds of check that look at one thing alone."""

from dataclasses import dataclass

from expectations.model import Severity
from warehouse.forms import Measure
from warehouse.text import Text


@dataclass(frozen=True)
class Limit:
    """``violated`` is an SQL condition, ``must`` the demand in words.

    The condition of a cell is on ``value``, that of a report on the columns of the batch's reports.
    """

    violated: str
    severity: Severity
    must: Text
    measures: frozenset[Measure] = frozenset()


def severity_of_breach(limits: tuple[Limit, ...], otherwise: Severity) -> str:
    """Compile the severity of the violated limit, whose position is ``breach``."""
    cases = " ".join(f"WHEN {position} THEN '{limit.severity}'" for position, limit in enumerate(limits))
    return f"CASE breach {cases} ELSE '{otherwise}' END"
