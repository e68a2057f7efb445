"""All or nothing: a transaction on the store, taken in turns where several machines write to one lake."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TypeAlias
from weakref import WeakKeyDictionary

import duckdb

Connection: TypeAlias = duckdb.DuckDBPyConnection
"""A connection to the store; the only type of DuckDB's that other packages see."""

Turn: TypeAlias = Callable[[], AbstractContextManager[None]]
"""Waits for one's turn to write, and keeps it for as long as the context lasts."""

_BROKEN_OFF = "Query interrupted"
"""What DuckDB says where a signal came in the middle of a statement."""

_turns: WeakKeyDictionary[Connection, Turn] = WeakKeyDictionary()


def connect(
    database: str = ":memory:",
    *,
    read_only: bool = False,
    config: Mapping[str, str | bool] | Mapping[str, str] | None = None,
) -> Connection:
    """Connect to a database, as DuckDB does, but never draw a progress bar on the screen."""
    return _without_progress(duckdb.connect(database, read_only=read_only, config=dict(config or {})))


def another(connection: Connection) -> Connection:
    """Return a further connection to the same database, with transactions and temporary tables of its own."""
    return _without_progress(connection.cursor())


def _without_progress(connection: Connection) -> Connection:
    connection.execute("SET enable_progress_bar = false")
    return connection


@contextmanager
def closing(connection: Connection) -> Iterator[Connection]:
    """Close a connection at the end; what a signal raised within a statement comes out as itself.

    DuckDB raises a ``RuntimeError`` in its stead, and its threads go on with the statement. Whoever opens the file
    again in this process waits for them, for ever where the statement writes.
    """
    try:
        yield connection
    except RuntimeError as error:
        if str(error) != _BROKEN_OFF:
            raise
        connection.interrupt()
        with suppress(duckdb.Error):
            connection.execute("SELECT 1")
        raise error.__cause__ or error from None
    finally:
        connection.close()


def take_turns(connection: Connection, turn: Turn) -> None:
    """Let every later transaction of a connection wait for its turn first."""
    _turns[connection] = turn


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit what happens inside, or nothing of it.

    On a lake the transaction begins once it is this process's turn to write, so that it sees all that was written
    before and nothing is written beside it.
    """
    with _turns.get(connection, nullcontext)():
        connection.begin()
        try:
            yield
        except BaseException:
            roll_back(connection)
            raise
        connection.commit()


def roll_back(connection: Connection) -> None:
    """Undo a transaction that failed.

    Where that fails too, the database has ended the transaction with its session; what broke it is what counts. A
    transaction left to the closing of its connection would take the whole process down with it. A statement that a
    signal broke off is not waited for.
    """
    connection.interrupt()
    with suppress(duckdb.Error):
        connection.rollback()


def insert_values(connection: Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert some rows of values, one for each column of a table, in one statement; none are fine."""
    rows = tuple(rows)
    if rows:
        row = f"({', '.join('?' * len(rows[0]))})"
        values = [value for each in rows for value in each]
        connection.execute(f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}", values)
