"""A disclosure platform whose columns are a tree in JSON, and whose lists are asked for by a column's number."""

import json
from dataclasses import dataclass

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request

_JSON = "application/json;charset=UTF-8"
_ANNUAL = 104


@dataclass(frozen=True)
class TreePortal(SmallPortal):
    """Years are columns below 政府信息公开年报, where they are ``nested``; else all reports are in that column."""

    site: str = "330381"
    nested: bool = False
    per_page: int = 20

    @property
    def list_path(self) -> str:
        """The platform's only page."""
        return f"/xxgk/{self.site}/index.html"

    def report_path(self, report: ListedReport) -> str:
        """A page with a number."""
        return f"/xxgk/{self.site}/content/{20000 + report.number}_{report.year}.html"

    def list_page(self, request: Request) -> Reply | None:
        """The platform, its tree, or what one of its columns lists."""
        if request.path == self.list_path:
            return Reply(self._platform())
        if request.path == f"/xxgk/{self.site}/tree":
            return Reply(json.dumps(self._tree(), ensure_ascii=False), content_type=_JSON)
        if request.path != f"/xxgk/{self.site}/queryList" or request.method != "POST":
            return None
        number, size = int(request.form["pageNo"]), int(request.form["pageSize"])
        listed = self._listed(int(request.form["catalogId"]))
        rows = [
            {"docTitle": one.title, "docUrl": self.report_path(one), "publishTime": f"{one.listed_on} 09:30:00"}
            for one in listed[(number - 1) * size : number * size]
        ]
        return Reply(json.dumps({"code": 0, "data": {"total": len(listed), "rows": rows}}), content_type=_JSON)

    def _platform(self) -> str:
        return (
            "<!DOCTYPE html><html><head><meta charset='utf-8'><title>清河市政府信息公开</title>"
            "<link rel='stylesheet' href='/js/zTreeStyle.css'></head><body><h1>清河市政府信息公开</h1>"
            "<ul id='catalogTree' class='ztree'></ul><div id='docList'></div><div id='pager'></div><script>"
            f"var base = '/xxgk/{self.site}';"
            f"$.getJSON('/xxgk/{self.site}/tree', function (nodes) {{ $.fn.zTree.init(tree, set, nodes); }});"
            "function load(node, page) {"
            f" $.post('/xxgk/{self.site}/queryList', {{catalogId: node.id, pageNo: page, pageSize: {self.per_page}}},"
            " function (answer) { show(answer.data.rows); }); }</script></body></html>"
        )

    def _tree(self) -> list[dict[str, object]]:
        years = sorted({report.year for report in self.reports}, reverse=True) if self.nested else []
        below = [{"id": _ANNUAL * 100 + year % 100, "name": f"{year}年", "children": []} for year in years]
        return [
            {"id": 101, "name": "政府信息公开指南", "children": []},
            {"id": 102, "name": "政府信息公开制度", "children": []},
            {"id": 103, "name": "法定主动公开内容", "children": [{"id": 1031, "name": "规划信息", "children": []}]},
            {"id": _ANNUAL, "name": "政府信息公开年报", "children": below},
        ]

    def _listed(self, column: int) -> list[ListedReport]:
        if self.nested:
            return [report for report in self.reports if _ANNUAL * 100 + report.year % 100 == column]
        return list(self.reports) if column == _ANNUAL else []
