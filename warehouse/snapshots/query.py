"""Read-only SQL on the published snapshot, within limits."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import count
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.errors import QueryError
from warehouse.rows import Row
from warehouse.snapshots.reader import DEFAULT_MEGABYTES, reader
from warehouse.store import Connection

Parameters = Sequence[object] | Mapping[str, object]

_BATCH_ROWS = 20_000
_MISSING_COLUMN = re.compile(r'does not have a column named "([^"]+)"')
_KIND_OF_ERROR = re.compile(r"^(?:\w+ )+Error: ")


@dataclass(frozen=True)
class Limits:
    """How long a query may take, how many rows it may return (``None``: any number), how much memory it may take."""

    seconds: float = 60.0
    rows: int | None = None
    megabytes: int = DEFAULT_MEGABYTES


DEFAULT_LIMITS = Limits()


_ASKS = ([duckdb.StatementType.SELECT], [duckdb.StatementType.EXPLAIN])
_PIVOT = [duckdb.StatementType.CREATE, duckdb.StatementType.SELECT]
"""What one PIVOT whose columns come from the data is taken apart into."""


@dataclass
class Answer:
    """A query's rows as they are computed: batch by batch, never all at once. To be read once.

    ``count`` is how many rows were read so far. No two columns have the same name: a second ``n`` is called ``n_1``.
    """

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    count: int = 0

    def table(self) -> pa.Table:
        """Read all rows."""
        return pa.Table.from_batches(self.batches, self.schema)

    def first(self, number: int) -> pa.Table:
        """Read the first rows only."""
        taken: list[pa.RecordBatch] = []
        while (missing := number - sum(batch.num_rows for batch in taken)) > 0:
            batch = next(self.batches, None)
            if batch is None:
                break
            taken.append(batch.slice(0, missing))
        return pa.Table.from_batches(taken, self.schema)


@contextmanager
def answer(snapshot: Path, sql: str, parameters: Parameters = (), limits: Limits = DEFAULT_LIMITS) -> Iterator[Answer]:
    """Run one query on the snapshot; its rows are computed while they are read.

    It can neither write nor reach files, the network or extensions. Raises ``StoreMissingError`` if there is no
    snapshot, and :class:`QueryError` in one line, also while rows are read, if the query is wrong, refused, or
    beyond the limits.
    """
    with (
        reader(snapshot, megabytes=limits.megabytes) as connection,
        answer_on(connection, sql, parameters, limits) as answered,
    ):
        yield answered


@contextmanager
def answer_on(connection: Connection, sql: str, parameters: Parameters, limits: Limits) -> Iterator[Answer]:
    """Run one query on a snapshot that is open; the same holds as for :func:`answer`."""
    with _explained(connection, limits):
        watchdog = threading.Timer(limits.seconds, connection.interrupt)
        watchdog.start()
        try:
            _check_statement(connection, sql)
            found = connection.execute(sql, parameters or None).to_arrow_reader(_BATCH_ROWS)
            answered = Answer(_with_distinct_names(found.schema), iter(()))
            answered.batches = _within(found, limits, answered)
            yield answered
        finally:
            watchdog.cancel()


def query(snapshot: Path, sql: str, parameters: Parameters = (), limits: Limits = DEFAULT_LIMITS) -> pa.Table:
    """Run one query on the snapshot and return its rows; the same holds as for :func:`answer`."""
    with answer(snapshot, sql, parameters, limits) as found:
        return found.table()


def rows(snapshot: Path, sql: str, parameters: Parameters = ()) -> list[Row]:
    """Run one query on the snapshot and return its rows as mappings by column name."""
    found: list[Row] = query(snapshot, sql, parameters).to_pylist()
    return found


def explained(error: Exception) -> str:
    """Reduce a DuckDB error to one line: what is wrong and the candidates, without the caret drawing."""
    lines = []
    for line in _KIND_OF_ERROR.sub("", str(error).strip()).splitlines():
        if not line.strip() or line.lstrip().startswith("Candidate functions"):
            break
        lines.append(line.strip().rstrip("!"))
    return "; ".join(lines).replace("Candidate bindings:", "there are").replace("Candidate tables:", "there are")


def _check_statement(connection: Connection, sql: str) -> None:
    """Raise :class:`QueryError` unless ``sql`` is one statement that only asks.

    A statement that asks can reach nothing: the snapshot is attached read-only, files, network and settings are shut.
    """
    statements = connection.extract_statements(sql)
    kinds = [statement.type for statement in statements]
    if not statements:
        raise QueryError("there is no SQL in it")
    is_pivot = kinds == _PIVOT and not any(statement.query for statement in statements)
    if len(statements) > 1 and not is_pivot:
        raise QueryError(f"one statement at a time, please: there are {len(statements)}")
    if not is_pivot and kinds not in _ASKS:
        raise QueryError(f"{kinds[0].name} is not possible here: the snapshot is read-only; ask it with SELECT")


def _with_distinct_names(schema: pa.Schema) -> pa.Schema:
    names: list[str] = []
    for name in schema.names:
        others = (f"{name}_{number}" for number in count(1))
        names.append(name if name not in names else next(other for other in others if other not in names))
    return pa.schema([field.with_name(name) for field, name in zip(schema, names, strict=True)])


def _within(found: pa.RecordBatchReader, limits: Limits, answered: Answer) -> Iterator[pa.RecordBatch]:
    while (batch := _next_batch(found)) is not None:
        answered.count += batch.num_rows
        if limits.rows is not None and answered.count > limits.rows:
            raise QueryError(f"stopped: more than {limits.rows} rows; narrow the query or raise --limit")
        yield pa.RecordBatch.from_arrays(batch.columns, schema=answered.schema)


def _next_batch(found: pa.RecordBatchReader) -> pa.RecordBatch | None:
    """Read on; Arrow reports what DuckDB says meanwhile as errors of input and output."""
    try:
        return found.read_next_batch()
    except StopIteration:
        return None
    except OSError as error:
        kind = duckdb.InterruptException if str(error).startswith("INTERRUPT") else duckdb.OperationalError
        raise kind(str(error)) from error


@contextmanager
def _explained(connection: Connection, limits: Limits) -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException as error:
        raise QueryError(f"stopped after {limits.seconds:g} s; narrow the query or raise --timeout") from error
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        message = f"stopped: more than {limits.megabytes} MB of memory; narrow the query or raise --memory"
        raise QueryError(message) from error
    except (duckdb.Error, pa.ArrowException) as error:
        raise QueryError(explained(error) + _similar_columns(connection, str(error))) from error


def _similar_columns(connection: Connection, message: str) -> str:
    """Name columns like the one that a table lacks, where DuckDB itself names none."""
    missing = _MISSING_COLUMN.search(message)
    if missing is None:
        return ""
    known = connection.execute("SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    similar = get_close_matches(missing[1], sorted(name for (name,) in known))
    return "; did you mean " + " or ".join(f'"{name}"' for name in similar) if similar else ""
