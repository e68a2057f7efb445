from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_HOME,
    temporary_settings,
)

from samples import organs, published_reports
from samples.portal import Portal
from tests.flows.content import write_source
from tests.flows.servers import wait_for_server


@pytest.fixture(scope="session", autouse=True)
def prefect_server(starting_prefect_server: dict[str, str]) -> Iterator[dict[str, str]]:
    """A real Prefect server, shared by all test processes; yields the environment that leads to it.

    Flows in the test processes themselves send no heartbeats: every flow would wait for its last one to be slept out.
    """
    environment = starting_prefect_server
    wait_for_server(environment)
    with temporary_settings(
        {
            PREFECT_API_URL: environment["PREFECT_API_URL"],
            PREFECT_HOME: environment["PREFECT_HOME"],
            PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        }
    ):
        yield environment
        for worker in (APILogWorker, EventsWorker):
            worker.drain_all(timeout=10)


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    with Portal(port=0) as portal:
        yield portal


@pytest.fixture(scope="module")
def small_portal() -> Iterator[Portal]:
    """A portal of thirteen organs of every kind with reports for 2023 and 2024; a module of tests may correct them."""
    few = {organ.name for organ in list(organs())[::7]}
    with Portal(
        port=0, reports=(each for each in published_reports() if each.organ.name in few and each.year >= 2023)
    ) as portal:
        yield portal


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, portal: Portal) -> Iterator[Path]:
    """A GOUJI_HOME whose only source is the sample portal."""
    yield from _home(tmp_path_factory.mktemp("home"), portal)


@pytest.fixture(scope="module")
def small_home(tmp_path_factory: pytest.TempPathFactory, small_portal: Portal) -> Iterator[Path]:
    """A GOUJI_HOME whose only source is the small portal."""
    yield from _home(tmp_path_factory.mktemp("home"), small_portal)


def _home(home: Path, portal: Portal) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOUJI_HOME", str(home))
        patch.setenv("GOUJI_SOURCES", str(write_source(portal, home / "sources")))
        yield home
