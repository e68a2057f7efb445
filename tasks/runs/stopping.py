"""Asking every stage of a run to stop, from whichever thread of its process."""

import threading
from weakref import WeakSet


class Stop:
    """Whether a run is to stop, and the events of those who wait on its behalf."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._events: WeakSet[threading.Event] = WeakSet()

    @property
    def asked(self) -> bool:
        """Whether the run is to stop."""
        return self._asked

    def ask(self) -> None:
        """Stop the run: sets the events of everybody who waits, now or later."""
        with self._lock:
            self._asked = True
            for event in self._events:
                event.set()

    def tell(self, event: threading.Event) -> None:
        """Set an event once the run is to stop."""
        with self._lock:
            self._events.add(event)
            if self._asked:
                event.set()


_stops: dict[str, Stop] = {}


def stop_of(run_id: str) -> Stop:
    """Return what stops a run in this process."""
    return _stops.setdefault(run_id, Stop())
