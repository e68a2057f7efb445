"""The end of every exchange: whatever a portal sends, or does not send, its sockets are shut when the time is over.

The timeouts of sockets count from one byte to the next, so that an answer that drips, in its head, between its chunks
or behind them, is past all of them. One thread looks after all exchanges of the process.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum

_PULSE_SECONDS = 0.1
_GRACE_SECONDS = 2.0
"""What a stopped run still gives to the exchanges that are under way."""


class Ended(Enum):
    """Why an exchange was ended."""

    OVERDUE = "overdue"
    STOPPED = "stopped"


class Deadline:
    """One exchange's time, and the sockets that are shut at its end."""

    def __init__(self, seconds: float, stopped: threading.Event) -> None:
        self.ended: Ended | None = None
        self._until = time.monotonic() + seconds
        self._stopped = stopped
        self._stop_noticed: float | None = None
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def hold(self, connected: socket.socket) -> None:
        """Shut this socket too at the end. A handle of its own is kept: whoever wraps or closes it changes nothing."""
        with self._lock:
            handle = os.dup(connected.fileno())
            self._sockets.append(socket.socket(connected.family, connected.type, connected.proto, fileno=handle))
        if self.ended:
            self._shut()

    def look(self, now: float) -> None:
        """End the exchange, if it is time to."""
        if self.ended is None and self._stopped.is_set():
            self._stop_noticed = self._stop_noticed or now
        if now >= self._until:
            self.ended = self.ended or Ended.OVERDUE
        elif self._stop_noticed is not None and now >= self._stop_noticed + _GRACE_SECONDS:
            self.ended = self.ended or Ended.STOPPED
        if self.ended:
            self._shut()

    def release(self) -> None:
        """Let go of the sockets."""
        with self._lock:
            for held in self._sockets:
                held.close()
            self._sockets.clear()

    def _shut(self) -> None:
        with self._lock:
            for held in self._sockets:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


_of_this_thread = threading.local()
_under_way: set[Deadline] = set()
_changed = threading.Condition()
_watch: threading.Thread | None = None


@contextmanager
def deadline(seconds: float, stopped: threading.Event) -> Iterator[Deadline]:
    """Bound what this thread exchanges while the block runs: by so many seconds, and soon after ``stopped`` is set."""
    bound = Deadline(seconds, stopped)
    _of_this_thread.bound = bound
    with _changed:
        _under_way.add(bound)
        _keep_watch()
        _changed.notify()
    try:
        yield bound
    finally:
        with _changed:
            _under_way.discard(bound)
        _of_this_thread.bound = None
        bound.release()


def hold(connected: socket.socket) -> None:
    """Shut a socket with the exchange that this thread has under way, if it has one."""
    bound = getattr(_of_this_thread, "bound", None)
    if bound is not None:
        bound.hold(connected)


def _keep_watch() -> None:
    """Start the thread that looks after exchanges, once in a process."""
    global _watch
    if _watch is None or not _watch.is_alive():
        _watch = threading.Thread(target=_look_after, name="deadlines", daemon=True)
        _watch.start()


def _look_after() -> None:
    while True:
        with _changed:
            _changed.wait_for(lambda: _under_way)
            bounds = tuple(_under_way)
        for bound in bounds:
            bound.look(time.monotonic())
        time.sleep(_PULSE_SECONDS)
