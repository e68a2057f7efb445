"""The main job, whole: real HTTP from the sample portal, real Prefect, real DuckDB, real Great Expectations."""

from pathlib import Path

import pytest

from expectations import RULES
from flows.backfill import backfill
from flows.reporting.summary import RunSummary
from samples import planted, published_reports
from warehouse.snapshots.query import rows

YEARS = range(2019, 2022)
"""The last two years of one edition of the forms and the first of the next."""
ALL_YEARS = "2019-2021"
CHECKED = RULES.keys()


@pytest.fixture(scope="module")
def summary(home) -> RunSummary:
    return backfill(ALL_YEARS)


@pytest.fixture(scope="module")
def snapshot(home, summary):
    return home / "published" / "gouji.duckdb"


def test_every_published_report_is_there_once(snapshot):
    expected = {(report.organ.name, report.year) for report in published_reports() if report.year in YEARS}
    found = [(row["organ"], row["year"]) for row in rows(snapshot, "SELECT organ, year FROM report")]
    assert sorted(found) == sorted(expected)


def all_planted():
    return [planting for year in YEARS for planting in planted(year, CHECKED)]


def test_the_planted_inconsistencies_are_found_exactly(snapshot):
    found = {
        (
            f["organ"],
            f["year"],
            f["rule_id"],
            f["table_code"],
            f["row_code"],
            f["column_code"],
            *((None, None) if f["rule_id"] == "H3" else (f["left_value"], f["right_value"])),
        )
        for f in rows(snapshot, "FROM finding")
    }
    declared = {(p.organ, p.year, p.rule, p.table, p.row, p.column, p.left, p.right) for p in all_planted()}
    assert found == declared


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_findings_of_its_own(snapshot, year):
    (found,) = rows(snapshot, "SELECT count(*) AS count FROM finding WHERE year = $year", {"year": year})
    assert found["count"] == len(planted(year, CHECKED)) > 0


def test_the_run_is_on_record(snapshot, summary):
    (run,) = rows(snapshot, "SELECT * FROM audit.run")
    assert run["state"] == "completed"
    assert run["reports_new"] == summary.reports == run["links"]
    assert run["findings"] == len(all_planted())


def test_great_expectations_judges_every_rule(snapshot):
    validated = rows(
        snapshot,
        "SELECT rule_id, edition, bool_and(expectation_success) AS success, count(expectation_success) AS said, "
        "count(*) AS years, sum(failed) AS failed FROM audit.validation GROUP BY rule_id, edition",
    )
    assert validated
    assert all(row["said"] == row["years"] for row in validated)
    assert all(row["success"] for row in validated if row["failed"] == 0)


def test_data_docs_show_the_suites(summary):
    page = Path(summary.docs).read_text(encoding="utf-8")
    assert "form-2019" in page
    assert "form-2021" in page


def test_every_cell_is_traceable_to_its_page(snapshot):
    (row,) = rows(
        snapshot,
        "SELECT count(*) AS cells, "
        "count(*) FILTER (page.sha256 = report.page_sha256 AND page.url = report.url) AS traced "
        "FROM core.cell JOIN core.report USING (report_id) JOIN raw.page USING (page_id)",
    )
    assert row["cells"] == row["traced"] > 0


def counted(snapshot):
    return rows(
        snapshot,
        "SELECT (SELECT count(*) FROM core.report) AS reports, (SELECT count(*) FROM core.cell) AS cells, "
        "(SELECT count(*) FROM audit.finding) AS findings, (SELECT count(*) FROM audit.problem) AS problems, "
        "(SELECT count(*) FROM raw.page WHERE purpose = 'report') AS pages, "
        "(SELECT count(*) FROM core.organ) AS organs",
    )


def test_a_second_run_changes_no_count_and_fetches_nothing_again(snapshot, portal, home):
    before, requests_before = counted(snapshot), len(portal.requests)
    again = backfill("2019")
    assert again.counts.reports_new == 0
    assert again.counts.pages_fetched == 0
    assert counted(snapshot) == before
    asked = [request.target for request in portal.requests[requests_before:]]
    assert not [path for path in asked if "/art/" in path or "/t20" in path]


@pytest.mark.long
def test_force_fetches_again_and_still_loads_nothing_twice(snapshot, home):
    before = counted(snapshot)
    forced = backfill("2021", force=True)
    assert forced.counts.pages_fetched > 0
    assert forced.counts.reports_new == 0
    after = counted(snapshot)
    assert {**after[0], "pages": 0} == {**before[0], "pages": 0}


def said_of(year, snapshot):
    of_year = "(SELECT report_id FROM core.report WHERE year = $year)"
    queries = {
        "report": "SELECT report_id, url, page_sha256, is_current, cells_read FROM core.report WHERE year = $year",
        **{
            table: f"SELECT COLUMNS(name -> name <> 'report_no') FROM core.{table} WHERE report_id IN {of_year}"
            for table in ("cell", "statement", "report_table", "statistics_line")
        },
        "finding": "SELECT finding_id, verdict, reason, difference, sentence_zh FROM audit.finding "
        f"WHERE report_id IN {of_year}",
        "problem": "SELECT problem_id, detail FROM main.problem WHERE year = $year",
    }
    return {name: rows(snapshot, f"{sql} ORDER BY ALL", {"year": year}) for name, sql in queries.items()}


@pytest.mark.long
def test_a_backfill_into_a_lake_says_what_one_into_a_file_says(snapshot, postgres, tmp_path, monkeypatch):
    year = 2019  # the first: nothing is said of it that follows from an earlier year
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path))
    monkeypatch.setenv("GOUJI_WAREHOUSE", postgres.new_lake())
    monkeypatch.setenv("GOUJI_LAKE_DATA", str(tmp_path / "lake"))
    backfill(str(year))
    in_lake = said_of(year, tmp_path / "published" / "gouji.duckdb")
    assert not (tmp_path / "warehouse.duckdb").exists()
    assert in_lake == said_of(year, snapshot)
    assert all(in_lake[name] for name in ("report", "cell", "statement", "report_table", "finding"))
