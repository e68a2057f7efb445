import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from samples.portal import Portal


@pytest.fixture(scope="session", autouse=True)
def prefect_server() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with Portal(port=0) as portal:
        yield portal


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, portal: Portal) -> Iterator[Path]:
    """A GOUJI_HOME whose only source is the sample portal."""
    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    os.environ["GOUJI_HOME"] = str(home)
    os.environ["GOUJI_SOURCES"] = str(portal.write_source(home / "sources"))
    yield home
    os.environ.clear()
    os.environ.update(before)
