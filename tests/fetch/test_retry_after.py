"""What a portal may write in Retry-After, and what it means."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samples.portals.reports import reports
from samples.portals.server import PortalServer, Reply, Request
from samples.portals.trs import TrsPortal
from tasks.archive.store import Archive
from tasks.fetch.batch import fetch
from tasks.fetch.response import Response
from tests.loopback import links_of, loopback_source, quick_settings
from tests.pages import exchange

_DATES = st.from_regex(
    r"(Mon|Fri), \d{1,2} (Jan|Feb|Dec) \d{1,5} \d\d:\d\d:\d\d (GMT|[+-]\d{2,9})", alphabet=st.characters(codec="ascii")
)


def asked(value: str) -> float | None:
    return Response(exchange("http://portal/1", headers={"retry-after": value})).retry_after


@given(st.text() | st.text(st.characters(categories=["Nd", "No"])) | _DATES)
@example("²")
@example("Fri, 31 Dec 9999 23:59:59 -0100")
@example("Mon, 01 Jan 0001 00:00:00 +0100")
@example("Mon, 01 Jan 2024 00:00:00 +999999999")
@example("9" * 5000)
def test_whatever_stands_there_is_a_wait_or_nothing(value):
    seconds = asked(value)
    assert seconds is None or seconds >= 0


def test_seconds_and_dates_are_understood():
    assert asked("") is None
    assert asked("soon") is None
    assert asked(" 120 ") == 120
    later = asked(format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True))
    assert later is not None
    assert 3000 < later <= 3600
    assert asked("Mon, 01 Jan 2024 00:00:00 GMT") == 0


def test_a_date_without_a_zone_is_in_universal_time_wherever_the_machine_stands(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        later = asked(format_datetime(datetime.now(UTC) + timedelta(hours=1)).removesuffix(" +0000"))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert later is not None
    assert 3000 < later <= 3600


@pytest.mark.parametrize("value", ["²", "Fri, 31 Dec 9999 23:59:59 -0100"])
def test_an_answer_with_nonsense_there_is_on_record_and_its_batch_goes_on(tmp_path: Path, value: str):
    portal = TrsPortal(reports(3, 2019))
    failing = portal.report_path(portal.reports[0])

    def app(request: Request) -> Reply:
        return Reply("", 503, headers={"Retry-After": value}) if request.path == failing else portal(request)

    with PortalServer(app) as server:
        fetched = fetch(
            links_of(server, portal),
            source=loopback_source(server),
            archive=Archive(str(tmp_path / "archive")),
            settings=quick_settings(tmp_path, fetch_attempts=2),
        )
    assert len(fetched.pages) == 2
    assert [(problem.code, problem.attempts) for problem in fetched.problems] == [("http_error", 2)]
    assert [exchange.status for exchange in fetched.exchanges].count(503) == 2
