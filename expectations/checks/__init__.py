"""The kinds of check that rules are declared with: each a few fields of data, and the SQL compiled from them."""

from expectations.checks.claim import Claim, Reading, StatementEquals
from expectations.checks.identity import Formula, Identity, Relation, Term
from expectations.checks.limits import CellLimits, Limit, ReportLimits
from expectations.checks.members import AtMostGovernment
from expectations.checks.years import Jump, Repetition

__all__ = [
    "AtMostGovernment",
    "CellLimits",
    "Claim",
    "Formula",
    "Identity",
    "Jump",
    "Limit",
    "Reading",
    "Relation",
    "Repetition",
    "ReportLimits",
    "StatementEquals",
    "Term",
]
