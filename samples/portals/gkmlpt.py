"""gkmlpt: articles as JSON, categories and even the report's text in the page's configuration."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request

_TREE = [
    {"id": 5, "name": "政策文件", "children": [{"id": 51, "name": "规范性文件", "children": []}]},
    {"id": 8, "name": "法定主动公开内容", "children": [{"id": 81, "name": "政府信息公开年报", "children": None}]},
]


@dataclass(frozen=True)
class GkmlptPortal(SmallPortal):
    """Pages of ``per_page`` articles; every other category is empty."""

    per_page: int = 20

    @property
    def list_path(self) -> str:
        """The platform's front page."""
        return "/gkmlpt/index"

    def report_path(self, report: ListedReport) -> str:
        """A post."""
        return f"/gkmlpt/content/9/{report.number // 10}/post_{9469000 + report.number}.html"

    def __call__(self, request: Request) -> Reply:
        """Answer as the portal does: a report's text stands in its configuration."""
        if report := self.report_at(request.path):
            detail = json.dumps({"title": report.title, "content": report.body}, ensure_ascii=False)
            return Reply(
                f"<html><body><div id='app'></div><script>window._CONFIG = {{DETAIL: {detail}}}</script></body>"
            )
        return super().__call__(request)

    def list_page(self, request: Request) -> Reply | None:
        """The front page with its configuration, or a category's articles."""
        if request.path == self.list_path:
            tree = json.dumps(_TREE, ensure_ascii=False)
            return Reply(
                f"<html><script>window._CONFIG = {{ SID: '200025', TREE: {tree}, LOGIN: false }}</script></html>"
            )
        if not request.path.startswith("/gkmlpt/api/all/") or request.query.get("sid") != "200025":
            return None
        wanted = request.path.endswith("/81")
        listed = self.page_of(int(request.query["page"]) - 1, self.per_page) if wanted else ()
        content = {"total": len(self.reports) if wanted else 0, "articles": [self._article(one) for one in listed]}
        return Reply(json.dumps(content, ensure_ascii=False), content_type="application/json")

    def _article(self, report: ListedReport) -> dict[str, object]:
        noon = datetime.combine(report.listed_on, time(4), UTC)
        return {
            "id": 9469000 + report.number,
            "title": report.title,
            "url": self.report_path(report),
            "display_publish_time": int(noon.timestamp()),
        }
