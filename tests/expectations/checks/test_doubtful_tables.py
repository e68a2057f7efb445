"""No finding is raised from a table that was not read for certain."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from expectations import RULES, validate
from tests.expectations import books
from tests.expectations.books import APPLICATIONS, NOW, Book, load
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


@pytest.mark.parametrize(
    ("doubtful", "verdict", "reason"),
    [
        (None, "fail", None),
        ("early", "not_assessable", "unreadable"),
        ("late", "not_assessable", "readings_disagree"),
    ],
)
def test_nothing_is_held_against_a_doubtful_table_of_another_report(
    doubtful: str | None, verdict: str, reason: str | None
) -> None:
    early = Book("early", {(APPLICATIONS, "carried_out", "other"): 5})
    late = Book("late", {(APPLICATIONS, "carried_in", "other"): 9}, year=early.year + 1)
    connection = load([early, late])
    if doubtful:
        table = {"report_id": doubtful, "edition": "2019", "is_doubtful": True}
        counts = dict.fromkeys(("cells_expected", "cells_read", "cells_blank", "cells_unreadable"), 1)
        tables = ("applications", "disputes")
        insert_rows(connection, {"report_table": [{**table, **counts, "table_code": code} for code in tables]})
    validate(connection, run_id="test", validated_at=NOW, rules=[RULES["C1"]])
    assert books.findings(connection, "report_id, verdict, reason") == [("late", verdict, reason)]
