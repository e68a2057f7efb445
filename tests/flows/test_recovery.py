"""What an earlier run recorded of something that failed as a whole is settled by the next one that goes through it."""

import pytest

from flows.running.sources import choose_sources
from tasks.discover.discovery import Discovery
from tasks.problems import Stage
from tasks.runs.context import RunContext
from tasks.settings import Settings
from tasks.stages import Listed, record_discovery, record_failure
from tests.flows.content import write_source
from warehouse.loading.runs import StageWork
from warehouse.store import writer


def open_problems(settings: Settings) -> list[str]:
    with writer(settings.store) as connection:
        return [item for (item,) in connection.execute("SELECT item FROM main.problem ORDER BY ALL").fetchall()]


@pytest.fixture
def settings(tmp_path, monkeypatch, small_portal) -> Settings:
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path))
    monkeypatch.setenv("GOUJI_SOURCES", str(write_source(small_portal, tmp_path / "sources")))
    return Settings()


def test_a_source_that_failed_as_a_whole_is_no_problem_once_it_is_gone_through_again(settings):
    (source,) = choose_sources(settings.sources, None)
    for year in (None, 2023, 2024):
        item = source.name if year is None else f"{source.name} {year}"
        record_failure.fn(source, [item], year, "the server was gone", RunContext("first", settings))
    assert open_problems(settings) == ["sample", "sample 2023", "sample 2024"]
    nothing = Listed(Discovery(links=(), problems=(), asked=(), lists=()), (), StageWork(Stage.DISCOVER.value))
    record_discovery.fn(source, nothing, [2023], [], RunContext("second", settings))
    assert open_problems(settings) == ["sample 2024"]


def test_a_full_disk_is_told_with_what_to_do(settings):
    (source,) = choose_sources(settings.sources, None)
    reason = f"OSError: [Errno 28] No space left on device: {settings.home}/staging"
    record_failure.fn(source, ["sample 2023"], 2023, reason, RunContext("full", settings))
    with writer(settings.store) as connection:
        (detail,) = connection.execute("SELECT detail FROM main.problem").fetchone()
    assert detail.endswith(f"device: {settings.home}/staging; make room (`gouji housekeeping`), then run again")
