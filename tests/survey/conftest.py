"""Surveys of small portals on loopback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samples.portals.server import PortalServer
from tasks.archive.store import Archive
from tasks.discover.discovery import Discovery, discover
from tasks.fetch.client import Client
from tasks.sources.declaration import Politeness, Source
from tasks.survey.column_search import Found, search
from tasks.survey.proposal import Given
from tasks.survey.survey import Survey, survey
from tasks.survey.visits import Visits, undeclared
from tests.loopback import UNHURRIED, quick_settings

POLITENESS = Politeness.model_validate({**UNHURRIED, "robots": True})
NETWORKS = ("127.0.0.0/8",)


@pytest.fixture
def surveyed(tmp_path: Path) -> Callable[..., Survey]:
    """Survey a server from one of its pages."""

    def run(server: PortalServer, path: str = "/", name: str = "qinghe") -> Survey:
        given = Given(f"{server.address}{path}", name, NETWORKS, POLITENESS)
        return survey(given, quick_settings(tmp_path))

    return run


@pytest.fixture
def found_from(tmp_path: Path) -> Callable[..., Found]:
    """What a search finds from one of a server's pages."""

    def run(server: PortalServer, path: str = "/") -> Found:
        settings = quick_settings(tmp_path)
        blank = undeclared("qinghe", f"{server.address}{path}", networks=NETWORKS, politeness=POLITENESS)
        with Visits(blank, settings, Archive(settings.archive_root)) as visits:
            return search(f"{server.address}{path}", visits)

    return run


@pytest.fixture
def discovered(tmp_path: Path) -> Callable[..., Discovery]:
    """What a source lists for some years."""

    def run(source: Source, *years: int) -> Discovery:
        with Client(source, quick_settings(tmp_path), Archive(str(tmp_path / "archive"))) as client:
            return discover(source, years, client.ask)

    return run
