"""What an adapter is: the one thing that a family of portals needs of its own, how its lists answer."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import BaseModel, ConfigDict

from tasks.web.encodings import Encoding


class ListError(ValueError):
    """A list page that answered something else than its family does. The message is one line."""

    code = "list_unreadable"


class ListIncompleteError(ListError):
    """A list that says it has more than can be asked for."""

    code = "list_incomplete"


class Answer(Protocol):
    """One list page as answered: the address it came from in the end, its text, and how that was encoded."""

    @property
    def url(self) -> str:
        """The final address."""

    @property
    def text(self) -> str:
        """The decoded body."""

    @property
    def encoding(self) -> Encoding:
        """How the body was encoded."""


class Ask(Protocol):
    """How an adapter gets a page: politely, within the declared hosts; raises ``FetchError`` when it cannot."""

    def __call__(self, url: str, *, form: Mapping[str, str] | None = None) -> Answer:
        """GET ``url``, or POST ``form`` to it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One link on a list page, as printed there. ``year`` only where the list itself says it for this record."""

    url: str
    title: str
    listed_on: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list. ``total`` is the number of records that the list claims to have, ``page_count`` of pages."""

    records: tuple[Record, ...]
    total: int | None = None
    page_count: int | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where a list begins, which report years are wanted, and the folder of the source files."""

    address: str | None
    years: tuple[int, ...] = ()
    folder: Path | None = None

    def required_address(self) -> str:
        """The list's address, for the adapters that cannot do without.

        Raises:
            ListError: the source file gives none.
        """
        if self.address is None:
            raise ListError("this adapter needs the address of the list; the source file gives none")
        return self.address


@dataclass(frozen=True, slots=True)
class Recognition:
    """A page taken for a list of a family: the sign that it was told by, and the parameters that a source must give.

    Parameters that the adapter reads from the page at every walk are not among them. ``sure`` where only this family
    makes such pages; ``address`` is that of the list, where it is not the page's.
    """

    sign: str
    sure: bool = True
    parameters: Mapping[str, object] = field(default_factory=dict)
    address: str | None = None


class Adapter(BaseModel, ABC):
    """How the lists of one family answer. Its fields are the parameters that a source file may give.

    A subclass stands alone in a module of ``tasks/sources/adapters/`` and is found by that module's name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    addresses: ClassVar[re.Pattern[str] | None] = None
    """What addresses of the family's lists and reports look like, where that tells them."""

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """What speaks for a page being a list of this family; ``None`` when nothing does."""
        return None

    @abstractmethod
    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The list's pages in order, each asked for only when the one before was taken.

        An adapter need not know where a list ends: whoever takes the pages stops at a page that is empty,
        missing or brings nothing new.
        """
