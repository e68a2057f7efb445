"""Two addresses that a source lists at once, and that show different figures for one organ and year."""

from dataclasses import replace
from decimal import Decimal

import pytest

from samples import sample_reports
from samples.dresses import DRESSES, render
from samples.portals.server import NOT_FOUND, PortalServer, Reply, Request
from tasks.settings import Settings
from tests.flows.content import only_collect, write_plain_list
from warehouse.forms import TableCode
from warehouse.rows import rows_of
from warehouse.store import writer

REPORT = next(sample_reports(years=[2023]))
FIRST, SECOND = "/art/2024/1/21/art_1_1.html", "/art/2024/3/5/art_1_2.html"


def with_another_figure():
    key = (TableCode.APPLICATIONS, "received_new", "total")
    figures = {**REPORT.figures, key: REPORT.figures[key] + Decimal(1)}
    return replace(REPORT, figures=figures)


class TwoPages:
    """A list of two addresses, of which the second may be withdrawn from the list, though not from the portal."""

    address = ""

    def __init__(self) -> None:
        self.listed = [FIRST, SECOND]

    def __call__(self, request: Request) -> Reply:
        if request.path in (FIRST, SECOND):
            return Reply(render(REPORT if request.path == FIRST else with_another_figure(), DRESSES["hanweb"]))
        entries = (f"<li><a href='{path}'>{REPORT.title}</a><span>2024-01-21</span></li>" for path in self.listed)
        return Reply(f"<ul>{''.join(entries)}</ul>") if request.path == "/list/" else NOT_FOUND


@pytest.fixture
def pages(tmp_path, monkeypatch):
    with PortalServer(pages := TwoPages()) as server:
        pages.address = server.address
        monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("GOUJI_SOURCES", str(write_plain_list(server, tmp_path / "sources")))
        yield pages


def asked(sql: str):
    with writer(Settings().store) as connection:
        return rows_of(connection, sql)


def test_it_is_a_problem_as_long_as_both_are_listed_and_never_a_correction(pages):
    only_collect([2023])
    (problem,) = asked("FROM problem")
    assert (problem["stage"], problem["code"], problem["year"]) == ("load", "addresses_disagree", 2023)
    (report,) = asked("SELECT url, organ FROM report")
    assert {problem["item"], report["url"]} == {pages.address + FIRST, pages.address + SECOND}
    assert f"those at {report['url']}, which count (cells: 1)" in problem["detail"]
    assert asked("FROM correction") == []
    pages.listed.remove(SECOND)
    only_collect([2023])
    assert asked("FROM problem") == []
