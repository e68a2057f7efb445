"""A backfill killed at a random moment of a stage goes on where it stopped, and ends where an undisturbed one ends."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
import yaml
from prefect.settings import get_current_settings

from samples import SampleReport, published_reports
from tests.flows.chaos import CONTENT, ENTRIES, Ended, FlawedPortal, Kill, kills, workshop

SEED = int(os.environ.get("SEED", "20240131"))
YEARS = "2023-2024"
STAGES = [*ENTRIES]

Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def run(prefect_server) -> Iterator[Run]:
    with workshop(str(get_current_settings().api.url)) as run:
        yield run


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Iterator[Path]:
    with flawed_source(tmp_path_factory.mktemp("sources"), [*published_reports()][::4]) as directory:
        yield directory


@contextmanager
def flawed_source(folder: Path, reports: Sequence[SampleReport]) -> Iterator[Path]:
    """Serve a flawed portal with some reports; yield the folder of its source file, which has no floor."""
    with FlawedPortal(port=0, reports=reports) as portal:
        directory = portal.write_source(folder)
        (file,) = directory.glob("*.yaml")
        declared = yaml.safe_load(file.read_text(encoding="utf-8"))
        del declared["floor"]
        file.write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
        yield directory


@pytest.fixture(scope="module")
def undisturbed(run, sources, tmp_path_factory) -> Ended:
    ended = run(tmp_path_factory.mktemp("undisturbed"), sources, YEARS)
    assert ended.exit_code == 0
    content = ended.content()
    assert all(content[name] for name in CONTENT if name != "expected")
    assert {row["code"] for row in content["problems"]} == {"not_found", "no_tables"}
    return ended


def assert_the_same(ended: Ended, undisturbed: Ended) -> None:
    assert ended.exit_code == 0
    expected, found = undisturbed.content(), ended.content()
    for name in CONTENT:
        assert found[name] == expected[name], name


@pytest.mark.timeout(400)
def test_one_kill_after_another_leaves_nothing_that_one_more_run_does_not_mend(run, sources, undisturbed, tmp_path):
    for kill in kills(undisturbed.durations, ["fetch", "load", "publish"], Random(SEED)):
        run(tmp_path, sources, YEARS, kill)
    assert_the_same(run(tmp_path, sources, YEARS), undisturbed)


def moments() -> list[tuple[int, str]]:
    """Twenty seeded moments, each in the next stage."""
    return [(SEED + number, STAGES[number % len(STAGES)]) for number in range(20)]


@pytest.mark.chaos
@pytest.mark.parametrize(("seed", "stage"), moments(), ids=lambda value: str(value))
def test_a_kill_at_any_moment(run, sources, undisturbed, tmp_path, seed, stage, record_property):
    (kill,) = kills(undisturbed.durations, [stage], Random(seed))
    killed = run(tmp_path, sources, YEARS, kill)
    record_property("kill", f"{kill} killed={killed.killed}")
    print(f"{kill} killed={killed.killed}")
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
            killed = run(tmp_path / "killed", directory, "2019-2024", kill)
            print(f"{kill} killed={killed.killed}", flush=True)
        assert_the_same(run(tmp_path / "killed", directory, "2019-2024"), undisturbed)


def test_moments_are_drawn_within_their_stages():
    durations = {"fetch": [1.0, 2.0], "load": [0.5]}
    for seed in range(50):
        fetch, load = kills(durations, ["fetch", "load"], Random(seed))
        assert fetch.stage == "fetch"
        assert 0 <= fetch.seconds <= durations["fetch"][fetch.call]
        assert load == Kill("load", 0, load.seconds)
        assert 0 <= load.seconds <= 0.5
