"""The kinds of check that rules are declared with: each a few fields of data, and the SQL compiled from them."""

from expectations.checks.alike import AlikeProse
from expectations.checks.claim import Claim, Reading, StatementEquals
from expectations.checks.identity import Formula, Identity, Relation, Term
from expectations.checks.limits import CellLimits, Limit, ReportLimits
from expectations.checks.members import AtMostGovernment, SumOfMembers
from expectations.checks.nesting import NestingSum
from expectations.checks.years import Jump, Repetition

__all__ = [
    "AlikeProse",
    "AtMostGovernment",
    "CellLimits",
    "Claim",
    "Formula",
    "Identity",
    "Jump",
    "Limit",
    "NestingSum",
    "Reading",
    "Relation",
    "Repetition",
    "ReportLimits",
    "StatementEquals",
    "SumOfMembers",
    "Term",
]
