"""Opening the store, a DuckDB file or a lake, migrated to the schema this code knows."""

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

import duckdb

from warehouse.connection.faults import is_held_by_another, store_error
from warehouse.connection.lake import open_lake
from warehouse.connection.location import Lake, Store
from warehouse.connection.memory import Room
from warehouse.connection.patience import Patience
from warehouse.connection.transactions import Connection, closing, connect, insert_values, transaction
from warehouse.errors import StoreError
from warehouse.migrations import migrate, migrate_tables, migrations

__all__ = ["SEARCH_PATH", "Connection", "insert_values", "memory", "transaction", "writer"]

SEARCH_PATH = "main,core,audit,raw"
"""Unqualified names mean the analysts' views first, then the tables behind them."""

_GULPS = {"checkpoint_threshold": "1GB"}
"""What was written goes from the log into the file when a writer closes it, not with every large transaction."""

_writing_here: defaultdict[Store, threading.RLock] = defaultdict(threading.RLock)


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
    taken: AbstractContextManager[Mapping[str, str]] = room.taken() if room else nullcontext({})
    with (
        _alone_here(store),
        taken as config,
        closing(_connect_patiently(store, wait_seconds, on_wait, config)) as connection,
    ):
        try:
            migrate(connection)
            _settle(connection)
            yield connection
        except duckdb.ProgrammingError:
            raise
        except duckdb.Error as error:
            raise store_error(error, store) from error


def _settle(connection: Connection) -> None:
    """Let names and times mean the same as everywhere."""
    connection.execute(f"SET search_path = '{SEARCH_PATH}'")
    connection.execute("SET TimeZone = 'Asia/Shanghai'")


def _alone_here(store: Store) -> AbstractContextManager[object]:
    """Keep the other threads of this process out, where DuckDB's lock on a file only keeps out other processes."""
    if isinstance(store, Lake):
        return _writing_here[store] if store.connection_string is None else nullcontext()
    return _writing_here[store.resolve()]


def _connect_patiently(
    store: Store, wait_seconds: float, on_wait: Callable[[str], None] | None, config: Mapping[str, str]
) -> Connection:
    patience = Patience(store, wait_seconds, on_wait)
    while True:
        try:
            if isinstance(store, Lake):
                return open_lake(store, wait_seconds=wait_seconds, on_wait=on_wait, config=config)
            store.parent.mkdir(parents=True, exist_ok=True)
            return connect(str(store), config={**_GULPS, **config})
        except OSError as error:
            raise StoreError(f"{store}: {error.strerror}; choose a folder you can write to with GOUJI_HOME") from error
        except duckdb.Error as error:
            if not is_held_by_another(error):
                raise store_error(error, store) from error
            holder = re.search(r"PID (\d+)", str(error))
            patience.wait_for(f"process {holder[1]}" if holder else "another process")
