"""TRS WCM: a folder of static list pages, ``index.html``, ``index_1.html`` …"""

from collections.abc import Sequence
from dataclasses import dataclass

from samples.portals.reports import ListedReport
from samples.portals.server import NOT_FOUND, Reply, Request


@dataclass(frozen=True)
class TrsPortal:
    """``stated_pages`` is the count that the page's script claims; ``stem`` and ``suffix`` name its files."""

    reports: Sequence[ListedReport]
    folder: str = "/zwgk/zfxxgk/zfxxgknb/"
    per_page: int = 15
    stated_pages: int | None = None
    stem: str = "index"
    suffix: str = "html"
    charset: str = "utf-8"

    def __call__(self, request: Request) -> Reply:
        """Answer as the portal does."""
        pages = {self.report_path(report): report for report in self.reports}
        if request.path in pages:
            return Reply(pages[request.path].body)
        lists = {self.folder: 0, f"{self.folder}{self.stem}.{self.suffix}": 0}
        lists |= {f"{self.folder}{self.stem}_{number}.{self.suffix}": number for number in range(1, self._count)}
        if request.path in lists:
            text = self._list(lists[request.path])
            return Reply(text.encode(self.charset), content_type="text/html")
        return NOT_FOUND

    def report_path(self, report: ListedReport) -> str:
        """Where a report's page is."""
        return f"{self.folder}{report.listed_on:%Y%m}/t{report.listed_on:%Y%m%d}_{report.number}.html"

    @property
    def _count(self) -> int:
        return max(1, -(-len(self.reports) // self.per_page))

    def _list(self, number: int) -> str:
        listed = self.reports[number * self.per_page : (number + 1) * self.per_page]
        entries = "".join(
            f"<li><span>{report.listed_on}</span><a href='.{self.report_path(report).removeprefix(self.folder[:-1])}'"
            f" title=''>{report.title}</a></li>"
            for report in listed
        )
        stated = self._count if self.stated_pages is None else self.stated_pages
        return (
            f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={self.charset}'></head><body>"
            f"<a href='/'>首页</a><ul>{entries}</ul>"
            f'<script>createPageHTML({stated}, {number}, "{self.stem}", "{self.suffix}");</script></body></html>'
        )
