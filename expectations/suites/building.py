"""The declarations as Great Expectations: one expectation class a rule, and the suites that hold them.

A batch is a table of reports, one row each, with a column for every rule and edition: in how many places the report
breaks the rule, nothing where it could not be assessed. The rules themselves are assessed once, by the audit; what
these expectations say is how many reports hold them, and whether that is enough.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cache
from typing import Any

from great_expectations import ExpectationSuite
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.core import ExpectationValidationResult
from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.render.components import (
    CollapseContent,
    LegacyDiagnosticRendererType,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.renderer.renderer import renderer

from expectations.findings.handover import column_of
from expectations.invariants import INVARIANTS
from expectations.model import Rule, Severity
from warehouse.forms import Edition

WAREHOUSE = "warehouse"
"""The suite that watches ourselves."""

MOSTLY: Mapping[Severity, float] = {Severity.CRITICAL: 0.95, Severity.WARNING: 0.9, Severity.INFO: 0.8}
"""The share of reports that must hold a rule for its expectation to be met."""

_BROKEN = "SELECT example FROM {{batch}} WHERE invariant_id = '{invariant}'"


class RuleExpectation(ExpectColumnValuesToBeInSet):
    """Expect most reports of the batch to break a rule nowhere. The subclasses are generated, one a rule."""

    _told: tuple[str | None, ExpectationConfiguration] | None = PrivateAttr(None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """What is expected, put together once under each identity: in one run it is asked for over a hundred times."""
        if self._told is None or self._told[0] != self.id:
            self._told = (self.id, super().configuration)
        return self._told[1]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
    ) -> list[RenderedTableContent | CollapseContent] | None:
        """Name some of the reports that break the rule, where others would list values."""
        named = (result.result or {}).get("partial_unexpected_index_list") if result else None
        if not named:
            return None
        rows = [[_text(row["organ"]), _text(row["year"]), _text(row["url"])] for row in named]
        return [RenderedTableContent(table=rows, header_row=["机关 Organ", "年度 Year", "报告 Report"])]


def _text(value: object) -> RenderedStringTemplateContent:
    """Say a value as text: Great Expectations escapes parameters of a template, and nothing else."""
    return RenderedStringTemplateContent(string_template={"template": "$value", "params": {"value": str(value)}})


@cache
def expectation_class(rule: Rule) -> type[RuleExpectation]:
    """Generate the expectation class of a rule, ``ExpectA1ToHold`` for A1, registered with Great Expectations."""
    documentation = f"{rule.id} {rule.title.english} ({rule.title.chinese}): {rule.explanation.english}"
    return type(f"Expect{rule.id}ToHold", (RuleExpectation,), {"__doc__": documentation, "__module__": __name__})


def expectation(rule: Rule, edition: Edition) -> RuleExpectation:
    """Make the expectation that reports break a rule nowhere in their tables of one edition."""
    return expectation_class(rule)(
        column=column_of(rule, edition),
        value_set=[0],
        mostly=MOSTLY[rule.severity],
        severity=FailureSeverity(str(rule.severity)),
        description=f"{rule.id} {rule.title.chinese}：{rule.explanation.chinese} "
        f"| {rule.title.english}: {rule.explanation.english}",
        meta={"rule_id": rule.id, "rule_version": rule.version, "edition": str(edition), "source": rule.source},
    )


def suites(rules: Iterable[Rule], editions: Container[str]) -> tuple[ExpectationSuite, ...]:
    """Make the suites for some editions: each rule stands, once an edition it applies to, in the suite of its scope."""
    members: defaultdict[str, list[RuleExpectation]] = defaultdict(list)
    for rule in rules:
        for edition in rule.editions:
            if edition in editions:
                members[rule.suite(edition)].append(expectation(rule, edition))
    return tuple(ExpectationSuite(name=name, expectations=list(held)) for name, held in sorted(members.items()))


class InvariantExpectation(UnexpectedRowsExpectation):
    """Expect an invariant of the warehouse to hold."""


def warehouse_suite() -> ExpectationSuite:
    """Make the suite of the warehouse's own invariants, over the table of what breaks them."""
    return ExpectationSuite(
        name=WAREHOUSE,
        expectations=[
            InvariantExpectation(
                unexpected_rows_query=_BROKEN.format(invariant=invariant.id),
                severity=FailureSeverity(str(invariant.severity)),
                description=f"{invariant.id} {invariant.title.chinese} | {invariant.title.english}",
                meta={"rule_id": invariant.id, "edition": ""},
            )
            for invariant in INVARIANTS
        ],
    )
