"""No finding is raised from a table that was not read for certain."""

from datetime import UTC, datetime
from decimal import Decimal

from expectations import validate
from tests.expectations import books
from tests.warehouse.conftest import cell_row, report_row
from warehouse import store
from warehouse.forms import DISPUTE_PARTS, TOTAL_COLUMN
from warehouse.loading.staging import insert_rows


def findings(*, is_doubtful: bool) -> set[tuple[str, str, str | None]]:
    """The findings on a row of disputes whose parts add up to 4 and whose total says 9."""
    figures = {**dict.fromkeys(DISPUTE_PARTS, 1), TOTAL_COLUMN: 9}
    cells = [
        {
            **cell_row("a"),
            "table_code": "disputes",
            "row_code": "review",
            "column_code": column,
            "value": Decimal(value),
        }
        for column, value in figures.items()
    ]
    table = {
        "report_id": "a",
        "table_code": "disputes",
        "edition": "2021",
        "cells_expected": 15,
        "cells_read": 5,
        "cells_blank": 0,
        "cells_unreadable": 0,
        "is_doubtful": is_doubtful,
    }
    with store.memory() as connection:
        insert_rows(connection, {"report": [report_row("a", is_current=True)], "report_table": [table], "cell": cells})
        validate(connection, run_id="test", validated_at=datetime.now(UTC))
        return set(books.findings(connection, "rule_id, verdict, reason"))


def test_a_table_read_for_certain_can_break_a_rule():
    assert ("B1", "fail", None) in findings(is_doubtful=False)


def test_a_doubtful_table_is_not_assessable():
    found = findings(is_doubtful=True)
    assert ("B1", "not_assessable", "readings_disagree") in found
    assert not [row for row in found if row[1] == "fail"]
