"""The declarations as Great Expectations: one expectation class a rule, and the suites that hold them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.invariants import INVARIANTS
from expectations.model import Rule
from expectations.relations import batch_of, judged
from warehouse.forms import Edition

_BROKEN_PLACES = """
    SELECT report.organ_name, report.year, place.row_code, place.column_code,
        CAST(place.left_value AS DOUBLE) AS left_value, CAST(place.right_value AS DOUBLE) AS right_value,
        place.report_id
    FROM ({assessments}) AS place JOIN core.report AS report ON report.report_id = place.report_id
    WHERE place.verdict = 'fail' AND place.edition = '{edition}'
"""

_BROKEN_INVARIANT = "SELECT * FROM ({broken}) AS broken WHERE EXISTS (SELECT 1 FROM {{batch}})"
"""Great Expectations wants every query to name its batch; a store without a current cell has nothing to watch."""

WAREHOUSE = "warehouse"
"""The suite that watches ourselves."""


class RuleExpectation(UnexpectedRowsExpectation):
    """Expect no place of the batch to break a rule. The subclasses are generated, one a rule."""

    edition: str


@cache
def expectation_class(rule: Rule) -> type[RuleExpectation]:
    """Generate the expectation class of a rule, ``ExpectA1ToHold`` for A1, registered with Great Expectations."""
    documentation = f"{rule.id} {rule.title.english} ({rule.title.chinese}): {rule.explanation.english}"
    return type(f"Expect{rule.id}ToHold", (RuleExpectation,), {"__doc__": documentation, "__module__": __name__})


def expectation(rule: Rule, edition: Edition) -> RuleExpectation:
    """Make the expectation that a rule holds in every place of a batch of cells of one edition."""
    assessments = judged(rule.check.assess(rule.severity, batch_of("{batch}")))
    return expectation_class(rule)(
        edition=str(edition),
        unexpected_rows_query=_BROKEN_PLACES.format(assessments=assessments, edition=edition),
        severity=FailureSeverity(str(rule.severity)),
        description=f"{rule.id} {rule.title.chinese}：{rule.explanation.chinese} "
        f"| {rule.title.english}: {rule.explanation.english}",
        meta={"rule_id": rule.id, "rule_version": rule.version, "edition": str(edition), "source": rule.source},
    )


def suites(rules: Iterable[Rule]) -> tuple[ExpectationSuite, ...]:
    """Make every suite: each rule stands, once an edition it applies to, in the suite of its scope."""
    members: defaultdict[str, list[RuleExpectation]] = defaultdict(list)
    for rule in rules:
        for edition in rule.editions:
            members[rule.suite(edition)].append(expectation(rule, edition))
    return tuple(ExpectationSuite(name=name, expectations=list(held)) for name, held in sorted(members.items()))


class InvariantExpectation(UnexpectedRowsExpectation):
    """Expect an invariant of the warehouse to hold."""


def warehouse_suite() -> ExpectationSuite:
    """Make the suite of the warehouse's own invariants."""
    return ExpectationSuite(
        name=WAREHOUSE,
        expectations=[
            InvariantExpectation(
                unexpected_rows_query=_BROKEN_INVARIANT.format(broken=invariant.broken),
                severity=FailureSeverity(str(invariant.severity)),
                description=f"{invariant.id} {invariant.title.chinese} | {invariant.title.english}",
                meta={"rule_id": invariant.id, "edition": ""},
            )
            for invariant in INVARIANTS
        ],
    )
