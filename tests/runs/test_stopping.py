"""Who belongs to a run is told, from whichever thread it was asked to stop."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from tasks.runs.stopping import Stop, stop_of


def test_threads_that_ask_first_at_the_same_time_get_the_same(monkeypatch):
    both, made = Barrier(2), Stop.__init__

    def make_together(self: Stop) -> None:
        made(self)
        both.wait(timeout=60)

    monkeypatch.setattr(Stop, "__init__", make_together)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(stop_of, ["new", "new"])
    assert first is second


def test_an_event_is_set_whether_it_waits_before_or_after():
    stop, before, after = stop_of("stopped"), Event(), Event()
    stop.tell(before)
    assert not stop.asked
    stop.ask()
    stop.tell(after)
    assert stop.asked
    assert before.is_set()
    assert after.is_set()
