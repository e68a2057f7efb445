"""Great Expectations runs the same declarations on a real DuckDB file, and agrees with the SQL."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from expectations import RULES, validate
from expectations.checks.cell_limits import CellLimits
from expectations.suites.agreement import record_expectations
from expectations.suites.checkpoint import CheckpointError, run_checkpoint
from tests.expectations.books import APPLICATIONS, BLANK, DISPUTES, NOW, STATISTICS_TABLE, consistent, load
from warehouse.forms import Edition
from warehouse.store import writer


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("great") / "warehouse.duckdb"
    base, later = consistent(), replace(consistent("later", Edition.E2021), year=2021)
    with writer(path) as connection:
        load(
            [
                base,
                base.changed("a", {(APPLICATIONS, "concluded_total", "other"): 9999}),
                base.changed("b", {(APPLICATIONS, "granted", "total"): BLANK}),
                base.changed("c", {(DISPUTES, "review", "total"): -1}),
                later,
                later.changed("d", {(DISPUTES, "review", "pending"): 77}),
                consistent("e", Edition.E2014).changed("e", {(STATISTICS_TABLE, "3.1", "figure"): 9999}),
            ],
            connection,
        )
    return path


def test_it_agrees_with_the_findings(
    warehouse: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    with writer(warehouse) as connection:
        counted = validate(connection, run_id="run", validated_at=NOW)
    result = run_checkpoint(warehouse, tmp_path, run_id="run")

    failed: Counter[tuple[str, str, str]] = Counter()
    for each in counted:
        failed[each.suite, each.rule_id, each.edition] += each.failed
    seen = {(each.suite, each.rule_id, each.edition): each.failed for each in result.outcomes}
    assert failed.keys() <= seen.keys()
    assert {key: count for key, count in seen.items() if count} == +failed
    assert all(each.success == (each.failed == 0) for each in result.outcomes)
    assert {key for key, count in failed.items() if count} == {
        ("form-2019", "A1", "2019"),
        ("form-2019", "A2", "2019"),
        ("form-2019", "A3", "2019"),
        ("form-2019", "A5", "2019"),
        ("form-2019", "B1", "2019"),
        ("form-2021", "B1", "2021"),
        ("statistics", "G1", "2014"),
    }
    assert not result.success
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def test_it_writes_its_site_and_suites_under_docs(warehouse: Path, tmp_path: Path) -> None:
    first = run_checkpoint(warehouse, tmp_path, run_id="first", years=[2021])
    second = run_checkpoint(warehouse, tmp_path, run_id="second", years=[2021])
    assert sum(each.failed for each in second.outcomes) == sum(each.failed for each in first.outcomes) == 1
    pages = "".join(page.read_text() for page in tmp_path.glob("site/validations/**/*.html"))
    assert second.index.is_file()
    assert "收办平衡" in pages
    assert "first" in second.index.read_text()
    suite = json.loads((tmp_path / "gx" / "expectations" / "form-2021.json").read_text())
    severities = {each["meta"]["rule_id"]: each["severity"] for each in suite["expectations"]}
    assert severities == {
        rule.id: rule.severity
        for rule in RULES.values()
        if rule.suite("2021") == "form-2021" and Edition.E2021 in rule.editions
    }


def test_an_expectation_that_cannot_run_is_our_error(warehouse: Path, tmp_path: Path) -> None:
    rule = RULES["A5"]
    assert isinstance(rule.check, CellLimits)
    limit = replace(rule.check.limits[0], violated="no_such_column < 0")
    wrong = replace(rule, id="X1", check=replace(rule.check, limits=(limit,)))
    with pytest.raises(CheckpointError, match=r"X1 could not be run: .*no_such_column"):
        run_checkpoint(warehouse, tmp_path, run_id="run", rules=[wrong])
    with writer(warehouse):
        pass


def test_validation_needs_no_great_expectations() -> None:
    program = "import sys, expectations; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_warehouse_is_watched(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with writer(path) as connection:
        load([consistent(), consistent("second")], connection)
        load([consistent("second").changed("orphan", {})], connection)
        connection.execute("DELETE FROM core.report WHERE report_id = 'orphan'")
        connection.execute("UPDATE core.cell SET row_code = 'no such row' WHERE row_code = 'granted'")
        connection.execute("INSERT INTO core.report_table VALUES ('second', 'disputes', '2019', 15, 14, 0, 0, false)")
        connection.execute("INSERT INTO core.source_floor VALUES ('sample', 2019, 9), ('elsewhere', 2019, 9)")
    run = run_checkpoint(path, tmp_path, run_id="run")
    invariants = run.invariants
    assert {each.rule_id for each in invariants if not each.success} == {
        "W1",
        "W3",
        "W4",
        "W6",
        "W7",
        "W8",
        "W9",
        "W10",
    }
    assert {each.rule_id for each in invariants if each.success} == {"W2", "W5"}
    with writer(path) as connection:
        record_expectations(connection, "run", run.outcomes, run.invariants, validated_at=NOW)
        recorded = connection.execute(
            "SELECT sum(failed), count(*) FROM audit.validation WHERE suite = 'warehouse' AND year IS NULL"
        )
        assert recorded.fetchone() == (8, 10)
