"""A backfill killed or ended at a random moment of a stage goes on where it stopped, and ends as an undisturbed one."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from samples import SampleReport, organs, published_reports
from tests.flows.chaos import ENTRIES, Ended, FlawedPortal, Kill, kills, workshop
from tests.flows.content import content_of, write_source
from warehouse.snapshots.query import rows

SEED = int(os.environ.get("SEED", "20240131"))
YEARS = "2023-2024"
STAGES = [*ENTRIES]

Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def run(prefect_server) -> Iterator[Run]:
    with workshop(prefect_server) as run:
        yield run


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Iterator[Path]:
    few = {organ.name for organ in list(organs())[:12]}
    reports = [report for report in published_reports() if report.organ.name in few and report.year >= 2023]
    with flawed_source(tmp_path_factory.mktemp("sources"), reports) as directory:
        yield directory


@contextmanager
def flawed_source(folder: Path, reports: Sequence[SampleReport]) -> Iterator[Path]:
    """Serve a flawed portal with some reports; yield the folder of its source file, which has no floor."""
    with FlawedPortal(port=0, reports=reports) as portal:
        yield write_source(portal, folder)


@pytest.fixture(scope="module")
def undisturbed(run, sources, tmp_path_factory) -> Ended:
    ended = run(tmp_path_factory.mktemp("undisturbed"), sources, YEARS)
    assert ended.exit_code == 0
    content = content_of(ended.snapshot)
    assert all(content[name] for name in ("core.report", "core.cell", "core.statement", "audit.finding", "pages"))
    assert {row["code"] for row in content["problems"]} >= {"not_found", "no_tables"}
    return ended


def assert_the_same(ended: Ended, undisturbed: Ended) -> None:
    assert ended.exit_code == 0
    expected, found = content_of(undisturbed.snapshot), content_of(ended.snapshot)
    assert found.keys() == expected.keys()
    for name in expected:
        assert found[name] == expected[name], name


@pytest.mark.long
@pytest.mark.timeout(400)
def test_one_kill_after_another_leaves_nothing_that_one_more_run_does_not_mend(run, sources, undisturbed, tmp_path):
    for kill in kills(undisturbed.durations, ["fetch", "load", "publish"], Random(SEED)):
        assert run(tmp_path, sources, YEARS, kill).killed, kill
    assert_the_same(run(tmp_path, sources, YEARS), undisturbed)


def moments(count: int) -> list[tuple[int, str]]:
    """So many seeded moments, each in the next stage."""
    return [(SEED + number, STAGES[number % len(STAGES)]) for number in range(count)]


@pytest.mark.chaos
@pytest.mark.parametrize(("seed", "stage"), moments(20), ids=str)
def test_a_kill_at_any_moment(run, sources, undisturbed, tmp_path, seed, stage):
    (kill,) = kills(undisturbed.durations, [stage], Random(seed))
    print(kill)
    assert run(tmp_path, sources, YEARS, kill).killed
    assert_the_same(run(tmp_path, sources, YEARS), undisturbed)


@pytest.mark.chaos
@pytest.mark.timeout(3600)
def test_ten_kills_of_a_backfill_of_five_hundred_reports(run, tmp_path):
    reports = [*published_reports()]
    random = Random(SEED)
    with flawed_source(tmp_path / "sources", reports) as directory:
        undisturbed = run(tmp_path / "undisturbed", directory, "2019-2024")
        assert len(reports) >= 500
        for kill in kills(undisturbed.durations, random.choices(STAGES, k=10), random):
            print(kill, flush=True)
            ended = run(tmp_path / "killed", directory, "2019-2024", kill)
            assert ended.killed or len(ended.durations[kill.stage]) <= kill.call, "the moment came, and was survived"
        assert_the_same(run(tmp_path / "killed", directory, "2019-2024"), undisturbed)


def test_moments_are_drawn_within_their_stages():
    durations = {"fetch": [1.0, 2.0], "load": [0.5]}
    for seed in range(50):
        fetch, load = kills(durations, ["fetch", "load"], Random(seed))
        assert fetch.stage == "fetch"
        assert 0 <= fetch.seconds <= durations["fetch"][fetch.call]
        assert load == Kill("load", 0, load.seconds)
        assert 0 <= load.seconds <= 0.5


@pytest.mark.chaos
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT], ids=str)
@pytest.mark.parametrize(("seed", "stage"), moments(len(STAGES)), ids=str)
def test_a_signal_at_any_moment(run, sources, undisturbed, tmp_path, seed, stage, by):
    """Whoever stops a run, by Ctrl-C or a service's stop, waits for its orderly end, and finds it on record.

    What a run did is on record before it is published, for the snapshot tells of it.
    """
    (kill,) = kills(undisturbed.durations, [stage], Random(seed), by)
    print(kill)
    run(tmp_path, sources, YEARS, kill)
    again = run(tmp_path, sources, YEARS)
    assert_the_same(again, undisturbed)
    states = [
        row["state"] for row in rows(again.home / "warehouse.duckdb", "SELECT state FROM audit.run ORDER BY started_at")
    ]
    assert states == ["completed" if stage == "publish" else "cancelled", "completed"]
