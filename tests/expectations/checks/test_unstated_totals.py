"""A blank cell of the column 总计 whose own row has figures is a total not stated, never a zero in a column's sum.

Where the six parts of that row are all 0 or blank, blank still counts as 0.
"""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from expectations import validate
from tests.expectations.books import findings
from tests.warehouse.conftest import cell_row, report_row
from warehouse import store
from warehouse.forms import FORMS, TOTAL_COLUMN, Edition, TableCode
from warehouse.loading.staging import insert_rows

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
FIGURES = {"received_new": 7, "granted": 5, "denied_state_secret": 2, "concluded_total": 7}


def verdicts(blank_totals: set[str]) -> dict[str, tuple[str, str | None]]:
    """The verdicts of A1 and A2 in the column ``total``, with the totals of some rows left blank."""
    cells = []
    for row, column in FORM.cells:
        value = FIGURES.get(row, 0) if column in ("natural_person", TOTAL_COLUMN) else 0
        blank = column == TOTAL_COLUMN and row in blank_totals
        cells.append(
            {
                **cell_row("a"),
                "row_code": row,
                "column_code": column,
                "value": None if blank else Decimal(value),
                "state": "blank" if blank else "number",
            }
        )
    with store.memory() as connection:
        insert_rows(connection, {"report": [report_row("a", is_current=True)], "cell": cells})
        validate(connection, run_id="test", validated_at=datetime.now(UTC))
        found = findings(connection, "rule_id, verdict, reason", "column_code = 'total' AND rule_id IN ('A1', 'A2')")
    return {rule: (verdict, reason) for rule, verdict, reason in found}


@pytest.mark.parametrize(("row", "rule"), [("granted", "A2"), ("received_new", "A1"), ("denied_state_secret", "A2")])
def test_a_total_not_stated_makes_the_columns_sum_not_assessable(row, rule):
    assert verdicts({row}) == {rule: ("not_assessable", "result_blank")}


def test_a_blank_total_over_empty_parts_counts_as_zero():
    assert verdicts({"not_processed_petition", "carried_in"}) == {}
