"""Static lists: channels with numbered pages, and pages that lead to the next by a link."""

from dataclasses import dataclass

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request


@dataclass(frozen=True)
class ChannelPortal(SmallPortal):
    """``/c<channel>/list.shtml``, ``list_2.shtml`` …; pages beyond the last answer with the first (``wraps``)."""

    channel: str = "/tzzfxxgk/c109616/"
    per_page: int = 15
    wraps: bool = False

    @property
    def list_path(self) -> str:
        """The channel's first page."""
        return f"{self.channel}list.shtml"

    def report_path(self, report: ListedReport) -> str:
        """A page under its month."""
        return f"{self.channel}{report.listed_on:%Y%m}/{1314808 + report.number}.shtml"

    def list_page(self, request: Request) -> Reply | None:
        """One of the channel's pages."""
        pages = {f"{self.channel}list_{number + 1}.shtml": number for number in range(1, 200)}
        number = 0 if request.path == self.list_path else pages.get(request.path)
        if number is None:
            return None
        if number >= self.page_count(self.per_page):
            return Reply(self._list(0)) if self.wraps else None
        return Reply(self._list(number))

    def _list(self, number: int) -> str:
        entries = "".join(
            f"<dd><a href='{self.report_path(report)}'>{report.title}</a><em>{report.listed_on:%Y年%m月%d日}</em></dd>"
            for report in self.page_of(number, self.per_page)
        )
        return f"<html><body><dl>{entries}</dl></body></html>"


@dataclass(frozen=True)
class LinkedPortal(SmallPortal):
    """Pages that know their next by a link (下一页); the last one links to itself, or to the first (``circular``).

    ``ending`` is that of the reports' addresses: a list may hold documents without pages.
    """

    folder: str = "/news/"
    ending: str = ".html"
    per_page: int = 15
    circular: bool = False

    @property
    def list_path(self) -> str:
        """The first page."""
        return f"{self.folder}list/ndbg.html"

    def report_path(self, report: ListedReport) -> str:
        """A page with a long number."""
        return f"{self.folder}detail/{report.listed_on:%Y%m%d}{report.number:09}{self.ending}"

    def list_page(self, request: Request) -> Reply | None:
        """One page; the number stands in the query."""
        if request.path != self.list_path:
            return None
        number, last = int(request.query.get("p", 1)), self.page_count(self.per_page)
        following = number + 1 if number < last else 1 if self.circular else last
        entries = "".join(
            f"<tr><td><a href='{self.report_path(report)}'><font>{report.title}</font></a></td>"
            f"<td>{report.listed_on}</td></tr>"
            for report in self.page_of(number - 1, self.per_page)
        )
        return Reply(f"<table>{entries}</table><p>{number}/{last} <a href='?p={following}'>下一页 &gt;</a></p>")
