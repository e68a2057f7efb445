"""Opening the store, a DuckDB file or a lake, migrated to the schema this code knows."""

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path

import duckdb

from warehouse.connection.faults import is_held_by_another, store_error
from warehouse.connection.keeping import KeptFile, asking
from warehouse.connection.lake import open_lake
from warehouse.connection.location import Lake, Store
from warehouse.connection.memory import Room
from warehouse.connection.patience import Patience
from warehouse.connection.transactions import Connection, closing, connect, insert_values, transaction
from warehouse.errors import StoreError
from warehouse.migrations import migrate, migrate_tables, migrations

__all__ = ["SEARCH_PATH", "Connection", "insert_values", "kept_open", "memory", "transaction", "writer"]

SEARCH_PATH = "main,core,audit,raw"
"""Unqualified names mean the analysts' views first, then the tables behind them."""

_GULPS = {"checkpoint_threshold": "1GB"}
"""What was written goes from the log into the file when a writer closes it, not with every large transaction."""

_writing_here: defaultdict[Store, threading.RLock] = defaultdict(threading.RLock)
_kept_open: dict[Store, KeptFile] = {}


def memory(*, views: bool = True) -> Connection:
    """Open an empty, migrated store in memory; without its ``views`` it is there in a tenth of the time.

    It has one thread: more cost more than they save over the few reports that such a store is for.
    """
    connection = connect(":memory:", config={"threads": "1"})
    if views:
        migrate(connection)
    else:
        migrate_tables(connection, migrations())
    _settle(connection)
    return connection


@contextmanager
def writer(
    store: Store,
    *,
    wait_seconds: float = 0.0,
    on_wait: Callable[[str], None] | None = None,
    room: Room | None = None,
) -> Iterator[Connection]:
    """Open the store for writing, made and migrated if need be, in as much ``room`` as DuckDB takes or is given.

    A DuckDB file is this writer's alone, in this process and among processes. A lake on PostgreSQL is shared:
    there each :func:`transaction` waits for its turn. Waiting is tried again for ``wait_seconds``, and ``on_wait``
    is called with a sentence that names the holder. Raises :class:`StoreLockedError` after that,
    ``SchemaTooNewError`` for a store of a later Gouji, and :class:`StoreError` for one that cannot be used, or can no
    longer while the body runs.
    """
    opened = partial(_opened, store, wait_seconds, on_wait, room)
    with _alone_here(store):
        kept = _kept_open.get(_name(store))
        try:
            with kept.lent(opened) if kept else opened() as connection:
                _settle(connection)
                yield connection
        except duckdb.ProgrammingError:
            raise
        except duckdb.Error as error:
            raise store_error(error, store) from error


@contextmanager
def kept_open(store: Store) -> Iterator[None]:
    """Let a DuckDB file stay open from one :func:`writer` of this process to the next one while the body runs.

    Another process that waits for it gets it as soon as nobody writes here. A lake is opened as ever.
    """
    name = _name(store)
    if isinstance(name, Lake) or name in _kept_open:
        yield
        return
    alone = _writing_here[name]
    kept = _kept_open[name] = KeptFile(name, alone)
    try:
        yield
    finally:
        with alone:
            del _kept_open[name]
            kept.close()


@contextmanager
def _opened(
    store: Store, wait_seconds: float, on_wait: Callable[[str], None] | None, room: Room | None
) -> Iterator[Connection]:
    taken: AbstractContextManager[Mapping[str, str]] = room.taken() if room else nullcontext({})
    with taken as config, closing(_connect_patiently(store, wait_seconds, on_wait, config)) as connection:
        migrate(connection)
        yield connection


def _settle(connection: Connection) -> None:
    """Let names and times mean the same as everywhere."""
    connection.execute(f"SET search_path = '{SEARCH_PATH}'")
    connection.execute("SET TimeZone = 'Asia/Shanghai'")


def _alone_here(store: Store) -> AbstractContextManager[object]:
    """Keep the other threads of this process out, where DuckDB's lock on a file only keeps out other processes."""
    is_shared = isinstance(store, Lake) and store.connection_string is not None
    return nullcontext() if is_shared else _writing_here[_name(store)]


def _name(store: Store) -> Store:
    return store if isinstance(store, Lake) else store.resolve()


def _connect_patiently(
    store: Store, wait_seconds: float, on_wait: Callable[[str], None] | None, config: Mapping[str, str]
) -> Connection:
    patience = Patience(store, wait_seconds, on_wait)
    is_asked = False
    with ExitStack() as waiting:
        while True:
            try:
                return _connect(store, wait_seconds, on_wait, config)
            except duckdb.Error as error:
                if not is_held_by_another(error):
                    raise store_error(error, store) from error
                holder = re.search(r"PID (\d+)", str(error))
                if isinstance(store, Path) and not is_asked:
                    is_asked = waiting.enter_context(asking(store))
                patience.wait_for(f"process {holder[1]}" if holder else "another process")


def _connect(
    store: Store, wait_seconds: float, on_wait: Callable[[str], None] | None, config: Mapping[str, str]
) -> Connection:
    try:
        if isinstance(store, Lake):
            return open_lake(store, wait_seconds=wait_seconds, on_wait=on_wait, config=config)
        store.parent.mkdir(parents=True, exist_ok=True)
        return connect(str(store), config={**_GULPS, **config})
    except OSError as error:
        raise StoreError(f"{store}: {error.strerror}; choose a folder you can write to with GOUJI_HOME") from error
