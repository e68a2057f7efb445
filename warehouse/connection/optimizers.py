"""Which of DuckDB's optimizers plan no statement: those that a connection leaves out, and those of a while besides."""

from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.connection.transactions import Connection
from warehouse.sql import literal


def leave_out(connection: Connection, *optimizers: str) -> None:
    """Plan without some optimizers from now on, and without those that were left out before."""
    before = _left_out(connection)
    _set(connection, ",".join((before, *optimizers) if before else optimizers))


@contextmanager
def left_out(connection: Connection, *optimizers: str) -> Iterator[None]:
    """Plan without some optimizers as long as the block runs; what was left out before stays so."""
    before = _left_out(connection)
    leave_out(connection, *optimizers)
    try:
        yield
    finally:
        _set(connection, before)


def _left_out(connection: Connection) -> str:
    (names,) = connection.execute("SELECT current_setting('disabled_optimizers')").fetchone() or ("",)
    return str(names)


def _set(connection: Connection, names: str) -> None:
    connection.execute(f"SET disabled_optimizers = {literal(names)}")
