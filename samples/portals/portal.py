"""What the small portals have in common: they serve their reports' pages, and lists in their family's way."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from samples.portals.reports import ListedReport
from samples.portals.server import NOT_FOUND, Reply, Request


@dataclass(frozen=True)
class SmallPortal(ABC):
    """A portal of one family. An instance is an app for :class:`samples.portals.server.PortalServer`."""

    reports: Sequence[ListedReport]

    @property
    @abstractmethod
    def list_path(self) -> str:
        """The address, below the host, that a source file names."""

    @abstractmethod
    def report_path(self, report: ListedReport) -> str:
        """Where a report's page is."""

    @abstractmethod
    def list_page(self, request: Request) -> Reply | None:
        """What a list or its service answers; ``None`` for an address that it does not have."""

    def __call__(self, request: Request) -> Reply:
        """Answer as the portal does."""
        if report := self.report_at(request.path):
            return Reply(report.body)
        return self.list_page(request) or NOT_FOUND

    def report_at(self, path: str) -> ListedReport | None:
        """The report whose page is at ``path``."""
        return self._pages.get(path)

    @cached_property
    def _pages(self) -> dict[str, ListedReport]:
        return {self.report_path(report): report for report in self.reports}

    def page_of(self, number: int, size: int) -> Sequence[ListedReport]:
        """The reports of one list page, the pages counted from zero."""
        return self.reports[number * size : (number + 1) * size] if number >= 0 else ()

    def page_count(self, size: int) -> int:
        """How many list pages there really are."""
        return max(1, -(-len(self.reports) // size))
