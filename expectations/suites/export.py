"""The suites as JSON of plain Great Expectations, to be used without Gouji.

Every expectation becomes an ``UnexpectedRowsExpectation`` with its SQL; ``batch.sql`` is the query whose rows are the
batch. Both want a connection to a Gouji snapshot. Great Expectations takes seconds to import: import this module only
where suites are exported.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.declarations import RULES
from expectations.invariants import INVARIANTS, Invariant
from expectations.model import Rule
from expectations.relations import CURRENT_CELLS, DOUBTED, batch_of, judged
from expectations.suites.building import WAREHOUSE, expectation
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


def export(directory: Path, rules: Iterable[Rule] = RULES.values()) -> list[Path]:
    """Write every suite as ``NAME.json``, and the query of their batch.

    Returns the files written. Raises :class:`OSError` where nothing can be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    members: defaultdict[str, list[UnexpectedRowsExpectation]] = defaultdict(list)
    for rule in rules:
        for edition in rule.editions:
            members[rule.suite(edition)].append(_of_rule(rule, edition))
    members[WAREHOUSE] = [_of_invariant(invariant) for invariant in INVARIANTS]
    texts = {
        f"{name}.json": json.dumps(
            ExpectationSuite(name=name, expectations=list(held)).to_json_dict(), ensure_ascii=False, indent=2
        )
        for name, held in sorted(members.items())
    }
    texts |= {"batch.sql": f"SELECT * FROM {CURRENT_CELLS} AS cells\n"}
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8")
    return [directory / name for name in texts]


def _of_rule(rule: Rule, edition: Edition) -> UnexpectedRowsExpectation:
    """Make the expectation that a rule holds in every place of a batch of cells of one edition, with its SQL."""
    assessments = judged(rule.check.assess(rule.severity, batch_of("{batch}")), DOUBTED)
    own = expectation(rule, edition)
    return UnexpectedRowsExpectation(
        unexpected_rows_query=_BROKEN_PLACES.format(assessments=assessments, edition=edition),
        severity=own.severity,
        description=own.description,
        meta=own.meta,
    )


def _of_invariant(invariant: Invariant) -> UnexpectedRowsExpectation:
    return UnexpectedRowsExpectation(
        unexpected_rows_query=_BROKEN_INVARIANT.format(broken=invariant.query()),
        severity=FailureSeverity(str(invariant.severity)),
        description=f"{invariant.id} {invariant.title.chinese} | {invariant.title.english}",
        meta={"rule_id": invariant.id, "edition": ""},
    )
