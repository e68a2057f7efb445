from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from explorer.app import application
from explorer.site import Offers
from explorer.snapshots import Snapshots
from warehouse.snapshots.query import rows


def client_of(snapshot: Path, offers: Offers | None = None) -> TestClient:
    """A client of the explorer on a snapshot; an error within a page is an answer, as for any visitor."""
    return TestClient(
        application(Snapshots(snapshot, seconds=300), offers), raise_server_exceptions=False, follow_redirects=False
    )


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
def ask(sample_snapshot: Path) -> Any:
    """Ask the snapshot itself."""
    return lambda sql, parameters=(): rows(sample_snapshot, sql, parameters)


@pytest.fixture(scope="session")
def broken(ask: Any) -> str:
    """A report with several critical findings."""
    (found,) = ask("SELECT report_id FROM mart.report ORDER BY critical DESC, report_id LIMIT 1")
    return str(found["report_id"])
