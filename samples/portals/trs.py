"""TRS WCM: a folder of static list pages, ``index.html``, ``index_1.html`` …"""

from dataclasses import dataclass

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request


@dataclass(frozen=True)
class TrsPortal(SmallPortal):
    """``stated_pages`` is the count that the page's script claims; ``stem`` and ``suffix`` name its files. Older ones
    write the links to further pages ``inline``, without a function.
    """

    folder: str = "/zwgk/zfxxgk/zfxxgknb/"
    per_page: int = 15
    stated_pages: int | None = None
    stem: str = "index"
    suffix: str = "html"
    charset: str = "utf-8"
    inline: bool = False

    @property
    def list_path(self) -> str:
        """The folder."""
        return self.folder

    def report_path(self, report: ListedReport) -> str:
        """A file under its month."""
        return f"{self.folder}{report.listed_on:%Y%m}/t{report.listed_on:%Y%m%d}_{report.number}.html"

    def list_page(self, request: Request) -> Reply | None:
        """One of the folder's numbered files."""
        pages = {self.folder: 0, f"{self.folder}{self.stem}.{self.suffix}": 0}
        for number in range(1, self.page_count(self.per_page)):
            pages[f"{self.folder}{self.stem}_{number}.{self.suffix}"] = number
        if request.path not in pages:
            return None
        return Reply(self._list(pages[request.path]).encode(self.charset), content_type="text/html")

    def _list(self, number: int) -> str:
        entries = "".join(
            f"<li><span>{report.listed_on}</span><a href='.{self.report_path(report).removeprefix(self.folder[:-1])}'"
            f" title=''>{report.title}</a></li>"
            for report in self.page_of(number, self.per_page)
        )
        stated = self.page_count(self.per_page) if self.stated_pages is None else self.stated_pages
        script = f'createPageHTML({stated}, {number}, "{self.stem}", "{self.suffix}");'
        if self.inline:
            script = (
                f"var currentPage = {number}; var nextPage = currentPage+1; var countPage = {stated};\n"
                "if(nextPage<countPage) "
                f'document.write("<a href=\\"{self.stem}"+"_" + nextPage + "."+"{self.suffix}\\">'
                '下一页</a>");'
            )
        return (
            f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={self.charset}'></head><body>"
            f"<a href='/'>首页</a><ul>{entries}</ul>"
            f"<script>{script}</script></body></html>"
        )
