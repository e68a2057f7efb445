"""Great Expectations judges what the audit found: how many of how many reports hold each rule, and which do not."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from expectations import RULES, validate
from expectations.findings.handover import hand_over
from expectations.invariants import INVARIANTS
from expectations.model import Rule
from expectations.suites.agreement import CheckpointError, record_expectations
from expectations.suites.checkpoint import run_checkpoint
from tests.expectations.books import APPLICATIONS, BLANK, DISPUTES, NOW, STATISTICS_TABLE, consistent, load
from warehouse.forms import Edition
from warehouse.store import writer

DISPUTED = [RULES["B1"]]
FORM_2021 = [rule for rule in RULES.values() if rule.suite("2021") == "form-2021" and Edition.E2021 in rule.editions]


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


def handed_over(
    warehouse: Path, folder: Path, years: list[int] | None = None, rules: Iterable[Rule] = RULES.values()
) -> Path:
    file = folder / "handover.duckdb"
    with writer(warehouse) as connection:
        validate(connection, run_id="run", validated_at=NOW, rules=rules)
        hand_over(connection, file, rules, years)
    return file


def test_it_says_how_many_of_how_many_reports_hold_a_rule(
    warehouse: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    result = run_checkpoint(handed_over(warehouse, tmp_path), tmp_path, run_id="run")
    seen = {(each.suite, each.rule_id, each.edition): (each.failed, each.evaluated) for each in result.outcomes}
    assert {key: counts for key, counts in seen.items() if counts[0]} == {
        ("form-2019", "A1", "2019"): (1, 4),
        ("form-2019", "A2", "2019"): (1, 4),
        ("form-2019", "A3", "2019"): (1, 4),
        ("form-2019", "A5", "2019"): (1, 4),
        ("form-2019", "B1", "2019"): (1, 4),
        ("form-2021", "B1", "2021"): (1, 2),
        ("statistics", "G1", "2014"): (1, 1),
    }
    with writer(warehouse) as connection:
        counted = connection.execute(
            "SELECT rule_id, count(DISTINCT report_id) FROM audit.finding JOIN core.report USING (report_id) "
            "WHERE is_current GROUP BY rule_id"
        ).fetchall()
    failed: Counter[str] = Counter()
    for (_, rule_id, _), (count, _) in seen.items():
        failed[rule_id] += count
    assert dict(counted) == dict(+failed)
    assert all(each.success == (each.failed == 0) for each in result.outcomes)
    assert not result.success
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def test_a_few_of_many_are_tolerated(tmp_path: Path) -> None:
    base = consistent()
    path = tmp_path / "warehouse.duckdb"
    wrong = {(DISPUTES, "review", "total"): 99}
    with writer(path) as connection:
        load((replace(base.changed(f"{n}", wrong if n == 0 else {}), organ_id=f"{n}") for n in range(25)), connection)
    result = run_checkpoint(handed_over(path, tmp_path, rules=DISPUTED), tmp_path, run_id="run", rules=DISPUTED)
    (found,) = (each for each in result.outcomes if each.edition == "2019")
    assert (found.success, found.failed, found.evaluated) == (True, 1, 25)


def test_it_writes_its_site_and_suites_under_docs(warehouse: Path, tmp_path: Path) -> None:
    file = handed_over(warehouse, tmp_path, [2021], FORM_2021)
    first = run_checkpoint(file, tmp_path, run_id="first", rules=FORM_2021)
    second = run_checkpoint(file, tmp_path, run_id="second", rules=FORM_2021)
    assert sum(each.failed for each in second.outcomes) == sum(each.failed for each in first.outcomes) == 1
    pages = "".join(page.read_text() for page in tmp_path.glob("site/validations/**/*.html"))
    assert second.index.is_file()
    assert "收办平衡" in pages
    assert "first" in second.index.read_text()
    assert '<a href="http://portal.example/1.html"' in pages
    for page in (pages, second.index.read_text()):
        assert not re.search(r"<script|<(link|img)[^>]*https?://", page)
    suite = json.loads((tmp_path / "gx" / "expectations" / "form-2021.json").read_text())
    severities = {each["meta"]["rule_id"]: each["severity"] for each in suite["expectations"]}
    assert severities == {rule.id: rule.severity for rule in FORM_2021}


def test_an_expectation_that_cannot_run_is_our_error(warehouse: Path, tmp_path: Path) -> None:
    unknown = replace(RULES["A5"], id="X1")
    with pytest.raises(CheckpointError, match=r"X1 could not be run: .*X1 20"):
        run_checkpoint(handed_over(warehouse, tmp_path, rules=DISPUTED), tmp_path, run_id="run", rules=[unknown])
    with writer(warehouse):
        pass


def test_what_a_page_said_is_text_in_the_docs(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with writer(path) as connection:
        load([consistent().changed("report", {(DISPUTES, "review", "total"): 99})], connection)
        connection.execute("UPDATE core.report SET organ_name = '<b>局</b>', url = 'http://p.example/\"><b>'")
    run_checkpoint(handed_over(path, tmp_path, rules=DISPUTED), tmp_path, run_id="run", rules=DISPUTED)
    pages = "".join(page.read_text() for page in tmp_path.glob("site/validations/**/*.html"))
    assert "局" in pages
    assert "<b>局" not in pages
    assert '"><b>' not in pages


def test_what_no_suite_uses_is_not_imported() -> None:
    program = (
        "import sys, expectations.suites.checkpoint\n"
        "sys.exit(bool({'altair.vegalite', 'scipy.stats._stats_py'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_cell_that_stands_twice_is_found_where_another_is_missing(tmp_path: Path) -> None:
    """The table has as many cells as its form."""
    path = tmp_path / "warehouse.duckdb"
    with writer(path) as connection:
        load([consistent()], connection)
        connection.execute(
            "UPDATE core.cell SET (row_code, column_code) = ('review', 'total') "
            "WHERE (table_code, row_code, column_code) = ('disputes', 'review', 'pending')"
        )
    run = run_checkpoint(handed_over(path, tmp_path, rules=DISPUTED), tmp_path, run_id="run", rules=DISPUTED)
    assert not next(each.success for each in run.invariants if each.rule_id == "W2")


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
        connection.execute("INSERT INTO core.cell FROM core.cell WHERE (row_code, column_code) = ('review', 'total')")
        connection.execute("UPDATE core.cell SET state = 'blank' WHERE (row_code, column_code) = ('review', 'pending')")
        connection.execute("INSERT INTO core.report_table VALUES ('second', 'disputes', '2019', 15, 14, 0, 0, false)")
        connection.execute("INSERT INTO core.source_floor VALUES ('sample', 2019, 9), ('elsewhere', 2019, 9)")
    run = run_checkpoint(handed_over(path, tmp_path, rules=DISPUTED), tmp_path, run_id="run", rules=DISPUTED)
    invariants = run.invariants
    assert {each.rule_id for each in invariants if not each.success} == {each.id for each in INVARIANTS}
    with writer(path) as connection:
        record_expectations(connection, "run", run.outcomes, run.invariants, validated_at=NOW)
        recorded = connection.execute(
            "SELECT sum(failed), count(*) FROM audit.validation WHERE suite = 'warehouse' AND year IS NULL"
        )
        assert recorded.fetchone() == (10, 10)
