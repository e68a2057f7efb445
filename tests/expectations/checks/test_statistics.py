"""The nesting sums of the appendix of 2014 to 2018."""

from decimal import Decimal

from expectations import validate
from tests.expectations.books import BLANK, NOW, STATISTICS_TABLE, checked, consistent, findings, load
from warehouse.forms import Edition
from warehouse.loading.staging import insert_rows

RECEIVED = (STATISTICS_TABLE, "3.1", "figure")
DENIED = (STATISTICS_TABLE, "3.3.4", "figure")
BOOK = consistent(edition=Edition.E2014)


def local_line(behind: int) -> dict[str, object]:
    return {
        "report_id": "report",
        "ordinal": behind,
        "label": "5.其他形式申请数",
        "value": Decimal(2),
        "state": "number",
        "raw": "2",
        "place_table": 0,
        "place_row": 0,
        "place_cell": 0,
    }


def test_a_wrong_total_names_its_parts():
    wrong = BOOK.changed("report", {RECEIVED: BOOK.cells[RECEIVED] + 2})
    ((rule, table, severity, difference, cells, likely, sentence),) = findings(
        checked(wrong), "rule_id, table_code, severity, difference, len(cells), likely, sentence_zh"
    )
    assert (rule, table, severity, difference, cells) == ("G1", "statistics", "critical", -2, 5)
    assert "收到申请数" in sentence
    assert "相差 -2" in sentence
    assert likely == []


def test_denials_that_do_not_add_up_are_a_warning_beside_the_answers():
    wrong = BOOK.changed("report", {DENIED: BOOK.cells[DENIED] + 1})
    assert findings(checked(wrong), "rule_id, severity, likely[1].row_code") == [
        ("G3", "critical", "3.3.4"),
        ("G7", "warning", "3.3.4"),
    ]


def test_a_total_that_is_not_stated_is_no_mismatch():
    blank = BOOK.changed("report", {RECEIVED: BLANK})
    assert findings(checked(blank), "rule_id, verdict, reason") == [("G1", "not_assessable", "result_blank")]


def test_a_line_of_the_local_table_may_explain_the_difference():
    wrong = BOOK.changed("report", {RECEIVED: BOOK.cells[RECEIVED] + 2})
    connection = load([wrong])
    behind = connection.execute("SELECT ordinal FROM core.statistics_line WHERE code = '3.1.4'").fetchone()
    connection.execute("UPDATE core.statistics_line SET ordinal = ordinal + 1 WHERE ordinal > ?", behind)
    insert_rows(connection, {"statistics_line": [local_line(behind[0] + 1)]})
    validate(connection, run_id="run", validated_at=NOW)
    assert findings(connection, "rule_id, verdict, reason, strict_verdict") == [
        ("G1", "not_assessable", "local_lines", "not_assessable")
    ]
