"""What an earlier run recorded of something that failed as a whole is settled by the next one that goes through it."""

from datetime import UTC, datetime

import pytest

from flows.backfill import backfill
from flows.running.sources import choose_sources
from tasks.discover import Discovery
from tasks.extract import EXTRACTOR_VERSION
from tasks.load import Batch, load
from tasks.metrics import Measured
from tasks.records import Problem, Stage
from tasks.settings import Settings
from tasks.stages import Listed, record_discovery, record_failure
from tasks.standing import archived_pages
from tests.flows.content import write_source
from warehouse.pages import UNREAD
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
        record_failure.fn(source, [item], year, "the server was gone", "first", settings)
    assert open_problems(settings) == ["sample", "sample 2023", "sample 2024"]
    nothing = Listed(Discovery(links=(), problems=(), asked=(), lists=()), (), Measured(Stage.DISCOVER))
    record_discovery.fn(source, nothing, [2023], [], "second", settings)
    assert open_problems(settings) == ["sample 2024"]


@pytest.mark.parametrize("code", UNREAD)
def test_a_page_whose_batch_failed_is_read_again_though_it_did_not_change(settings, code):
    backfill("2024")
    (source,) = choose_sources(settings.sources, None)
    with writer(settings.store) as connection:
        (url,) = connection.execute("SELECT min(url) FROM main.report").fetchone()
    batch = Batch(source, "failed", datetime.now(UTC), EXTRACTOR_VERSION)
    batch.add_problems([Problem(Stage.EXTRACT, url, code, "the worker died")], 2024)
    load([batch.write(settings.staging / "failed")], settings.store)
    assert open_problems(settings) == [url]
    assert [page.link.url for page in archived_pages(source, [2024], settings, everything=False)] == [url]
    backfill("2024")
    assert open_problems(settings) == []
    assert archived_pages(source, [2024], settings, everything=False) == ()
