"""Several at the same time: two operators with the same backfill, a source that fails beside one that does not."""

import logging
import subprocess
from logging.handlers import QueueHandler
from queue import Queue
from threading import Thread

import pytest
import yaml

from flows.backfill import backfill
from tasks.runs.context import RunContext
from tasks.runs.record import recorded_run
from tasks.settings import Settings
from tasks.stages import publish_snapshot
from tests.flows.content import content_of, write_source
from tests.flows.servers import GOUJI
from warehouse.snapshots.query import rows
from warehouse.store import writer


@pytest.fixture(scope="module")
def undisturbed(small_home):
    backfill("2024")
    return content_of(small_home / "published" / "gouji.duckdb")


@pytest.mark.long
def test_two_operators_with_the_same_backfill_both_end_well(undisturbed, prefect_server, small_portal, tmp_path):
    sources = write_source(small_portal, tmp_path / "sources")
    settings = {"GOUJI_HOME": str(tmp_path), "GOUJI_SOURCES": str(sources), "GOUJI_BATCH_SIZE": "3"}
    both = [
        subprocess.Popen(
            [GOUJI, "backfill", "2024"],
            env={**prefect_server, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    outputs = [each.communicate()[0] for each in both]
    assert [each.returncode for each in both] == [0, 0], outputs
    assert not any("Traceback" in output for output in outputs), outputs
    snapshot = tmp_path / "published" / "gouji.duckdb"
    assert content_of(snapshot) == undisturbed
    states = rows(snapshot, "SELECT state, count(*) AS n FROM audit.run GROUP BY state")
    assert states == [{"state": "completed", "n": 2}]


def run_and_publish(settings: Settings) -> None:
    with recorded_run(RunContext("quick", settings), "backfill", [2023], {}):
        pass
    publish_snapshot.fn(RunContext("quick", settings))


def load_half(settings: Settings, half: str) -> None:
    with writer(settings.store) as connection:
        connection.execute("INSERT INTO core.organ (organ_id, name) VALUES (?, ?)", [half, half])


def test_a_run_that_is_through_publishes_nothing_that_another_has_half_loaded(tmp_path):
    settings, told = Settings(home=tmp_path), Queue()
    logger, handler = logging.getLogger("gouji"), QueueHandler(told)
    logger.addHandler(handler)
    try:
        with recorded_run(RunContext("slow", settings), "backfill", [2024], {}):
            load_half(settings, "first half")
            quick = Thread(target=run_and_publish, args=(settings,))
            quick.start()
            assert "until no other run is loading" in told.get(timeout=120).getMessage()
            assert not settings.published.exists()
            load_half(settings, "second half")
        quick.join()
    finally:
        logger.removeHandler(handler)
    assert rows(settings.published, "SELECT count(*) AS n FROM core.organ") == [{"n": 2}]


@pytest.mark.long
def test_a_source_that_fails_stops_no_other(undisturbed, small_portal, tmp_path, monkeypatch):
    sources = write_source(small_portal, tmp_path / "sources")
    dead = yaml.safe_load((sources / "sample.yaml").read_text(encoding="utf-8"))
    dead |= {"hosts": ["127.0.0.1:9"], "home": "http://127.0.0.1:9/", "title": "停机的网站"}
    dead.pop("indexes", None)
    dead["lists"] = [{"address": "http://127.0.0.1:9/col/col1/index.html", "adapter": "plain_list"}]
    (sources / "dead.yaml").write_text(yaml.safe_dump(dead, allow_unicode=True), encoding="utf-8")
    for name, value in {"HOME": tmp_path, "SOURCES": sources, "FETCH_ATTEMPTS": 1}.items():
        monkeypatch.setenv(f"GOUJI_{name}", str(value))
    state = backfill("2024", return_state=True)
    assert state.name == "CompletedWithProblems"
    snapshot = tmp_path / "published" / "gouji.duckdb"
    content = content_of(snapshot)
    assert content["core.report"] == undisturbed["core.report"]
    assert {row["source_id"] for row in rows(snapshot, "FROM problem")} == {"dead"}
