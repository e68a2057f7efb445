"""Hanweb's disclosure catalogue: rows from a search, and annual-report pages by organ and year."""

from dataclasses import dataclass

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request


@dataclass(frozen=True)
class XxgkPortal(SmallPortal):
    """A catalogue whose last page comes again for every number beyond it, when ``repeats`` says so."""

    column: str = "1229498488"
    per_page: int = 15
    repeats: bool = False

    @property
    def list_path(self) -> str:
        """The catalogue's page."""
        return f"/col/col{self.column}/index.html"

    def report_path(self, report: ListedReport) -> str:
        """An art page under its date."""
        day = report.listed_on
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.column}_{report.number}.html"

    def list_page(self, request: Request) -> Reply | None:
        """The catalogue's shell, or the rows of the search."""
        if request.path == self.list_path:
            return Reply(
                f"<html><body><div id='div{self.column}'></div><script src='/module/xxgk/search.js'></script><script>"
                f"var infotypeId = 'A{self.column[-4:]}'; var jdid = '3096'; var area = '002482429';"
                f"var divid = 'div{self.column}'; search();</script></body></html>"
            )
        if request.path != "/module/xxgk/search.jsp" or request.method != "POST":
            return None
        asked = (request.form.get("infotypeId"), request.form.get("divid"))
        if asked != (f"A{self.column[-4:]}", f"div{self.column}"):
            return None
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
    """Annual-report pages by organ and year; an organ without a report has an empty page.

    There is no list: the page without an organ shows the organs, each with a link to its latest report.
    """

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
        if "area" not in request.query:
            return Reply(self._organs())
        wanted = f"{self.list_path}?area={request.query.get('area')}&fbtime={request.query.get('fbtime')}"
        report = self.report_at(wanted)
        return Reply(report.body if report else "<html><body><script>load()</script></body></html>")

    def _organs(self) -> str:
        organs = {self.area(report): report.title.partition(str(report.year))[0] for report in self.reports}
        links = "".join(f"<li><a href='?area={area}&fbtime=2024'>{organ}</a></li>" for area, organ in organs.items())
        return f"<html><head><title>政府信息公开年报</title></head><body><ul class='organs'>{links}</ul></body></html>"
