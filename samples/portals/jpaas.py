"""jpaas: list pages that a unit service builds as HTML inside JSON."""

import json
from dataclasses import dataclass

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request

_UNIT = {"webId": "86ca573ec4df405d", "tplSetId": "fc259c381af3496d", "tagId": "信息列表"}


@dataclass(frozen=True)
class JpaasPortal(SmallPortal):
    """``most`` is the largest page that the service gives, whatever is asked for."""

    most: int = 15
    folder: str = "/zwgk/xxgknb/"

    @property
    def list_path(self) -> str:
        """The column's page."""
        return f"{self.folder}index.html"

    def report_path(self, report: ListedReport) -> str:
        """An art page with a long number."""
        return f"{self.folder}art/{report.listed_on.year}/art_{report.number:032x}.html"

    @property
    def _unit(self) -> dict[str, str]:
        """What the unit service wants to be told; the number of the page is its column's own."""
        return {**_UNIT, "pageId": f"vhiC3JxmPC8o{self.folder.strip('/').replace('/', '-')}"}

    def list_page(self, request: Request) -> Reply | None:
        """The column's shell, or the unit's JSON."""
        if request.path == self.list_path:
            query = json.dumps({"parseType": "bulidstatic", "pageType": "column", **self._unit}, ensure_ascii=False)
            return Reply(f"<html><body><div id='list'></div><script>var queryData = {query};</script></body></html>")
        if request.path != "/api-gateway/jpaas-publish-server/front/page/build/unit":
            return None
        if any(request.query.get(name) != value for name, value in self._unit.items()):
            return None
        asked = json.loads(request.query["paramJson"])
        markup = self._markup(asked["pageNo"], min(asked["pageSize"], self.most))
        content = json.dumps({"success": True, "data": {"html": markup}}, ensure_ascii=False)
        return Reply(content, content_type="application/json;charset=UTF-8")

    def _markup(self, number: int, size: int) -> str:
        entries = "".join(
            f"<li><a href='{self.report_path(report)}' title='{report.title}'>{report.title}</a>"
            f"<span>[{report.listed_on}]</span></li>"
            for report in self.page_of(number - 1, size)
        )
        return f"<ul>{entries}</ul><div class='page' count='{len(self.reports)}' pageNo='{number}'></div>"
