import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from explorer.app import application
from explorer.site import Offers
from explorer.snapshots import Snapshots
from warehouse.rows import Row
from warehouse.snapshots.query import DEFAULT_LIMITS, Parameters, answer_on
from warehouse.snapshots.reader import reader

Ask = Callable[..., list[Row]]


@contextmanager
def client_of(snapshot: Path, offers: Offers | None = None) -> Iterator[TestClient]:
    """A client of the explorer on a snapshot; an error within a page is an answer, as for any visitor."""
    with closing(Snapshots(snapshot, seconds=300)) as snapshots:
        explorer = application(snapshots, offers)
        with TestClient(explorer, raise_server_exceptions=False, follow_redirects=False) as client:
            yield client


@pytest.fixture
def own_snapshot(sample_snapshot: Path, tmp_path: Path) -> Path:
    """A copy of the snapshot that a test may change."""
    return Path(shutil.copyfile(sample_snapshot, tmp_path / "gouji.duckdb"))


@pytest.fixture(scope="session")
def client(sample_snapshot: Path) -> Iterator[TestClient]:
    with client_of(sample_snapshot) as client:
        yield client


@pytest.fixture(scope="session")
def workshop(sample_snapshot: Path) -> Iterator[TestClient]:
    """A client of an explorer that offers SQL and checks of files."""
    with client_of(sample_snapshot, Offers(sql=True, check=True)) as client:
        yield client


@pytest.fixture(scope="session")
def ask(sample_snapshot: Path) -> Iterator[Ask]:
    """Ask the snapshot itself."""
    with reader(sample_snapshot) as connection:

        def rows(sql: str, parameters: Parameters = ()) -> list[Row]:
            with answer_on(connection, sql, parameters, DEFAULT_LIMITS) as answer:
                return answer.table().to_pylist()

        yield rows


@pytest.fixture(scope="session")
def broken(ask: Ask) -> str:
    """A report with several critical findings."""
    (found,) = ask("SELECT report_id FROM mart.report ORDER BY critical DESC, report_id LIMIT 1")
    return str(found["report_id"])
