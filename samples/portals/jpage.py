"""Hanweb jpage: a column whose records come from a data proxy, the first of them inlined in the list page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request

_XML = "text/xml;charset=UTF-8"
_PARAMETERS = (
    "col:1,appid:1,webid:3096,path:'/',columnid:{column},sourceContentType:1,"
    "unitid:'5504308',webname:'清河市人民政府',permissiontype:0"
)
_NEIGHBOUR = (
    "<div id='77'><script type='text/xml'><datastore><totalrecord>900</totalrecord><recordset><record>"
    "<![CDATA[<a href='/art/2020/1/1/art_5_1.html'>通知公告</a>]]></record></recordset></datastore></script></div>"
    "<script>$('#77').jpage({proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:5,ajaxParam:{columnid:5,unitid:'77'}});"
    "</script>"
)


@dataclass(frozen=True)
class JpagePortal(SmallPortal):
    """``obeys`` says what the proxy looks at: the records asked for, the page number, or the older GET's page.

    ``most_records`` is the most that one answer holds, ``stated_total`` what the list claims to have. A
    ``neighbour`` is another unit on the same page, with a column of its own.
    """

    column: str = "1229253636"
    per_page: int = 15
    inlined: int = 15
    most_records: int = 45
    obeys: Literal["startrecord", "page", "get"] = "startrecord"
    stated_total: int | None = None
    neighbour: bool = False

    @property
    def list_path(self) -> str:
        """The column's page."""
        return f"/col/col{self.column}/index.html"

    def report_path(self, report: ListedReport) -> str:
        """An art page under its date."""
        day = report.listed_on
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.column}_{report.number}.html"

    def list_page(self, request: Request) -> Reply | None:
        """The column's shell, or the proxy's records."""
        if request.path == self.list_path:
            return Reply(self._shell())
        return self._proxy(request) if request.path.endswith("/jpage/dataproxy.jsp") else None

    def _shell(self) -> str:
        path = "/module/jpage/dataproxy.jsp" if self.obeys == "get" else "/module/web/jpage/dataproxy.jsp"
        parameters = _PARAMETERS.format(column=self.column)
        beside = _NEIGHBOUR if self.neighbour else ""
        return (
            "<!DOCTYPE html><html><head><meta charset='utf-8'><title>信息公开年报</title></head><body>"
            f"{beside}<div><a href='/'>首页</a> &gt; <a href='/col/col1/index.html'>信息公开年报</a></div>"
            f"<div id='5504308'><script type='text/xml'>{self._datastore(self.reports[: self.inlined])}</script></div>"
            f"<script>$('#5504308').jpage({{proxyUrl:'{path}',perPage:{self.per_page},"
            f"totalRecord:{self._total},ajaxParam:{{{parameters}}}}})</script>"
            f"{beside}</body></html>"
        )

    @property
    def _total(self) -> int:
        return len(self.reports) if self.stated_total is None else self.stated_total

    def _proxy(self, request: Request) -> Reply | None:
        given = {**request.query, **request.form}
        if given.get("columnid") != self.column or given.get("unitid") != "5504308":
            return None
        if self.obeys == "startrecord":
            if request.method != "POST":
                return Reply("", 405)
            start = int(given["startrecord"]) - 1
            end = min(int(given["endrecord"]), start + self.most_records)
        else:
            start = (int(given["page"]) - 1) * self.per_page
            end = start + self.per_page
        return Reply(self._datastore(self.reports[start:end]), content_type=_XML)

    def _datastore(self, listed: Sequence[ListedReport]) -> str:
        records = "".join(
            f"<record><![CDATA[<li><a href='{self.report_path(report)}' title='{report.title}' target='_blank'>"
            f"{report.title[:20]}…</a><span>{report.listed_on}</span></li>]]></record>"
            for report in listed
        )
        return (
            f"<datastore><totalrecord>{self._total}</totalrecord>"
            f"<totalpage>{-(-self._total // self.per_page)}</totalpage><recordset>{records}</recordset></datastore>"
        )
