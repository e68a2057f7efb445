"""What operators ask: how it stands, what went wrong, what to do."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from warehouse import store
from warehouse.loading.runs import RunCounts, StageWork, finish_run, record_stages, start_run
from warehouse.loading.staging import insert_rows
from warehouse.snapshots.publish import publish

FIRST = datetime(2024, 2, 1, 5, 23, tzinfo=UTC)


def run(run_id, days, state="completed", problems=0):
    started = FIRST + timedelta(days=days)
    finished = None if state == "crashed" else started + timedelta(minutes=5)
    return [run_id, "refresh", "{}", state, "0.1.0", started, finished, 90, 90, 0, 88, 2, 40, problems]


def problem(code, item, stage="fetch", days=0, resolved=None):
    return {
        "problem_id": f"{code} {item}",
        "source_id": "sample",
        "year": 2023,
        "stage": stage,
        "item": item,
        "code": code,
        "detail": f"{code} at {item}",
        "attempts": 3,
        "first_seen_at": FIRST + timedelta(days=days, minutes=1),
        "last_seen_at": FIRST + timedelta(days=days, minutes=1),
        "resolved_at": resolved,
        "run_id": "aaa",
    }


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    home = tmp_path_factory.mktemp("operated")
    with store.writer(home / "warehouse.duckdb") as connection:
        for each in (run("aaa111", 0, problems=2), run("bbb222", 1, problems=5), run("ccc333", 2, "crashed")):
            connection.execute(
                "INSERT INTO audit.run (run_id, flow, parameters, state, gouji_version, started_at, finished_at, "
                "links, pages_fetched, pages_unchanged, reports_new, reports_seen, findings, problems) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                each,
            )
        work = [StageWork("fetch", 90, 45.0, 2_000_000, 3), StageWork("extract", 90, 9.0, 2_000_000, 3)]
        record_stages(connection, "bbb222", "sample", 2023, work, FIRST)
        insert_rows(
            connection,
            {
                "problem": [
                    problem("unreachable", "http://a/1"),
                    problem("unreachable", "http://a/2", days=2),
                    problem("soft_404", "http://a/3", resolved=FIRST + timedelta(days=3)),
                    problem("year_unknown", "http://a/4", stage="extract"),
                    problem("of_the_future", "http://a/5", stage="extract"),
                ],
            },
        )
        publish(connection, home / "warehouse.duckdb", home / "published" / "gouji.duckdb")
    return home


@pytest.fixture
def ask(gouji, snapshot, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(snapshot))

    def run(*arguments):
        result = gouji(*arguments)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout) if "--json" in arguments else result.stdout

    return run


def test_problems_come_by_code_with_cause_and_remedy(ask):
    text = ask("problems")
    assert text.index("unreachable") < text.index("year_unknown")
    assert "无法连接主机" in text
    assert "稍后再运行" in text
    assert "soft_404" not in text
    (first, second) = ask("problems", "--code", "unreachable", "--lang", "en", "--json")
    assert first["remedy"].startswith("run the backfill again")
    assert {first["item"], second["item"]} == {"http://a/1", "http://a/2"}


def test_problems_are_filtered_by_stage_and_a_code_of_another_version_is_shown_as_one(ask):
    codes = {row["code"]: row["cause"] for row in ask("problems", "--stage", "extract", "--json")}
    assert codes.keys() == {"year_unknown", "of_the_future"}
    assert "另一版本" in codes["of_the_future"]
    assert "of_the_future" in ask("problems")


def test_status_shows_how_it_develops(ask):
    found = ask("status", "--json")
    assert [row["run"] for row in found["runs"]] == ["ccc333", "bbb222", "aaa111"]
    assert found["runs"][1]["problems_change"] == 3
    (speed,) = found["speed"]
    assert (speed["fetch"], speed["extract"], speed["load"]) == (2, 10, None)
    changes = {row["code"]: (row["open"], row["new"], row["resolved"]) for row in found["problems"]}
    assert changes["unreachable"] == (2, 1, 0)
    assert changes["soft_404"] == (0, 0, 1)
    assert "Items in a second" in ask("status", "--lang", "en")


def test_runs_are_listed_and_shown_stage_by_stage(ask, gouji):
    assert "crashed" in ask("status")
    assert [row["run"] for row in ask("status", "--state", "completed", "--json")["runs"]] == ["bbb222", "aaa111"]
    shown = ask("status", "bbb", "--json")
    assert [(row["stage"], row["items_per_second"], row["retries"]) for row in shown["stages"]] == [
        ("fetch", 2, 3),
        ("extract", 10, 3),
    ]
    assert "Stages" in ask("status", "bbb", "--lang", "en")
    assert gouji("status", "nothing").exit_code == 2


def test_a_run_that_was_not_published_is_shown_as_the_warehouse_has_it(ask, snapshot):
    with store.writer(snapshot / "warehouse.duckdb") as connection:
        start_run(connection, run_id="ddd444", flow="refresh", parameters={}, version="0.1.0", at=datetime.now(UTC))
        finish_run(
            connection, run_id="ddd444", state="completed", counts=RunCounts(pages_unchanged=7), at=datetime.now(UTC)
        )
        record_stages(connection, "ddd444", None, None, [StageWork("fetch", 7, 3.5)], datetime.now(UTC))
    shown = ask("status", "ddd", "--json")
    assert (shown["state"], shown["unchanged"], shown["stages"][0]["items_per_second"]) == ("completed", 7, 2)
    assert "ddd444" not in ask("status", "--json")


def test_the_runbook_explains_every_code(ask, gouji):
    assert "below_floor" in ask("problems", "--runbook")
    (entry,) = ask("problems", "--runbook", "--code", "below_floor", "--lang", "en", "--json")
    assert "lower the floor" in entry["remedy"]
    assert gouji("problems", "--runbook", "--code", "nothing").exit_code == 2
