"""The suites as JSON of plain Great Expectations, to be used without Gouji.

Every expectation becomes an ``UnexpectedRowsExpectation`` with its SQL; ``batch.sql`` is the query whose rows are the
batch. Both want a connection to a Gouji snapshot. Great Expectations takes seconds to import: import this module only
where suites are exported.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation

from expectations.declarations import RULES
from expectations.model import Rule
from expectations.relations import CURRENT_CELLS
from expectations.suites.building import suites, warehouse_suite


def export(directory: Path, rules: Iterable[Rule] = RULES.values()) -> list[Path]:
    """Write every suite as ``NAME.json``, and the query of their batch.

    Returns the files written. Raises :class:`OSError` where nothing can be written.
    """
    rules = tuple(rules)
    directory.mkdir(parents=True, exist_ok=True)
    texts = {
        f"{suite.name}.json": json.dumps(_plain(suite).to_json_dict(), ensure_ascii=False, indent=2)
        for suite in (*suites(rules), warehouse_suite())
    }
    texts |= {"batch.sql": f"SELECT * FROM {CURRENT_CELLS} AS cells\n"}
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8")
    return [directory / name for name in texts]


def _plain(suite: ExpectationSuite) -> ExpectationSuite:
    return ExpectationSuite(
        name=suite.name,
        expectations=[
            UnexpectedRowsExpectation(
                unexpected_rows_query=held.unexpected_rows_query,
                severity=held.severity,
                description=held.description,
                meta=held.meta,
            )
            for held in suite.expectations
            if isinstance(held, UnexpectedRowsExpectation)
        ],
    )
