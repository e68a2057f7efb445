"""Hanweb's disclosure catalogue: rows from a search, and annual-report pages by organ and year."""

from dataclasses import dataclass

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request


@dataclass(frozen=True)
class XxgkPortal(SmallPortal):
    """A catalogue whose last page comes again for every number beyond it, when ``repeats`` says so."""

    per_page: int = 15
    repeats: bool = False

    @property
    def list_path(self) -> str:
        """The catalogue's page."""
        return "/col/col1229498488/index.html"

    def report_path(self, report: ListedReport) -> str:
        """An art page under its date."""
        day = report.listed_on
        return f"/art/{day.year}/{day.month}/{day.day}/art_1229498488_{report.number}.html"

    def list_page(self, request: Request) -> Reply | None:
        """The catalogue's shell, or the rows of the search."""
        if request.path == self.list_path:
            return Reply(
                "<html><body><div id='div1229498488'></div><script>var infotypeId = 'A0212'; var jdid = '3096';"
                "var area = '002482429'; var divid = 'div1229498488'; search();</script></body></html>"
            )
        if request.path != "/module/xxgk/search.jsp" or request.method != "POST":
            return None
        if request.form.get("infotypeId") != "A0212" or request.form.get("divid") != "div1229498488":
            return Reply("<table></table>")
        last = self.page_count(self.per_page) - 1
        number = int(request.form["currpage"]) - 1
        return Reply(self._rows(min(number, last) if self.repeats else number, last + 1))

    def _rows(self, number: int, pages: int) -> str:
        rows = "".join(
            f"<tr class='tr_main_value_{'odd' if report.number % 2 else 'even'}'><td>{report.number}</td>"
            f"<td><a href='{self.report_path(report)}' title='{report.title}' target='_blank'>{report.title}</a></td>"
            f"<td>{report.listed_on}</td></tr>"
            for report in self.page_of(number, self.per_page)
        )
        return f"<table>{rows}</table><div>&nbsp;&nbsp;共{pages}页&nbsp;<a href='#'>下一页</a></div>"


@dataclass(frozen=True)
class AnnualPortal(SmallPortal):
    """Annual-report pages by organ and year; there is no list, and an organ without a report has an empty page."""

    @property
    def list_path(self) -> str:
        """The page that takes organ and year."""
        return "/module/xxgk/xxgkAnnualReport.jsp"

    def report_path(self, report: ListedReport) -> str:
        """The page's address with its query."""
        return f"{self.list_path}?area={self.area(report)}&fbtime={report.year}"

    def area(self, report: ListedReport) -> str:
        """The organ's code on this portal."""
        return f"0024824{report.number:02}"

    def list_page(self, request: Request) -> Reply | None:
        """The report of an organ for a year, or a page with nothing in it."""
        if request.path != self.list_path:
            return None
        wanted = f"{self.list_path}?area={request.query.get('area')}&fbtime={request.query.get('fbtime')}"
        report = next((report for report in self.reports if self.report_path(report) == wanted), None)
        return Reply(report.body if report else "<html><body><script>load()</script></body></html>")
