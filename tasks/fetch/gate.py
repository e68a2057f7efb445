"""One gate for each host, shared by every thread of the process: how many at a time, how often, when not at all."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tasks.fetch.problems import FetchError

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

    It is also the circuit breaker. Failures in a row make it rest, longer each time; when the host still
    fails after the last rest, everybody is turned away for ten minutes.
    """

    def __init__(self, host: str, connections: int, interval: float, rest_seconds: float) -> None:
        self.host = host
        self.interval = interval
        self._rest_seconds = rest_seconds
        self._slots = threading.BoundedSemaphore(connections)
        self._lock = threading.Lock()
        self._next_start = 0.0
        self._turned_away_until = 0.0
        self._resting_until = 0.0
        self._failures = 0
        self._rests = 0

    @contextmanager
    def turn(self, stopped: threading.Event) -> Iterator[float]:
        """Wait for a turn, and keep it while the block runs. Yields the seconds waited.

        Raises:
            FetchError: the host is left alone for now (``host_resting``), or ``stopped`` was set while waiting
                (``interrupted``).
        """
        arrived = time.monotonic()
        with self._slots:
            while (delay := self._claim()) > 0:
                wait_unless(stopped, delay)
            yield time.monotonic() - arrived

    def slow_down(self, interval: float) -> None:
        """Keep starts at least ``interval`` seconds apart, as a portal's robots.txt may ask."""
        self.interval = max(self.interval, min(interval, LONGEST_WAIT_SECONDS))

    def pause(self, seconds: float) -> None:
        """Let nothing through for so many seconds; turn everybody away when they are too many to wait."""
        with self._lock:
            until = time.monotonic() + seconds
            self._next_start = max(self._next_start, until)
            if seconds > LONGEST_WAIT_SECONDS:
                self._turned_away_until = max(self._turned_away_until, until)

    def succeeded(self) -> None:
        """The host answered as a working host does."""
        with self._lock:
            self._failures = self._rests = 0

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
                self._turned_away_until = now + _GIVEN_UP_SECONDS
            else:
                self._resting_until = now + self._rest_seconds * 2 ** (self._rests - 1)
                self._next_start = max(self._next_start, self._resting_until)

    def _claim(self) -> float:
        """Seconds still to wait; zero when the turn was taken."""
        with self._lock:
            now = time.monotonic()
            if now < self._turned_away_until:
                seconds = round(self._turned_away_until - now)
                raise FetchError("host_resting", f"{self.host} is left alone for another {seconds} s; run again later")
            if now < self._next_start:
                return self._next_start - now
            self._next_start = now + self.interval * random.uniform(1, 1 + _JITTER)  # noqa: S311
            return 0.0
