"""One open snapshot for many readers at once: prepared cursors, leased one by one, each query within its time."""

import queue
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import duckdb

from warehouse.errors import GoujiError, QueryError, StoreMissingError
from warehouse.rows import Row
from warehouse.snapshots.query import Answer
from warehouse.snapshots.reader import open_cursors
from warehouse.store import Connection

_FETCHED_ROWS = 2_000
_WATCH_SECONDS = 0.1
_PARAMETER = re.compile(r"\$(\w+)")
_OTHER_VERSION = "the snapshot is of another version of Gouji; run `gouji publish`"


class _KnownRow(dict[str, Any]):
    """One row by column name; to ask for a column that it has not raises :class:`QueryError`."""

    def __missing__(self, column: str) -> NoReturn:
        raise QueryError(_OTHER_VERSION)


class BusyError(GoujiError):
    """Every cursor of the pool is at work, and stayed so for as long as was waited."""


class _Watchdog:
    """One thread that stops what takes too long at any cursor: a timer for each query would cost as much as it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deadlines: dict[int, tuple[float, Connection]] = {}
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    @contextmanager
    def watching(self, cursor: Connection, seconds: float) -> Iterator[None]:
        """Watch what is asked of a cursor; an interrupt never hits whoever gets the cursor next."""
        with self._lock:
            self._deadlines[id(cursor)] = (time.monotonic() + seconds, cursor)
        try:
            yield
        finally:
            with self._lock:
                del self._deadlines[id(cursor)]

    def end(self) -> None:
        """Watch no more."""
        self._ended.set()

    def _watch(self) -> None:
        while not self._ended.wait(_WATCH_SECONDS):
            with self._lock:
                for deadline, cursor in self._deadlines.values():
                    if deadline < time.monotonic():
                        cursor.interrupt()


@dataclass(frozen=True)
class Lease:
    """A cursor for one reader, and how long each of its queries may take."""

    cursor: Connection
    seconds: float
    watchdog: _Watchdog

    def rows(self, sql: str, **parameters: object) -> list[Row]:
        """Return the rows of a query of our own; values are parameters.

        Raises :class:`QueryError` beyond the time, and where the snapshot has not what this version asks for.
        """
        with self._in_time(self.seconds):
            columns = self._ask(sql, parameters)
            return [_KnownRow(zip(columns, row, strict=True)) for row in self.cursor.fetchall()]

    def row(self, sql: str, **parameters: object) -> Row | None:
        """Return the first row of a query, ``None`` if there is none."""
        return next(iter(self.rows(sql, **parameters)), None)

    @contextmanager
    def answer(self, sql: str, seconds: float, **parameters: object) -> Iterator[Answer]:
        """Give the rows of a query batch by batch, as they are computed; all of them are to be read in time."""
        with self._in_time(seconds):
            self._ask(sql, parameters)
            found = self.cursor.to_arrow_reader(_FETCHED_ROWS)
            yield Answer(found.schema, iter(found))

    def _ask(self, sql: str, parameters: Mapping[str, object]) -> list[str]:
        # DuckDB refuses values that a statement does not name.
        named = {name: parameters[name] for name in set(_PARAMETER.findall(sql)) & parameters.keys()}
        try:
            result = self.cursor.execute(sql, named or None)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise QueryError(_OTHER_VERSION) from error
        return [column[0] for column in result.description or ()]

    @contextmanager
    def _in_time(self, seconds: float) -> Iterator[None]:
        try:
            with self.watchdog.watching(self.cursor, seconds):
                yield
        except duckdb.InterruptException as error:
            raise QueryError(f"stopped after {seconds:g} s") from error


class Pool:
    """A snapshot, open until :meth:`close` and the end of the last lease.

    Raises :class:`StoreMissingError` if there is none, and ``StoreError`` for a file that is none.
    """

    def __init__(self, path: Path, *, cursors: int = 6, megabytes: int = 1000, seconds: float = 5.0) -> None:
        if not path.exists():
            raise StoreMissingError(f"{path}: no snapshot yet; run `gouji demo` or `gouji backfill YEAR` first")
        self._connection, made = open_cursors(path, cursors, megabytes=megabytes)
        self._seconds = seconds
        self._watchdog = _Watchdog()
        self._free: queue.LifoQueue[Connection] = queue.LifoQueue()
        for cursor in made:
            self._free.put(cursor)
        self._lock = threading.Lock()
        self._leased = 0
        self._closing = False

    @contextmanager
    def lease(self, wait_seconds: float = 2.0) -> Iterator[Lease]:
        """Give a cursor to one reader. Raises :class:`BusyError` if none is free in time."""
        with self._lock:
            if self._closing:
                raise BusyError("the snapshot is being replaced; try again")
            self._leased += 1
        try:
            try:
                cursor = self._free.get(timeout=wait_seconds)
            except queue.Empty as error:
                raise BusyError("too many readers at once; try again in a moment") from error
            try:
                yield Lease(cursor, self._seconds, self._watchdog)
            finally:
                self._free.put(cursor)
        finally:
            with self._lock:
                self._leased -= 1
            self._close_if_idle()

    def close(self) -> None:
        """Give no more leases, and close the snapshot when the last one ends."""
        with self._lock:
            self._closing = True
        self._close_if_idle()

    def _close_if_idle(self) -> None:
        with self._lock:
            if self._closing and self._leased == 0:
                self._watchdog.end()
                self._connection.close()
