"""One gate for each host, shared by whoever asks it: how many at a time, how often, when not at all."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tasks.fetch.problems import FetchError
from tasks.fetch.turns import SharedHost, resting

_JITTER = 0.25
FAILURES_BEFORE_REST = 8
RESTS_BEFORE_GIVING_UP = 3
_GIVEN_UP_SECONDS = 600.0
LONGEST_WAIT_SECONDS = 120.0
"""A portal that asks for a longer pause than this is not waited for: its pages become problems, until it is over."""


def wait_unless(stopped: threading.Event, seconds: float) -> None:
    """Wait so long.

    Raises:
        FetchError: ``stopped`` was set before the time was over.
    """
    if stopped.wait(seconds):
        raise FetchError("interrupted", "the run was stopped while it waited")


class HostGate:
    """Lets requests to one host through: so many at a time, the starts so far apart.

    Both limits hold for every thread and every process that keeps its state in ``folder``. It is also this process's
    circuit breaker: failures in a row make the host rest, longer each time; when it still fails after the last rest,
    everybody is turned away for ten minutes.
    """

    def __init__(self, folder: Path, host: str, connections: int, interval: float, rest_seconds: float) -> None:
        self.host = host
        self._shared = SharedHost(folder, host, connections)
        self._interval = interval
        self._rest_seconds = rest_seconds
        self._lock = threading.Lock()
        self._given_up_until = 0.0
        self._resting_until = 0.0
        self._failures = 0
        self._rests = 0
        self._suspected: str | None = None

    def limit(self, connections: int, interval: float) -> None:
        """Keep to these limits where they are stricter than those kept: several sources may declare the host."""
        self._shared.connections.limit(connections)
        self._interval = max(self._interval, interval)

    def slow_down(self, interval: float) -> None:
        """Keep starts at least ``interval`` seconds apart, as a portal's robots.txt may ask."""
        self._interval = max(self._interval, min(interval, LONGEST_WAIT_SECONDS))

    @contextmanager
    def turn(self, stopped: threading.Event) -> Iterator[float]:
        """Wait for a turn, and keep it while the block runs. Yields the seconds waited.

        Raises:
            FetchError: the host is left alone for now (``host_resting``), or ``stopped`` was set before the turn came
                (``interrupted``).
        """
        arrived = time.monotonic()
        while True:
            with self._shared.connections.one(partial(wait_unless, stopped)):
                wait_unless(stopped, 0)
                delay = self._claim()
                if delay == 0:
                    yield time.monotonic() - arrived
                    return
            wait_unless(stopped, delay)

    def pause(self, seconds: float) -> None:
        """Let nothing through for so many seconds; turn everybody away when they are too many to wait."""
        self._shared.pause(seconds, turn_away=seconds > LONGEST_WAIT_SECONDS)

    def succeeded(self) -> None:
        """The host answered as a working host does."""
        with self._lock:
            self._failures = self._rests = 0
            self._suspected = None

    def suspect(self, address: str) -> bool:
        """Note that something else seems to answer for the host; whether that was so at another address too."""
        with self._lock:
            agreed = self._suspected not in (None, address)
            self._suspected = address
            return agreed

    def failed(self) -> None:
        """The host did not answer, or answered that it cannot."""
        with self._lock:
            self._failures += 1
            now = time.monotonic()
            if self._failures % FAILURES_BEFORE_REST or self._resting_until > now:
                return
            self._rests += 1
            if self._rests > RESTS_BEFORE_GIVING_UP:
                self._rests = 0
                self._given_up_until = now + _GIVEN_UP_SECONDS
                return
            rest = self._rest_seconds * 2 ** (self._rests - 1)
            self._resting_until = now + rest
        self._shared.pause(rest, turn_away=False)

    def _claim(self) -> float:
        """Seconds still to wait; zero when the turn was taken."""
        given_up = self._given_up_until - time.monotonic()
        if given_up > 0:
            raise resting(self.host, given_up)
        return self._shared.claim(self._interval * random.uniform(1, 1 + _JITTER))  # noqa: S311
