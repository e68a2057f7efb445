"""What a page is: an address, the parameters it knows, and the question it puts to the snapshot."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from explorer.asking import PAGE_ROWS, Parameter, Question
from explorer.errors import ToldError
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease
from warehouse.text import Text

Context = dict[str, Any]
"""What a template is filled with."""


class NotThereError(ToldError):
    """There is no such report, organ, finding or rule in the snapshot."""


class MovedError(Exception):
    """The page is at another address, which is the only argument."""


@dataclass(frozen=True)
class Listing:
    """A list as one query, whole and sorted: the page shows a part of it, CSV and JSON hold all of it."""

    sql: str
    relation: str
    """The table that its columns are of, to name them after."""
    parameters: Mapping[str, object] = field(default_factory=dict)

    def page(self, lease: Lease, question: Question) -> list[Row]:
        """Return the rows of the page that was asked for, and one more where there is a next page."""
        offset = (question.page - 1) * PAGE_ROWS
        return lease.rows(f"{self.sql} LIMIT {PAGE_ROWS + 1} OFFSET {offset}", **self.parameters)

    def count(self, lease: Lease) -> int:
        """Return how many rows there are."""
        found = lease.row(f"SELECT count(*) AS n FROM ({self.sql})", **self.parameters)
        return int(found["n"]) if found else 0


@dataclass(frozen=True)
class Page:
    """One page. ``view`` turns a question into the context of ``template``; ``listing`` is its list, if it has one;
    ``data`` and ``csv`` are what its ``.json`` and ``.csv`` hold where it has none.
    """

    path: str
    template: str
    view: Callable[[Question, Lease], Context]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    listing: Callable[[Question], Listing] | None = None
    data: Callable[[Context], object] | None = None
    csv: Callable[[Context], Iterator[str]] | None = None
    is_kept: bool = True
    """Whether what was made of it may be kept for the next visitor."""

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats it is also to be had in."""
        if self.listing is not None:
            return ("json", "csv", "xlsx")
        return (("json",) if self.data is not None else ()) + (("csv",) if self.csv is not None else ())


def found(row: Row | None, what: str) -> Row:
    """Return a row; raises :class:`NotThereError` if there is none."""
    if row is None:
        raise NotThereError(Text(what, what))
    return row
