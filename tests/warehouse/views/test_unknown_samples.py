"""Whatever is not read of whichever sample report: no finding and no figure of a view turns into another one.

The reports of the sample city stand in one warehouse, those of 2014 to 2018 with their appendix, with figures falsified
here and there. Then many cells of all reports at once are dropped or spoilt, and the whole is audited again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations import validate
from samples import published_reports
from samples.appendix import appendix_reports
from samples.reports import YEARS
from samples.warehouse import FIRST_RUN, listed, sample_source, stage
from tests.expectations.books import UNREADABLE
from tests.warehouse.conftest import cell_row, report_row
from tests.warehouse.views.test_unknown import NOT_FIGURES
from tests.warehouse.views.test_unknown import VIEWS as OF_VIEWS
from warehouse.loading.load import load_batch
from warehouse.loading.staging import insert_rows
from warehouse.store import Connection, memory

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
VIEWS = {**OF_VIEWS, "disputes": "report_id, row_code", "statistics": "report_id, position"}
PLACE = "report_id, rule_id, table_code, row_code, column_code, statement_ordinal"
PARTS = {"cell": "report_id, table_code, row_code, column_code", "statistics_line": "report_id, ordinal"}
FALSIFIED = 300
"""One figure of so many is falsified."""
EVERY = 60
"""The walk over every cell takes so many steps: each spoils so small a part of all cells at once."""


@pytest.fixture(scope="module", params=[range(2019, 2023), pytest.param(YEARS, marks=pytest.mark.long)], ids=str)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A warehouse of the sample reports of some years, audited; what it then said stands in tables ``true_…``."""
    source = sample_source()
    with memory() as connection:
        directory: Path = tmp_path_factory.mktemp("city") / "batch"
        load_batch(
            connection, stage(source, listed(source, published_reports(request.param)), "run", FIRST_RUN, directory)
        )
        _add_appendices(connection)
        for table, key in PARTS.items():
            connection.execute(
                f"UPDATE core.{table} SET value = value + 7 WHERE hash('false', {key}) % {FALSIFIED} = 0"
            )
            connection.execute(f"CREATE TEMP TABLE kept_{table} AS FROM core.{table}")
        connection.execute("CREATE TEMP TABLE kept_report_table AS FROM core.report_table")
        _audit(connection)
        connection.execute("CREATE TEMP TABLE true_finding AS FROM audit.finding WHERE verdict = 'fail'")
        for view in VIEWS:
            connection.execute(f"CREATE TEMP TABLE true_{view} AS FROM main.{view}")
        yield connection


def _add_appendices(connection: Connection) -> None:
    organs = dict(connection.execute("SELECT name, organ_id FROM core.organ").fetchall())
    reports, lines = [], []
    for number, report in enumerate(appendix_reports()):
        report_id = f"appendix-{number}"
        name = report.organ.name
        identity = {"organ_id": organs[name], "organ_name": name, "year": report.year, "is_current": True}
        reports.append(report_row(report_id, **identity))
        lines += [
            {
                **cell_row(report_id),
                "ordinal": ordinal,
                "code": line.code,
                "label": line.label,
                "unit": line.unit,
                "value": line.value,
            }
            for ordinal, line in enumerate(report.lines)
        ]
    insert_rows(connection, {"report": reports, "statistics_line": lines})


def _audit(connection: Connection) -> None:
    validate(connection, run_id="run", validated_at=NOW)


@contextmanager
def spoilt(connection: Connection, dropped: str, spoiled: str) -> Iterator[None]:
    """Drop some cells and spoil others, told by conditions on ``drawn``; audit; put back what was there.

    Lines that an appendix has beyond its form are not dropped: nothing says that they are missing.
    """
    for table, key in PARTS.items():
        drawn = f"SELECT *, hash({key}) AS drawn FROM kept_{table}"
        value = f"CASE WHEN {spoiled} THEN NULL ELSE value END AS value"
        state = f"CASE WHEN {spoiled} THEN '{UNREADABLE}' ELSE state END AS state"
        connection.execute(f"DELETE FROM core.{table}")
        connection.execute(
            f"INSERT INTO core.{table} BY NAME SELECT * EXCLUDE (drawn) REPLACE ({value}, {state}) FROM ({drawn}) "
            f"WHERE NOT ({dropped}){' OR code IS NULL' if table == 'statistics_line' else ''}"
        )
    connection.execute(
        "UPDATE core.report_table AS part SET cells_read = found.cells, cells_unreadable = found.unreadable FROM ("
        f"SELECT report_id, table_code, count(*) AS cells, count(*) FILTER (state = '{UNREADABLE}') AS unreadable "
        "FROM core.cell GROUP BY ALL) AS found "
        "WHERE found.report_id = part.report_id AND found.table_code = part.table_code"
    )
    _audit(connection)
    yield


def other_findings(connection: Connection) -> list[tuple[object, ...]]:
    """Findings that were not there when everything was read, or with other figures."""
    same = " AND ".join(
        f"now.{each} IS NOT DISTINCT FROM base.{each}" for each in f"{PLACE}, left_value, right_value".split(", ")
    )
    named = "list_transform({}.likely, each -> (each.row_code, each.column_code, each.value))"
    return connection.execute(
        f"SELECT {PLACE}, left_value, right_value, likely FROM audit.finding AS now WHERE verdict = 'fail' "
        f"AND NOT EXISTS (FROM true_finding AS base WHERE {same} "
        f"AND (now.likely = [] OR {named.format('now')} = {named.format('base')}))"
    ).fetchall()


def findings_that_went(connection: Connection) -> list[tuple[object, ...]]:
    """Findings that are neither told any more nor said to be not assessable."""
    same = " AND ".join(f"now.{each} IS NOT DISTINCT FROM base.{each}" for each in PLACE.split(", "))
    return connection.execute(
        f"SELECT {PLACE} FROM true_finding AS base WHERE NOT EXISTS ("
        f"FROM (SELECT {PLACE} FROM audit.finding UNION ALL BY NAME "
        f"SELECT *, unnest(places, max_depth := 2) FROM audit.not_assessable) AS now WHERE {same})"
    ).fetchall()


def other_figures(connection: Connection, view: str) -> list[tuple[object, ...]]:
    """Rows of a view in which some figure is another one, or that were not there."""
    key = VIEWS[view]
    columns = connection.execute(f"DESCRIBE main.{view}").fetchall()
    numeric = ("INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "DECIMAL")
    figures = [name for name, kind, *_ in columns if kind.startswith(numeric) and name not in NOT_FIGURES]
    other = " OR ".join(f"(now.{name} IS NOT NULL AND now.{name} IS DISTINCT FROM base.{name})" for name in figures)
    return connection.execute(
        f"SELECT now.* FROM main.{view} AS now LEFT JOIN true_{view} AS base USING ({key}) "
        f"WHERE base.{key.split(', ')[0]} IS NULL OR {other} LIMIT 5"
    ).fetchall()


def hold(connection: Connection) -> None:
    assert other_findings(connection) == []
    for view in VIEWS:
        assert other_figures(connection, view) == [], view


def test_the_sample_reports_break_rules_of_every_kind(city: Connection) -> None:
    rules = {rule for (rule,) in city.execute("SELECT DISTINCT rule_id FROM true_finding").fetchall()}
    assert rules >= {"A1", "A2", "A3", "B1", "C1", "C2", "C3", "D2", "E1", "E3", "F1", "F2", "G1", "G3", "G6"}


@pytest.mark.parametrize("one_of", [10, *(pytest.param(each, marks=pytest.mark.long) for each in (2, 200))])
def test_dropped_and_spoilt_cells_of_any_report(city: Connection, one_of: int) -> None:
    with spoilt(city, f"drawn % {2 * one_of} = 0", f"drawn % {2 * one_of} = 1"):
        hold(city)


@pytest.mark.parametrize("one_of", [8, *(pytest.param(each, marks=pytest.mark.long) for each in (3, 50))])
def test_findings_go_only_where_it_is_said_that_nobody_can_say(city: Connection, one_of: int) -> None:
    with spoilt(city, "false", f"drawn % {one_of} = 2"):
        hold(city)
        assert findings_that_went(city) == []


@pytest.mark.long
@pytest.mark.parametrize("step", range(EVERY))
@pytest.mark.parametrize("how", ["dropped", "spoilt"])
def test_every_cell_of_every_report(city: Connection, step: int, how: str) -> None:
    drawn = f"drawn // 1000 % {EVERY} = {step}"
    with spoilt(city, *((drawn, "false") if how == "dropped" else ("false", drawn))):
        hold(city)
