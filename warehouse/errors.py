"""Errors whose message is for the user: one line that says what, where and what to do."""


class GoujiError(Exception):
    """Something a user can mend. ``exit_code`` is what the command line ends with."""

    exit_code = 1


class StoreError(GoujiError):
    """The store cannot be used."""


class StoreMissingError(StoreError):
    """There is no store at this path yet."""


class StoreLockedError(StoreError):
    """Another process writes to the store, and went on writing for as long as was waited."""


class SchemaTooNewError(StoreError):
    """The store was written by a later Gouji than this one."""


class QueryError(StoreError):
    """A query was refused or failed."""


def one_line(error: Exception) -> str:
    """Reduce a DuckDB error to its first line, without the candidate list and the caret drawing."""
    return str(error).strip().splitlines()[0]
