from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tasks.archive.host_summary import summarise_hosts
from tasks.pages import Exchange

NOON = datetime(2026, 1, 20, 12, tzinfo=UTC)
ASKED = Exchange("qinghe", "report", "GET", "http://a.example/1", "http://a.example/1", 1, NOON, 0, 800, 200)


def later(seconds: float, **fields) -> Exchange:
    return replace(ASKED, fetched_at=NOON + timedelta(seconds=seconds), **fields)


def test_requests_are_summed_up_host_by_host():
    limited = {"status": 429, "problem": "rate_limited", "headers": {"retry-after": "5"}}
    exchanges = [
        later(7, attempts=2, waited_ms=5000),
        later(0.5, waited_ms=400),
        ASKED,
        later(1.5, waited_ms=1000, **limited),
        replace(ASKED, final_url="http://b.example/1"),
    ]
    first, second = summarise_hosts(exchanges)
    assert (first.host, first.requests, first.failed, first.retries, first.slowed_down) == ("a.example", 4, 1, 1, 1)
    assert (first.waited, first.longest_wait, first.shortest_interval) == (6.4, 5.0, 0.5)
    assert (first.first_at, first.last_at) == (NOON, NOON + timedelta(seconds=7))
    assert first.most_at_once == 2
    assert (second.host, second.requests, second.shortest_interval, second.most_at_once) == ("b.example", 1, None, 1)


def test_no_requests_no_summary():
    assert summarise_hosts([]) == ()
