import fcntl
import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import Postgres, running_postgres
from tests.real_reports import REPORTS

settings.load_profile("ci")
"""Properties are tried on the same examples every time; ``--hypothesis-profile default`` looks for new ones."""


gc.disable()
"""A fourth of what it takes to collect the tests would go into looking for garbage among what stays."""
_SELDOM = 100_000
"""How many more objects there are before garbage is looked for again; with 700, reading takes 3 % longer."""


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(_SELDOM)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In continuous integration whatever can be had is there, so that a test skipped for want of it has failed."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and REPORTS.is_dir():
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of one run see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def starting_prefect_server(request: pytest.FixtureRequest, shared_folder: Path) -> Iterator[dict[str, str] | None]:
    """The Prefect server of the tests of flows, if they are to run: it gets ready while other tests run."""
    if any("flows" in item.path.parts for item in request.session.items):
        from tests.flows.servers import shared_server

        with shared_server(shared_folder) as environment:
            yield environment
    else:
        yield None


@pytest.fixture(scope="session")
def sample_home(shared_folder: Path) -> Path:
    """A home with the published warehouse of the cookbook, made once for all workers; to be read only."""
    home = shared_folder / "sample_home"
    with (shared_folder / "sample_home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            from samples.cookbook import YEARS
            from samples.warehouse import build

            build(home.with_suffix(".partial"), YEARS)
            home.with_suffix(".partial").rename(home)
    return home


@pytest.fixture(scope="session")
def sample_snapshot(sample_home: Path) -> Path:
    return sample_home / "published" / "gouji.duckdb"
