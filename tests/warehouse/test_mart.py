"""The tables of a published snapshot's schema ``mart``: what the views say, made once."""

from dataclasses import replace

import pytest

from tests.expectations.books import UNREADABLE, consistent, load
from warehouse import store
from warehouse.forms import TableCode
from warehouse.loading.staging import insert_rows
from warehouse.mart import build
from warehouse.snapshots.query import query, rows

SAME = ("report", "outcomes", "dispute_rates", "report_quality", "carry_over_gap", "finding", "coverage", "correction")
"""Views that read a table of the mart."""
BUILT_ON_THEM = ("outcome_rates", "carry_over", "year_on_year", "ranking", "timeliness", "coverage_by_year", "cell")


def ordered(table):
    return sorted(map(repr, table.to_pylist()))


@pytest.fixture(scope="module")
def working(sample_home, tmp_path_factory):
    """A snapshot without the mart: the views as they are in the warehouse."""
    return sample_home / "warehouse.duckdb"


@pytest.mark.parametrize("view", [*SAME, *BUILT_ON_THEM])
def test_a_view_says_the_same_with_its_table_as_without(sample_snapshot, working, view):
    plain, made = query(working, f"FROM main.{view}"), query(sample_snapshot, f"FROM main.{view}")
    assert made.schema == plain.schema
    assert made.num_rows > 0
    assert ordered(made) == ordered(plain)


def test_the_cube_of_findings_counts_every_finding_once(sample_snapshot):
    (told,) = rows(sample_snapshot, "SELECT sum(findings)::INTEGER AS n FROM mart.finding_count")
    (found,) = rows(sample_snapshot, "SELECT count(*)::INTEGER AS n FROM main.finding")
    assert told == found


def test_a_country_holds_what_its_parts_hold(sample_snapshot):
    told = rows(
        sample_snapshot,
        "SELECT year, sum(reports)::INTEGER AS reports, "
        "sum(clean + questionable + inconsistent + incomplete + blank)::INTEGER AS judged "
        "FROM mart.region WHERE region_code = '000000' GROUP BY year ORDER BY year",
    )
    assert told == rows(
        sample_snapshot,
        "SELECT year, count(*)::INTEGER AS reports, count(*)::INTEGER AS judged "
        "FROM main.report GROUP BY year ORDER BY year",
    )


def test_a_region_says_of_how_many_reports_a_sum_lacks_something():
    whole = consistent("whole")
    received = (TableCode.APPLICATIONS, "received_new", "total")
    unread = replace(whole.changed("unread", {received: UNREADABLE}), organ_id="unread")
    organs = [
        {"organ_id": each, "name": each, "level": "county", "kind": "department", "region_code": "330302"}
        for each in ("organ", "unread")
    ]
    with load([whole, unread], store.memory()) as connection:
        insert_rows(connection, {"organ": organs})
        build(connection)
        told = connection.execute(
            "SELECT DISTINCT reports, unread, received_new, concluded FROM mart.region"
        ).fetchall()
    concluded = whole.cells[TableCode.APPLICATIONS, "concluded_total", "total"]
    assert told == [(2, 1, whole.cells[received], 2 * concluded)]


def test_peers_are_those_with_a_rate(sample_snapshot):
    assert rows(
        sample_snapshot,
        "SELECT year, measure, sum(ranked)::INTEGER AS n FROM mart.peer WHERE region_code = '990100' GROUP BY ALL "
        "ORDER BY ALL",
    ) == rows(sample_snapshot, "SELECT year, measure, count(*)::INTEGER AS n FROM ranking GROUP BY ALL ORDER BY ALL")


def test_what_a_rule_came_to_is_what_its_last_audit_said(sample_snapshot):
    (wrong,) = rows(
        sample_snapshot,
        "SELECT count(*) AS n FROM mart.rule_year WHERE evaluated <> passed + failed + not_assessable "
        "OR (failed > 0) <> (reports > 0)",
    )
    assert wrong["n"] == 0


def test_an_empty_warehouse_has_a_mart_of_forms_only():
    with store.memory() as connection:
        build(connection)
        build(connection)
        for (table,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart' AND table_name <> 'form_cell'"
        ).fetchall():
            assert connection.execute(f"SELECT count(*) FROM mart.{table}").fetchone() == (0,)
