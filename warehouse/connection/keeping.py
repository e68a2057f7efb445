"""A DuckDB file that stays open between its writers in this process, until another process asks for it.

To open a file and close it costs more than to record a source that has nothing new, and the more the larger the file
is; a run over thousands of sources does so tens of thousands of times.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from warehouse.connection.locks import FileLocks
from warehouse.connection.patience import RETRY_SECONDS
from warehouse.connection.transactions import Connection, another, closing

_GIVEN_SECONDS = 2 * RETRY_SECONDS
"""How long the file is left to whoever asks for it before it is opened here again."""
_MOST_LOGGED = 16_000_000
"""Bytes of DuckDB's log beyond which the file is closed, and what was logged goes into it."""


def asking(store: Path) -> AbstractContextManager[bool]:
    """Ask the process that keeps a file open for it, as long as the block runs; yields whether that could be done."""
    return FileLocks(store.parent).attempt(_request(store), shared=True)


def _request(store: Path) -> str:
    return f".{store.name}.asked"


class KeptFile:
    """A file, and the connection that keeps it open, if any; to be closed at the end by who holds ``alone``."""

    def __init__(self, store: Path, alone: threading.RLock) -> None:
        self._store, self._alone = store, alone
        self._opened = ExitStack()
        self._database: Connection | None = None
        self._writers = 0
        self._ended = threading.Event()
        threading.Thread(target=self._watch, name="kept open", daemon=True).start()

    def close(self) -> None:
        """Close the file for good."""
        self._ended.set()
        self._close()

    @contextmanager
    def lent(self, opened: Callable[[], AbstractContextManager[Connection]]) -> Iterator[Connection]:
        """Lend a connection to the file, ``opened`` if it is not open; for the thread alone that holds ``alone``."""
        if self._database is None:
            self._database = self._opened.enter_context(opened())
        self._writers += 1
        is_well = False
        try:
            with closing(another(self._database)) as connection:
                yield connection
            is_well = True
        finally:
            self._writers -= 1
            if not self._writers:
                self._let_go(not is_well or self._is_log_long())

    def _watch(self) -> None:
        while not self._ended.wait(RETRY_SECONDS):
            if self._database is not None and self._alone.acquire(blocking=False):
                try:
                    self._let_go()
                finally:
                    self._alone.release()

    def _let_go(self, at_any_rate: bool = False) -> None:
        """Close the file if another process asks for it, and leave it to that process for a moment."""
        is_asked = self._is_asked_for()
        if is_asked or at_any_rate:
            self._close()
        if is_asked:
            time.sleep(_GIVEN_SECONDS)

    def _close(self) -> None:
        self._database = None
        self._opened.close()

    def _is_asked_for(self) -> bool:
        if not self._store.with_name(_request(self._store)).exists():
            return False
        with FileLocks(self._store.parent).attempt(_request(self._store)) as is_left:
            return not is_left

    def _is_log_long(self) -> bool:
        log = self._store.with_name(f"{self._store.name}.wal")
        return log.exists() and log.stat().st_size > _MOST_LOGGED
