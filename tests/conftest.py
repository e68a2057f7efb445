import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the published warehouse of the cookbook, made once for all workers; to be read only."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "sample_home"
    with (shared / "sample_home.lock").open("w") as lock:
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
