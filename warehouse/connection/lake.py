"""The warehouse as a DuckLake: a catalogue that several machines reach, and Parquet in a folder or on S3.

DuckLake lets two processes insert the same row at the same time, as it has no keys. So writers take turns: a
transaction holds an advisory lock of the catalogue's PostgreSQL, which is gone with the session that holds it,
however that ends. A catalogue that is a DuckDB file has DuckDB's own lock instead.
"""

import importlib.util
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.connection.location import Lake
from warehouse.connection.optimizers import leave_out
from warehouse.connection.patience import Patience
from warehouse.connection.transactions import Connection, connect, roll_back, take_turns
from warehouse.errors import StoreError, one_line
from warehouse.sql import literal

CATALOGUE = "warehouse"
"""The name under which a lake is attached: that of the default file, so that qualified names mean the same."""

_LOCK = 0x676F756A69  # "gouji"

# DuckLake takes the first scan of a plan that yields numbers of rows within files for that of the table that changes.
# These optimizers add such numbers to other scans; then it reads what is no list of files, and waits or dies of it.
_MISLEADING = ("late_materialization", "top_n_window_elimination")


def open_lake(
    lake: Lake,
    *,
    wait_seconds: float = 0.0,
    on_wait: Callable[[str], None] | None = None,
    read_only: bool = False,
    config: Mapping[str, str] | None = None,
) -> Connection:
    """Connect to a lake, made if need be; its transactions take turns with those of other processes.

    Raises :class:`StoreError` if DuckDB's extensions, the catalogue or the data cannot be reached.
    """
    connection = connect(config=config)
    try:
        load_extension(connection, "ducklake")
        if lake.connection_string is None:
            _attach(connection, lake, lake.data, read_only)
        else:
            load_extension(connection, "postgres_scanner")
            connection.execute(f"ATTACH {literal(lake.connection_string)} AS catalogue (TYPE postgres)")
            turn = _AdvisoryLock(connection, str(lake), wait_seconds, on_wait)
            take_turns(connection, turn)
            with nullcontext() if _known_data(connection) else turn():
                _attach(connection, lake, lake.data or _known_data(connection), read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def load_extension(connection: Connection, name: str) -> None:
    """Load an extension of DuckDB's: from its wheel where that is installed, else as DuckDB downloads it."""
    wheel = importlib.util.find_spec(f"duckdb_extension_{name}")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        file = Path(folder, "extensions", f"v{duckdb.__version__}", f"{name}.duckdb_extension")
        if file.exists():
            connection.execute(f"LOAD {literal(str(file))}")
            return
    try:
        connection.execute(f"INSTALL {name}")
        connection.execute(f"LOAD {name}")
    except duckdb.Error as error:
        raise StoreError(
            f"DuckDB's extension {name} can neither be found nor downloaded ({one_line(error)}); "
            f"install the package duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
        ) from error


def _known_data(connection: Connection) -> str | None:
    """Return where the data lies of the lake in the attached PostgreSQL; ``None`` if there is no lake yet."""
    if ask(connection, _TABLE_OF_LAKE) is None:
        return None
    path = ask(connection, _DATA_PATH)
    return None if path is None else str(path)


def _attach(connection: Connection, lake: Lake, data: str | None, read_only: bool) -> None:
    if data is None and not lake.is_there:
        raise StoreError(
            f"{lake}: a new lake needs GOUJI_LAKE_DATA, a folder that every machine sees or s3://bucket/folder"
        )
    options = ["READ_ONLY"] if read_only else []
    if data and "://" in data:
        load_extension(connection, "httpfs")
        connection.execute(_s3_secret(os.environ))
    if data:
        # A lake's data may have been moved since: then where it is named to lie goes before what the catalogue knows.
        place = data if "://" in data else str(Path(data).resolve())
        options += [f"DATA_PATH {literal(place)}", "OVERRIDE_DATA_PATH true"]
    given = f" ({', '.join(options)})" if options else ""
    connection.execute(f"ATTACH {literal(lake.catalogue)} AS {CATALOGUE}{given}")
    connection.execute(f"USE {CATALOGUE}")
    leave_out(connection, *_MISLEADING)
    _find_data(connection, lake)


def _find_data(connection: Connection, lake: Lake) -> None:
    """Raise :class:`StoreError` if the folder of a lake's data is not there, though it holds files."""
    (data,) = connection.execute("SELECT data_path FROM ducklake_settings(current_database())").fetchone() or (None,)
    if data is None or "://" in data or Path(data).is_dir():
        return
    if connection.execute(_ANY_FILE).fetchone() is not None:
        raise StoreError(
            f"{lake}: the folder of its data, {data}, is not there; mount it, or name where it lies now with "
            "GOUJI_LAKE_DATA"
        )


def _s3_secret(environment: Mapping[str, str]) -> str:
    """Take the address and the keys of S3 from the variables that every S3 tool takes them from."""
    options = {
        "KEY_ID": environment.get("AWS_ACCESS_KEY_ID"),
        "SECRET": environment.get("AWS_SECRET_ACCESS_KEY"),
        "SESSION_TOKEN": environment.get("AWS_SESSION_TOKEN"),
        "REGION": environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION"),
    }
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL")
    if endpoint:
        scheme, _, host = endpoint.rpartition("://")
        options |= {"ENDPOINT": host.rstrip("/"), "URL_STYLE": "path", "USE_SSL": str(scheme != "http").lower()}
    given = "".join(f", {name} {literal(value)}" for name, value in options.items() if value)
    return f"CREATE OR REPLACE SECRET lake_data (TYPE s3{given})"


@dataclass(frozen=True)
class _AdvisoryLock:
    """A turn to write to the lake, among all processes and machines that write to it."""

    connection: Connection
    lake: str
    wait_seconds: float
    on_wait: Callable[[str], None] | None

    @contextmanager
    def __call__(self) -> Iterator[None]:
        session = self.connection.cursor()
        session.begin()
        try:
            self._wait(session)
            yield
        finally:
            roll_back(session)
            session.close()

    def _wait(self, session: Connection) -> None:
        prepare(session)
        patience = Patience(self.lake, self.wait_seconds, self.on_wait)
        while not ask(session, f"SELECT pg_try_advisory_xact_lock({_LOCK})"):
            patience.wait_for(str(ask(session, _HOLDER) or "another process"))


def prepare(session: Connection) -> None:
    """Let a transaction in the attached PostgreSQL last as long as it must, and its other users see whose it is."""
    this_process = f"gouji, process {os.getpid()} on {socket.gethostname()}"
    ask(session, f"SELECT set_config('application_name', {literal(this_process)}, true)")
    ask(session, _NO_TIMEOUT)


def ask(session: Connection, sql: str) -> object:
    """Return the first value that the attached PostgreSQL answers; ``None`` if it answers no row."""
    answer = session.execute(f"FROM postgres_query('catalogue', {literal(sql)})").fetchone()
    return answer[0] if answer else None


# Who holds a lock is silent for as long: PostgreSQL would take that for an idle client and end the session.
_NO_TIMEOUT = """
    SELECT count(set_config(name, '0', true)) FROM pg_settings
    WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')
"""

_ANY_FILE = f"SELECT 1 FROM __ducklake_metadata_{CATALOGUE}.ducklake_data_file LIMIT 1"
_TABLE_OF_LAKE = "SELECT to_regclass('ducklake_metadata')::text"
_DATA_PATH = "SELECT value FROM ducklake_metadata WHERE key = 'data_path'"

_HOLDER = f"""
    SELECT coalesce(nullif(application_name, ''), 'PostgreSQL session ' || pid)
    FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = {_LOCK}
"""
