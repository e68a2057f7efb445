"""The accounting rules, declared once, and everything that is made from them: SQL, findings, Great Expectations.

``RULES`` is the catalogue, :func:`validate` refreshes the findings of a warehouse, :func:`declare` writes the
catalogue into it. Great Expectations is imported only with :mod:`expectations.checkpoint`.
"""

from expectations.catalogue import declare
from expectations.declarations import RULES
from expectations.model import Reason, Rule, Scope, Severity, Verdict
from expectations.validation import Outcome, validate

__all__ = ["RULES", "Outcome", "Reason", "Rule", "Scope", "Severity", "Verdict", "declare", "validate"]
