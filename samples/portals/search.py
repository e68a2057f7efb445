"""Search-style lists: a form that is posted with a channel and a page number, answered with rows or with JSON."""

import json
from dataclasses import dataclass
from typing import Literal

from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import Reply, Request


@dataclass(frozen=True)
class SearchPortal(SmallPortal):
    """``answers`` says what the search answers with, ``asked_by`` how the page asks it: by a form, or by its script."""

    channel: str = "7301"
    answers: Literal["rows", "json"] = "rows"
    asked_by: Literal["form", "script"] = "form"
    per_page: int = 15

    @property
    def list_path(self) -> str:
        """The channel's page."""
        return f"/govinfo/channel/{self.channel}.html"

    def report_path(self, report: ListedReport) -> str:
        """A page with a number."""
        return f"/govinfo/show/{self.channel}-{90000 + report.number}.html"

    def list_page(self, request: Request) -> Reply | None:
        """The channel's page, which lists nothing by itself, or what the search answers."""
        if request.path == self.list_path and request.method == "GET":
            return Reply(self._form() if self.asked_by == "form" else self._script())
        asked = request.method == "POST" and request.form.get("channelid") == self.channel
        if request.path != "/govinfo/search" or not asked:
            return None
        listed = self.page_of(int(request.form["page"]) - 1, self.per_page)
        if self.answers == "json":
            items = [
                {"title": one.title, "linkurl": self.report_path(one), "date": str(one.listed_on)} for one in listed
            ]
            content = {"count": len(self.reports), "list": items}
            return Reply(json.dumps(content, ensure_ascii=False), content_type="application/json")
        rows = "".join(
            f"<tr><td><a href='{self.report_path(one)}'>{one.title}</a></td><td>{one.listed_on}</td></tr>"
            for one in listed
        )
        return Reply(f"<table class='list'>{rows}</table>")

    def _form(self) -> str:
        return (
            "<html><head><meta charset='utf-8'><title>政府信息公开年报</title></head><body><h2>政府信息公开年报</h2>"
            "<form id='site-search' action='/search/all' method='get'><input name='q'></form>"
            "<form id='listForm' action='/govinfo/search' method='post'>"
            f"<input type='hidden' name='channelid' value='{self.channel}'><input type='hidden' name='page' value='1'>"
            "<input type='text' name='keyword' value=''></form><div id='result'></div>"
            "<script>submitForm('#listForm', '#result');</script></body></html>"
        )

    def _script(self) -> str:
        return (
            "<html><head><meta charset='utf-8'><title>政府信息公开年报</title></head><body><h2>政府信息公开年报</h2>"
            "<div id='result'></div><script>function turn(n) { $.ajax({url: '/govinfo/search', type: 'POST', "
            f"data: {{channelid: '{self.channel}', page: n, keyword: ''}}, success: show}}); }} turn(1);</script>"
            "</body></html>"
        )
