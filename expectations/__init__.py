"""The accounting rules, declared once, and everything that is made from them: SQL, findings, Great Expectations.

``RULES`` is the catalogue, :func:`validate` refreshes the findings of a warehouse, :func:`declare` writes the
catalogue into it. Great Expectations is imported only with :mod:`expectations.suites.checkpoint`.
"""

from expectations.declarations import RULES
from expectations.findings.catalogue import declare
from expectations.findings.validation import Outcome, validate
from expectations.model import Reason, Rule, Scope, Severity, Verdict

__all__ = ["RULES", "Outcome", "Reason", "Rule", "Scope", "Severity", "Verdict", "declare", "validate"]
