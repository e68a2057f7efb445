"""A list of sixty addresses, most of them dead, closed or hostile, and what is said of each."""

import socket
from collections import Counter
from contextlib import ExitStack

import pytest

from samples.portals.dresses import EMPTY, REFUSING, dressed_portals
from samples.portals.server import NOT_FOUND, PortalServer, Reply
from tasks.sources.files import load_sources
from tasks.survey.many import Journal, PortalListError, Result, read_portals, survey_many
from tasks.survey.survey import Outcome
from tests.loopback import quick_settings

PORTALS = {portal.name: portal for portal in dressed_portals()}
GOOD = ("jpage, one list", "gkmlpt", "linked pages by category")
_BEHIND_A_FIREWALL = Reply("<script>document.cookie='__jsl_clid=1';location.reload()</script>", 412)
_MOVED = Reply("", 301, headers={"Location": "http://elsewhere.example/"})


def _always(reply):
    return lambda request: NOT_FOUND if request.path == "/robots.txt" else reply


def _in_a_circle(request):
    return Reply("", 302, headers={"Location": "/b" if request.path == "/a" else "/a"})


KINDS = {
    "sure": [PORTALS[name] for name in GOOD],
    "refused": [REFUSING] * 10,
    "nothing": [EMPTY] * 10,
    "unsure": [_always(_MOVED)] * 5,
    "unreachable": [
        *[_always(_BEHIND_A_FIREWALL)] * 5,
        *[_always(NOT_FOUND)] * 5,
        *[_always(Reply(b"\x89PNG\0\0", content_type="image/png"))] * 3,
        *[_in_a_circle] * 2,
    ],
}
DEAD = 17


@pytest.fixture
def portals(tmp_path):
    """The file of addresses, with the outcome that each should have."""
    expected = {}
    with ExitStack() as stack:
        for outcome, apps in KINDS.items():
            for app in apps:
                server = stack.enter_context(PortalServer(app))
                expected[f"{server.address}/"] = outcome
        for _ in range(DEAD):
            closed = stack.enter_context(socket.socket())
            closed.bind(("127.0.0.1", 0))  # bound and not listening: nobody else gets it, and nobody answers
            expected[f"http://127.0.0.1:{closed.getsockname()[1]}/"] = "unreachable"
        lines = [f"{address},127.0.0.0/8,0,a server of this test" for address in expected]
        file = tmp_path / "portals.csv"
        file.write_text("\n".join(["address,networks,interval,reason", *lines]), encoding="utf-8")
        yield file, expected


def test_sixty_addresses_end_with_the_true_table_and_a_second_run_goes_on(portals, tmp_path):
    file, expected = portals
    settings = quick_settings(tmp_path / "home", sources=tmp_path / "sources", fetch_attempts=1, sources_at_once=8)
    settings.sources.mkdir()
    given = read_portals(file, {})
    assert len(given) == len(expected) == 60
    told = []
    journal = Journal(file, settings)
    first = survey_many(given, journal, settings, {}, write=False, tell=told.append)
    assert {one.address: one.outcome.value for one in first} == expected
    assert len(told) == 60
    assert list(settings.sources.iterdir()) == []
    assert all(one.reason_zh and one.reason_en for one in first if one.outcome.value != "sure")

    again = []
    second = survey_many(given, journal, settings, {}, write=True, tell=again.append)
    assert Counter(one.outcome.value for one in again) == {"unreachable": 32}
    assert {one.address: one.outcome for one in second} == {one.address: one.outcome for one in first}
    written = {one.name for one in second if one.written}
    assert written == set(load_sources(settings.sources)) == {one.name for one in first if one.outcome.value == "sure"}
    third = survey_many(given, journal, settings, load_sources(settings.sources), write=True, tell=lambda one: None)
    assert {one.name for one in third if one.written} == written


def test_a_portal_that_is_declared_is_not_asked(tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "title: 清河\nhosts: [www.qinghe.example]\nadapter: trs\nlists: [{address: 'http://www.qinghe.example/nb/'}]\n",
        encoding="utf-8",
    )
    file = tmp_path / "portals.txt"
    file.write_text("# portals\nhttp://www.qinghe.example/\n", encoding="utf-8")
    settings = quick_settings(tmp_path / "home", sources=tmp_path)
    declared = load_sources(tmp_path)
    (one,) = survey_many(
        read_portals(file, declared), Journal(file, settings), settings, declared, write=True, tell=print
    )
    assert (one.outcome.value, one.name, one.requests) == ("declared", "mine", 0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "there is no address in it"),
        ("www.qinghe.example\n", ":1: www.qinghe.example is no web address"),
        ("address,interval\nhttp://a.example/,0\n", ":2: an override of politeness needs a reason"),
    ],
)
def test_a_list_that_cannot_be_used_is_one_line(content, message, tmp_path):
    file = tmp_path / "portals.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PortalListError, match=message):
        read_portals(file, {})


def test_names_are_given_once(tmp_path):
    file = tmp_path / "portals.csv"
    file.write_text("http://www.qinghe.gov.cn/\nhttp://qinghe.gov.cn/\nhttp://www.wenzhou.gov.cn/\n", encoding="utf-8")
    declared = {"wenzhou": None}
    assert [one.name for one in read_portals(file, declared)] == ["qinghe", "qinghe_2", "wenzhou_2"]


def test_a_line_of_the_journal_that_was_cut_off_counts_for_nothing(tmp_path):
    journal = Journal(tmp_path / "portals.csv", quick_settings(tmp_path))
    assert journal.read() == {}
    journal.add(Result("http://a.example/", "a", Outcome.NOTHING))
    (file,) = (tmp_path / "surveys").iterdir()
    with file.open("a", encoding="utf-8") as cut:
        cut.write('{"addr')
    assert [one.outcome for one in journal.read().values()] == [Outcome.NOTHING]
