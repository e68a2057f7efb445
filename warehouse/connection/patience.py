"""Waiting for whoever else writes to the store: for so long, and saying once for whom."""

import time
from collections.abc import Callable

from warehouse.errors import StoreLockedError

RETRY_SECONDS = 0.1


class Patience:
    """How long to wait for a store, from now on. ``on_wait`` is called once, with a sentence that names the holder."""

    def __init__(self, store: object, wait_seconds: float, on_wait: Callable[[str], None] | None) -> None:
        self._store, self._deadline = store, time.monotonic() + wait_seconds
        self._on_wait = on_wait

    def wait_for(self, who: str) -> None:
        """Wait a moment for a holder; :class:`StoreLockedError` if that was waited long enough."""
        if time.monotonic() >= self._deadline:
            raise StoreLockedError(
                f"{self._store}: {who} is writing to the warehouse; wait until it has finished, or stop it"
            )
        if self._on_wait is not None:
            self._on_wait(f"waiting for the warehouse: {who} is writing to {self._store}")
            self._on_wait = None
        time.sleep(RETRY_SECONDS)
