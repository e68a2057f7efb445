"""What DuckDB and PostgreSQL say when the store cannot be used, as one line: what, where, and what to do."""

import re

import duckdb

from warehouse.connection.location import Store, without_secrets
from warehouse.errors import StoreError, one_line

FULL_DISK = "make room (`gouji housekeeping`), then run again"

_DAMAGED = "the warehouse is damaged; restore the latest backup (docs/operations.md, Backup and restore)"

_REMEDIES = (
    (r"No space left on device|[Dd]isk quota|database is full", FULL_DISK),
    (
        r"replaying WAL file",
        "its log, the .wal beside it, is damaged; restore the latest backup (docs/operations.md, Backup and restore), "
        "or move the log away and run again: what was written last is then read again from the archive",
    ),
    (r"Out of Memory", "give it more with GOUJI_MEMORY"),
    (r"Corrupt database file|Could not read enough bytes|not a valid DuckDB", _DAMAGED),
    (r"Could not set lock", "the file system refuses locks; put GOUJI_HOME on a disk of this machine"),
    (
        r"too many (clients|connections)|remaining connection slots",
        "a run needs 2 connections at the least and up to 4; raise PostgreSQL's max_connections, or end other sessions",
    ),
    (r"FATAL", "see to it in PostgreSQL, or mend GOUJI_WAREHOUSE"),
    (
        r"Unable to connect to Postgres|server closed the connection|connection to server",
        "see whether PostgreSQL runs and can be reached from here, then run again",
    ),
    (
        r"Cannot open file .*\.parquet",
        "a file of the lake's data is missing; see whether its folder is mounted and whole, or name where it lies now "
        "with GOUJI_LAKE_DATA",
    ),
    (r"HTTP|[Ss]3|Could not establish connection", "see whether the data's address and its keys (AWS_…) are right"),
)

_POSTGRES = re.compile(r'Unable to connect to Postgres at ".*": ', re.DOTALL)
_OF_POSTGRES = re.compile(r"Postgres|FATAL|server closed the connection")


def store_error(error: Exception, store: Store) -> StoreError:
    """Return what to raise for an error of DuckDB's: cause and remedy in one line, without any password."""
    text = str(error)
    if _OF_POSTGRES.search(text):
        reason = " ".join(_POSTGRES.sub("PostgreSQL cannot be reached: ", text).split())
    else:
        reason = one_line(error)
    remedy = next((f"; {remedy}" for pattern, remedy in _REMEDIES if re.search(pattern, text)), "")
    return StoreError(f"{store}: {without_secrets(reason).removeprefix('IO Error: ').rstrip('.!')}{remedy}")


def is_held_by_another(error: duckdb.Error) -> bool:
    """Whether it is another process's lock that keeps a DuckDB file from being opened: that one can be waited for."""
    return "Could not set lock" in str(error) and "Conflicting lock" in str(error)
