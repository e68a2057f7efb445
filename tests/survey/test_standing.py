"""Declared portals that change: what is told of them, what is proposed, and that the next walk is complete again."""

import socket
from dataclasses import replace
from functools import partial

import pytest

from samples.portals.dresses import dressed_portals
from samples.portals.reports import reports
from samples.portals.server import NOT_FOUND, PortalServer, Reply
from samples.portals.trs import TrsPortal
from samples.portals.whole import ReportList
from tasks.archive.store import Archive
from tasks.calendar import today
from tasks.sources.files import load_source
from tasks.survey.column_search import search
from tasks.survey.edits import Edit, EditError, edited
from tasks.survey.proof import walk
from tasks.survey.proposal import Given, proposed_source, write_source, written
from tasks.survey.standing import Kind, apply, examine
from tasks.survey.visits import Visits, undeclared
from tests.certificates import self_signed_context
from tests.loopback import quick_settings
from tests.survey.conftest import NETWORKS, POLITENESS

PORTALS = {portal.name: portal for portal in dressed_portals()}
BY_YEAR = PORTALS["jpage by year, nothing inlined"]


class Changing:
    """A portal that becomes another one."""

    def __init__(self, now):
        self.now = now

    def __call__(self, request):
        return self.now(request)


@pytest.fixture
def declared(tmp_path):
    """Find the lists of a portal and declare it."""

    def run(server):
        given = Given(f"{server.address}/", "qinghe", NETWORKS, POLITENESS)
        settings = quick_settings(tmp_path)
        blank = undeclared(given.name, given.address, networks=NETWORKS, politeness=POLITENESS)
        with Visits(blank, settings, Archive(settings.archive_root)) as visits:
            found = search(given.address, visits)
            proof = walk(proposed_source(given, found, [server.host]), visits.ask_beyond)
        write_source(written(given, found, [server.host], proof, today()), tmp_path)
        return load_source(tmp_path / "qinghe.yaml")

    return run


@pytest.fixture
def standing(tmp_path):
    """How the declared source stands now."""
    return lambda source, year=2024: examine(source, quick_settings(tmp_path), year)


def truth(portal, *years):
    return {path for path, year in portal.truth.items() if not years or year in years}


def paths(discovery):
    return {"/" + link.url.split("/", 3)[3] for link in discovery.links}


def test_a_source_that_holds_says_nothing(declared, standing):
    with PortalServer(BY_YEAR) as server:
        now = standing(declared(server))
    assert (now.changes, now.diff, now.reports) == ((), "", (4, 4))


def test_a_new_years_column_is_found_proposed_and_added(declared, standing, discovered, tmp_path):
    portal = Changing(replace(BY_YEAR, lists=BY_YEAR.lists[1:]))
    with PortalServer(portal) as server:
        source = declared(server)
        assert max(one.year for one in source.lists) == 2023
        portal.now = BY_YEAR
        now = standing(source)
        assert [change.kind for change in now.changes] == [Kind.NEW_LIST]
        assert "+  - {year: 2024, address:" in now.diff
        apply(now, tmp_path)
        mended = load_source(tmp_path / "qinghe.yaml")
        assert 2024 in [one.year for one in mended.lists]
        assert standing(mended).changes == ()
        assert paths(discovered(mended, 2022, 2023, 2024)) == truth(BY_YEAR)


def test_a_new_column_of_another_family_is_declared_with_that_family(declared, standing, discovered, tmp_path):
    newest = ReportList(TrsPortal(reports(4, 2024), folder="/zwgk/nb2024/"), year="2024年")
    before, after = replace(BY_YEAR, lists=BY_YEAR.lists[1:]), replace(BY_YEAR, lists=(newest, *BY_YEAR.lists[1:]))
    portal = Changing(before)
    with PortalServer(portal) as server:
        source = declared(server)
        portal.now = after
        now = standing(source)
        apply(now, tmp_path)
        mended = load_source(tmp_path / "qinghe.yaml")
        assert [one.adapter for one in mended.lists if one.year == 2024] == ["trs"]
        assert paths(discovered(mended, 2022, 2023, 2024)) == truth(after)


def test_lists_that_moved_within_the_portal_are_found_again(declared, standing, discovered, tmp_path):
    moved = replace(
        BY_YEAR,
        lists=tuple(
            ReportList(TrsPortal(one.portal.reports, folder=f"/gov/nb/n{one.year[:4]}/"), year=one.year)
            for one in BY_YEAR.lists
        ),
    )
    portal = Changing(BY_YEAR)
    with PortalServer(portal) as server:
        source = declared(server)
        portal.now = moved
        for _ in range(2):  # the lists of two years are asked at a time
            now = standing(source, 2024)
            apply(now, tmp_path)
            source = load_source(tmp_path / "qinghe.yaml")
        assert Kind.MOVED in {change.kind for change in now.changes} or now.changes == ()
        assert paths(discovered(source, 2023, 2024)) == truth(moved, 2023, 2024)


def test_a_portal_that_moved_to_another_host_is_followed_on_request(declared, standing, discovered, tmp_path):
    portal = Changing(BY_YEAR)
    with PortalServer(portal) as server, PortalServer(BY_YEAR) as new:
        source = declared(server)
        portal.now = lambda request: (
            NOT_FOUND
            if request.path == "/robots.txt"
            else Reply("", 301, headers={"Location": f"{new.address}{request.path}"})
        )
        now = standing(source)
        assert {change.kind for change in now.changes} == {Kind.MOVED}
        apply(now, tmp_path)
        mended = load_source(tmp_path / "qinghe.yaml")
        assert new.host in mended.hosts
        found = discovered(mended, 2023, 2024)
        assert {link.url for link in found.links} == {new.address + path for path in truth(BY_YEAR, 2023, 2024)}


def test_a_list_that_is_gone_for_good_is_told_and_nothing_is_proposed(declared, standing):
    portal = Changing(BY_YEAR)
    with PortalServer(portal) as server:
        source = declared(server)
        portal.now = lambda request: NOT_FOUND
        now = standing(source)
    assert {change.kind for change in now.changes} == {Kind.FAILS}
    assert now.diff == ""


def test_fewer_reports_and_reports_that_do_not_read_are_told(declared, standing):
    fewer = partial(TrsPortal, folder="/nb/")
    before = replace(PORTALS["trs, one list"], lists=(ReportList(fewer((*reports(4, 2024), *reports(4, 2023)))),))
    portal = Changing(before)
    with PortalServer(portal) as server:
        source = declared(server)
        after = replace(before, lists=(ReportList(fewer((*reports(2, 2024), *reports(4, 2023)))),))

        def empty(request):
            return Reply("<html><body>正文见附件</body></html>") if "/20" in request.path else after(request)

        portal.now = empty
        now = standing(source)
    assert [change.kind for change in now.changes] == [Kind.FEWER, Kind.UNREADABLE]


class EitherScheme(PortalServer):
    """A server that speaks TLS to whoever begins so, and answers others with an app of their own."""

    def __init__(self, plain, secure, context):
        super().__init__(plain)
        self.handler = self._server.RequestHandlerClass
        setup = self.handler.setup

        def told(handler):
            if handler.request.recv(1, socket.MSG_PEEK) == b"\x16":
                handler.request = context.wrap_socket(handler.request, server_side=True)
                handler.app = secure
            setup(handler)

        self.handler.setup = told


def test_a_portal_that_went_to_https_is_proposed_and_read_there(declared, standing, discovered, tmp_path):
    def redirected(request):
        return Reply("", 301, headers={"Location": f"https://{server.host}{request.path}"})

    now = Changing(BY_YEAR)
    with EitherScheme(now, BY_YEAR, self_signed_context(tmp_path)) as server:
        source = declared(server)
        file = tmp_path / "qinghe.yaml"
        unverified = "tls: {verify: false, reason: a certificate of this test}\n"
        file.write_text(file.read_text(encoding="utf-8") + unverified, encoding="utf-8")
        now.now = redirected
        told = standing(load_source(file))
        assert {change.kind for change in told.changes} == {Kind.MOVED}
        assert len(told.changes) == len([one for one in source.lists if one.year > 2022]) + len(source.indexes)
        apply(told, tmp_path)
        mended = load_source(file)
        assert {one.address.partition(":")[0] for one in (*mended.lists[:2], *mended.indexes)} == {"https"}
        assert standing(mended).changes == ()
        assert paths(discovered(mended, 2023, 2024)) == truth(BY_YEAR, 2023, 2024)


def test_lists_declared_for_the_year_of_publication_are_proposed_for_the_year_before(declared, standing, tmp_path):
    with PortalServer(PORTALS["years are those of publication"]) as server:
        right = declared(server)
        file = tmp_path / "qinghe.yaml"
        text = file.read_text(encoding="utf-8").replace(", published: true", "")
        for year in (2024, 2023, 2022):
            text = text.replace(f"- {{year: {year}, address", f"- {{year: {year + 1}, address")
        file.write_text(text, encoding="utf-8")
        assert [one.year for one in load_source(file).lists] == [2025, 2024, 2023]
        told = standing(load_source(file))
        assert {change.kind for change in told.changes} == {Kind.PUBLICATION_YEAR}
        apply(told, tmp_path)
        mended = load_source(file)
    assert [one.year for one in mended.lists] == [one.year for one in right.lists] == [2024, 2023, 2022]
    assert [one.published for one in mended.indexes] == [True]


def test_a_host_that_is_no_more_is_told_and_nothing_is_proposed(declared, standing):
    with PortalServer(BY_YEAR) as server:
        source = declared(server)
    now = standing(source)
    assert Kind.RETIRED in {change.kind for change in now.changes}
    assert (now.diff, now.reports) == ("", (0, 0))


def test_lists_of_a_host_that_is_no_more_are_found_from_a_home_page_that_answers(
    declared, standing, discovered, tmp_path
):
    with PortalServer(BY_YEAR) as new:
        with PortalServer(BY_YEAR) as old:
            declared(old)
        file = tmp_path / "qinghe.yaml"
        text = file.read_text(encoding="utf-8").replace(f"home: {old.address}/", f"home: {new.address}/")
        file.write_text(text.replace("hosts: [", f"hosts: ['{new.host}', "), encoding="utf-8")
        now = standing(load_source(file))
        assert {change.kind for change in now.changes} == {Kind.MOVED}
        apply(now, tmp_path)
        found = discovered(load_source(file), 2023, 2024)
    assert {link.url for link in found.links} == {new.address + path for path in truth(BY_YEAR, 2023, 2024)}


FILE = """\
title: 清河  # as it calls itself
hosts:
  - a.example  # the first
adapter: trs
lists:
  # old ones
  - {year: 2022, address: "http://a.example/2022/"}  # by hand
  - year: 2023
    address: http://a.example/2023/
    # a remark
notes: kept
"""


def test_edits_leave_everything_else_as_it_stands():
    replaced = Edit(
        "lists", {"year": 2023, "address": "http://b.example/2023/"}, "http://a.example/2023/", ("b.example",)
    )
    text = edited(FILE, "a", [replaced, Edit("lists", {"year": 2024, "address": "http://a.example/2024/"})])
    assert text == FILE.replace("  - a.example", "  [a.example, b.example]").replace(
        "- year: 2023\n    address: http://a.example/2023/",
        "- {year: 2023, address: 'http://b.example/2023/'}\n  - {year: 2024, address: 'http://a.example/2024/'}",
    )


@pytest.mark.parametrize(
    "edit",
    [
        Edit("lists", {"year": 2023, "address": "http://b.example/"}, "http://a.example/nowhere/"),
        Edit("lists", {"year": 2023, "address": "http://b.example/"}),
        Edit("lists", {"year": 1999, "address": "http://a.example/1999/"}),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(edit):
    with pytest.raises(EditError):
        edited(FILE, "a", [edit])
