"""Lists of no family: pages that are reached by number, by the last one, by a select, by a function of the page, or not
at all; and rows that a script of the page holds."""

import json
from dataclasses import dataclass
from typing import Literal

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request

Pager = Literal["numbers", "offsets", "ends", "select", "function", "postback", "count", "more"]
"""How pages lead on: by links with numbers (and offsets behind them), by links to the first and the last page, by a
select, by a function that the page defines; or so that only a browser can follow: by a form that is posted back, a
count, or a button."""


@dataclass(frozen=True)
class PagedPortal(SmallPortal):
    """``/nb/list.jhtml``, the page's number in the query. With ``clicked`` rows have no address but a call."""

    pager: Pager = "numbers"
    clicked: bool = False
    per_page: int = 15

    @property
    def list_path(self) -> str:
        """The first page."""
        return "/nb/list.jhtml"

    def report_path(self, report: ListedReport) -> str:
        """A page with a long number."""
        return f"/nb/{840000 + report.number + report.year * 100}.jhtml"

    def list_page(self, request: Request) -> Reply | None:
        """One page; beyond the last one the last."""
        if request.path != self.list_path:
            return None
        last = self.page_count(self.per_page)
        number = int(request.query.get("start", 0)) // self.per_page + 1
        number = min(int(request.query.get("page", number)), last)
        rows = "".join(f"<li>{self._row(report)}</li>" for report in self.page_of(number - 1, self.per_page))
        functions = 'function open_(id) {location.href = "/nb/" + id + ".jhtml";}'
        functions += ' function toPage(n) {location.href = n == 1 ? "list.jhtml" : "list.jhtml?page=" + n;}'
        return Reply(f"<script>{functions}</script><ul>{rows}</ul><div class='pages'>{self._pager(number, last)}</div>")

    def _row(self, report: ListedReport) -> str:
        path = self.report_path(report)
        lead = f"href='#' onclick='open_({path[4:-6]})'" if self.clicked else f"href='{path}'"
        return f"<a {lead}>{report.title}</a> {report.listed_on}"

    def _pager(self, number: int, last: int) -> str:
        numbers = range(1, last + 1)
        if self.pager == "numbers":
            return " ".join(f"<b>{one}</b>" if one == number else f"<a href='?page={one}'>{one}</a>" for one in numbers)
        if self.pager == "offsets":
            return " ".join(f"<a href='?start={(one - 1) * self.per_page}'>{one}</a>" for one in numbers)
        if self.pager == "ends":
            return f"<a href='?page=1'>首页</a> <a href='?page={last}'>尾页</a>"
        if self.pager == "select":
            options = "".join(f"<option value='{one}'>{one}</option>" for one in numbers)
            return f"<select onchange=\"location.href='list.jhtml?page='+this.value\">{options}</select> 第{number}页"
        if self.pager == "function":
            return " ".join(f"<a href='javascript:toPage({one})'>{one}</a>" for one in numbers)
        if self.pager == "postback":
            return " ".join(f"<a href=\"javascript:__doPostBack('Pager','{one}')\">{one}</a>" for one in numbers)
        return f"共{last}页" if self.pager == "count" else "<button onclick='more()'>加载更多</button>"


@dataclass(frozen=True)
class HeldPortal(SmallPortal):
    """A page whose script holds all rows, in an array (``array``) or as markup, beside another block of news."""

    array: bool = True

    @property
    def list_path(self) -> str:
        """The only page."""
        return "/gk/nb.html"

    def report_path(self, report: ListedReport) -> str:
        """A page under its year."""
        return f"/gk/nb/{report.listed_on:%Y}/{23000 + report.number + report.year * 100}.html"

    def list_page(self, request: Request) -> Reply | None:
        """The page."""
        if request.path != self.list_path:
            return None
        if self.array:
            rows = [
                {"title": one.title, "url": self.report_path(one), "time": f"{one.listed_on}"} for one in self.reports
            ]
            news = [{"title": "2024年政府网站工作年度报表", "url": "/xw/2.html"}]
            held = f"var list = {json.dumps(rows)}; var news = {json.dumps(news)}; draw(list, news);"
            return Reply(f"<div id='list'></div><script>{held}</script>")
        rows_ = "".join(f"<li><a href='{self.report_path(one)}'>{one.title}</a></li>" for one in self.reports)
        return Reply(f"<div id='list'></div><script type='text/xml'><![CDATA[{rows_}]]></script>")
