"""Named locks among all processes that work with one store, on every machine that does.

They go with the process that holds them, however it ends: the kernel takes them back, or PostgreSQL does with the
session.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import duckdb

from warehouse.connection.faults import store_error
from warehouse.connection.lake import ask, load_extension, prepare
from warehouse.connection.location import Lake, Store
from warehouse.connection.transactions import Connection, connect, roll_back
from warehouse.errors import StoreError
from warehouse.sql import literal

_SHORTEST_WAIT, _LONGEST_WAIT = 0.05, 5.0


class Locks(Protocol):
    """The locks of one store; each is held by one, or shared by several."""

    def attempt(self, name: str, *, shared: bool = False) -> AbstractContextManager[bool]:
        """Take a lock for as long as the block runs, if that can be done at once; yields whether it could."""


def locks_of(store: Store, folder: Path) -> Locks:
    """Return the locks of a store: PostgreSQL's where that is its catalogue, else files in a folder."""
    if isinstance(store, Lake) and store.connection_string is not None:
        return AdvisoryLocks(store)
    return FileLocks(folder)


@contextmanager
def held(
    locks: Locks, name: str, *, shared: bool = False, on_wait: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Hold a lock for as long as the block runs, however long it takes to get; ``on_wait`` is called if it does."""
    wait = _SHORTEST_WAIT
    while True:
        with locks.attempt(name, shared=shared) as taken:
            if taken:
                yield
                return
        if wait == _SHORTEST_WAIT:
            on_wait()
        time.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT)


@dataclass(frozen=True)
class FileLocks:
    """Locked files in a folder, for the processes of one machine."""

    folder: Path

    @contextmanager
    def attempt(self, name: str, *, shared: bool = False) -> Iterator[bool]:
        """See :class:`Locks`. Raises :class:`StoreError` where the file system knows no locks."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        with path.open("a") as file:
            taken = self._lock(file.fileno(), shared) and _is_at(file.fileno(), path)
            try:
                yield taken
            finally:
                if taken and not shared:
                    path.unlink(missing_ok=True)

    def _lock(self, descriptor: int, shared: bool) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise StoreError(
                f"{self.folder}: the file system refuses locks ({error.strerror}); put it on a disk of this machine"
            ) from error
        return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether an open file is still the one of its name: whoever held it before removed it at the end."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), path.stat())
    return False


@dataclass(frozen=True)
class AdvisoryLocks:
    """Advisory locks of a lake's PostgreSQL, for all machines that reach it."""

    lake: Lake

    @contextmanager
    def attempt(self, name: str, *, shared: bool = False) -> Iterator[bool]:
        """See :class:`Locks`. Raises :class:`StoreError` if PostgreSQL cannot be reached."""
        lock = (
            f"pg_try_advisory_xact_lock{'_shared' if shared else ''}(hashtextextended({literal(f'gouji {name}')}, 0))"
        )
        with connect(config={"threads": "1"}) as session:
            try:
                yield self._take(session, lock)
            finally:
                roll_back(session)

    def _take(self, session: Connection, lock: str) -> bool:
        try:
            load_extension(session, "postgres_scanner")
            session.execute(
                f"ATTACH {literal(self.lake.connection_string or '')} AS catalogue "
                "(TYPE postgres, ISOLATION_LEVEL 'READ COMMITTED')"
            )
            session.begin()
            prepare(session)
            return bool(ask(session, f"SELECT {lock}"))
        except duckdb.Error as error:
            raise store_error(error, self.lake) from error
