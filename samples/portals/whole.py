"""Whole portals: a home page, the way to 政府信息公开年报, and below it lists of one family or of several.

Since 2019 portals carry four uniform columns: 政府信息公开指南, 政府信息公开制度, 法定主动公开内容 and
政府信息公开年报. Below the last are years, categories, both, or one mixed list; the menus that lead there are links, or
made by scripts.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Literal
from urllib.parse import urlencode

from samples.city import Organ
from samples.dresses import DOCUMENTS, DRESSES, render
from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport
from samples.portals.server import NOT_FOUND, Reply, Request
from samples.reports import sample_reports

Menu = Literal["links", "written", "script_file", "tree", "fetched_tree", "options", "tabs", "loading_tabs"]
"""How a page leads on: plain links, ``document.write``, a script of its own, the nodes of a tree in the page or asked
for, a select that goes where it is turned to, or tabs that a click follows or whose list it loads into the page."""

Level = Literal["category", "year"]

_UNIFORM = (
    ("政府信息公开指南", "/zwgk/zn.html"),
    ("政府信息公开制度", "/zwgk/zd.html"),
    ("法定主动公开内容", "/zwgk/fd/"),
)
_TITLE = "清河市人民政府门户网站"
_NEWS = (
    ("清河市2024年政府信息公开工作年度报告解读", "/xw/1.html"),
    ("2024年政府网站工作年度报表", "/xw/2.html"),
    ("清河市2024年法治政府建设年度报告", "/xw/3.html"),
)


@dataclass(frozen=True)
class ReportList:
    """One list of a portal, and how the links to it read: its category and its year, where it has them."""

    portal: SmallPortal
    category: str | None = None
    year: str | None = None


@dataclass(frozen=True)
class WholePortal:
    """A portal from its home page on. An instance is an app for :class:`samples.portals.server.PortalServer`.

    ``hops`` are the texts of the links that lead from the home page to the platform, ``column`` that of the link to the
    annual reports there. ``menu`` is how the platform leads on, ``below`` how the column does, ``levels`` in which
    order. With ``tabs_on_lists`` the column is its first list, and every list leads to the others. ``framed`` shows
    each list in a frame, ``frameset`` the home page too, ``robots`` is the host's robots.txt, ``cookie`` sends every
    visitor back once with a cookie.
    """

    name: str
    lists: tuple[ReportList, ...]
    hops: tuple[str, ...] = ("政府信息公开",)
    column: str = "政府信息公开年报"
    menu: Menu = "links"
    below: Menu = "links"
    levels: tuple[Level, ...] = ()
    tabs_on_lists: bool = False
    framed: bool = False
    frameset: bool = False
    cookie: bool = False
    robots: str | None = None

    @property
    def truth(self) -> dict[str, int]:
        """The path of every report there is, with its year."""
        return {one.portal.report_path(report): report.year for one in self.lists for report in one.portal.reports}

    def __call__(self, request: Request) -> Reply:
        """Answer as the portal does."""
        if request.path == "/robots.txt":
            return NOT_FOUND if self.robots is None else Reply(self.robots, content_type="text/plain")
        if self.cookie and "visited=1" not in request.headers.get("cookie", ""):
            return Reply("", 302, headers={"Location": request.path, "Set-Cookie": "visited=1; Path=/"})
        if request.path in self._pages and request.method == "GET":
            kind = "application/json" if request.path.endswith(".json") else "text/html; charset=utf-8"
            return Reply(self._pages[request.path], content_type=kind)
        for one in self.lists:
            if report := one.portal.report_at(request.path) or one.portal.report_at(_with_query(request)):
                return report_page(report, request.path)
            if reply := one.portal.list_page(request):
                return self._with_tabs(reply) if request.path == one.portal.list_path else reply
        return NOT_FOUND

    def _with_tabs(self, reply: Reply) -> Reply:
        if not self.tabs_on_lists:
            return reply
        years = [(one.year or one.category or "", self._list_address(one)) for one in self.lists]
        tabs = _menu(self.below, years, "/")
        return Reply(f"<div class='tabs'>{tabs}</div>{reply.body!s}")

    @cached_property
    def _pages(self) -> dict[str, str]:
        return dict(self._made())

    def _made(self) -> Iterator[tuple[str, str]]:
        """Every page that is no list and no report, with its address."""
        addresses = [f"/zwgk/{'xxgk/' * number}" for number in range(len(self.hops))]
        header = [
            ("首页", "/"),
            ("新闻中心", "/xw/"),
            ("政务服务", "/fw/"),
            ("互动交流", "/hd/"),
            ("乡镇街道", "/xzjd/"),
        ]
        first = [(self.hops[0], addresses[0])] if self.hops else [(self.column, self._column_address)]
        home = _page(_TITLE, [*header, *first, *_NEWS])
        if self.frameset:
            yield "/left.htm", home
            home = f"<html><head><title>{_TITLE}</title></head><frameset cols='200,*'><frame src='left.htm'></frameset>"
        yield "/", home
        for number, text in enumerate(self.hops):
            onward = [(self.hops[number + 1], addresses[number + 1])] if number + 1 < len(self.hops) else None
            markup = _menu("links", onward, "") if onward else _menu(self.menu, self._platform_links, addresses[number])
            yield addresses[number], _page(text, [*header, *first], markup)
        yield from _menu_files(self.menu, self._platform_links, addresses[-1] if addresses else "")
        yield "/xw/", _page("新闻中心", [*header, *first, *_NEWS])
        yield (
            "/xzjd/",
            _page("乡镇街道", [*header, ("古驿镇", "http://guyi.example/"), ("望湖街道", "http://wanghu.example/")]),
        )
        for text, address in _UNIFORM:
            yield (
                address,
                _page(text, header, f"<p>{text}：本机关依照《中华人民共和国政府信息公开条例》公开政府信息。</p>"),
            )
        if self.levels and not self.tabs_on_lists:
            yield from self._column_pages("/zwgk/nb/", self.column, self.lists, self.levels)
        if self.framed:
            for one in self.lists:
                frame = f"<iframe src='{one.portal.list_path}' width='100%' height='900'></iframe>"
                yield self._list_address(one), _page(self.column, [("首页", "/")], frame)

    def _column_pages(
        self, address: str, title: str, lists: Sequence[ReportList], levels: tuple[Level, ...]
    ) -> Iterator[tuple[str, str]]:
        """The column's page, and where there are two levels one page for each entry of the first."""
        texts = list(dict.fromkeys(getattr(one, levels[0]) for one in lists))
        links = []
        for number, text in enumerate(texts):
            members = [one for one in lists if getattr(one, levels[0]) == text]
            target = self._list_address(members[0])
            if len(levels) > 1:
                target = f"{address}l{number}/"
                yield from self._column_pages(target, text, members, levels[1:])
            links.append((text, target))
        header = [("首页", "/"), *_UNIFORM, (self.column, "/zwgk/nb/")]
        yield address, _page(title, header, _menu(self.below, links, address))
        yield from _menu_files(self.below, links, address)

    def _list_address(self, one: ReportList) -> str:
        return f"/show/{self.lists.index(one)}.html" if self.framed else one.portal.list_path

    @property
    def _column_address(self) -> str:
        return "/zwgk/nb/" if self.levels and not self.tabs_on_lists else self._list_address(self.lists[0])

    @property
    def _platform_links(self) -> list[tuple[str, str]]:
        return [*_UNIFORM, (self.column, self._column_address)]


def _menu(menu: Menu, links: Sequence[tuple[str, str]], folder: str) -> str:
    """The markup by which a page leads on; what it asks for lies in its folder."""
    if menu == "written":
        items = "".join(f'<li><a href=\\"{address}\\">{text}</a></li>' for text, address in links)
        return f'<script>document.write("<ul>{items}</ul>");</script>'
    if menu == "script_file":
        return f"<ul id='menu'></ul><script src='/js/jquery.min.js'></script><script src='{folder}menu.js'></script>"
    if menu == "tree":
        return f"<ul class='ztree'></ul><script>var zNodes = {_nodes(links)}; $.fn.zTree.init(zNodes);</script>"
    if menu == "fetched_tree":
        return f"<ul class='ztree'></ul><script>$.getJSON('{folder}menu.json', function (d) {{ show(d); }});</script>"
    if menu == "options":
        chosen = "".join(f"<option value='{address}'>{text}</option>" for text, address in links)
        return f"<select onchange='location.href=this.value'><option value=''>请选择</option>{chosen}</select>"
    if menu == "tabs":
        return "".join(f"<span onclick=\"location.href='{address}'\">{text}</span>" for text, address in links)
    if menu == "loading_tabs":
        return "".join(f"<span data-url='{address}'>{text}</span>" for text, address in links)
    return "<ul>" + "".join(f"<li><a href='{address}'>{text}</a></li>" for text, address in links) + "</ul>"


def _menu_files(menu: Menu, links: Sequence[tuple[str, str]], folder: str) -> Iterator[tuple[str, str]]:
    """What the menu of a page asks for."""
    if menu == "script_file":
        yield f"{folder}menu.js", f"var menu = {_nodes(links)};\nshowMenu(menu);"
    if menu == "fetched_tree":
        yield f"{folder}menu.json", _nodes(links, quoted=True)


def _nodes(links: Sequence[tuple[str, str]], *, quoted: bool = False) -> str:
    """The links as the nodes of a tree, in JSON or as scripts write it."""
    nodes = [{"id": number, "pId": 0, "name": text, "url": address} for number, (text, address) in enumerate(links, 1)]
    if quoted:
        return json.dumps(nodes, ensure_ascii=False)
    return (
        "[" + ", ".join("{" + ", ".join(f"{key}: {value!r}" for key, value in one.items()) + "}" for one in nodes) + "]"
    )


def _page(title: str, links: Sequence[tuple[str, str]], content: str = "") -> str:
    menu = "".join(f"<li><a href='{address}'>{escape(text)}</a></li>" for text, address in links)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<ul class='nav'>{menu}</ul><h1>{title}</h1><div class='main'>{content}</div>"
        "<div class='footer'><p>主办：清河市人民政府办公室</p>"
        "<a href='http://www.gov.example/'>中国政府网</a></div></body></html>"
    )


def _with_query(request: Request) -> str:
    return f"{request.path}?{urlencode(request.query)}"


def report_page(report: ListedReport, path: str) -> Reply:
    """A whole report of the organ and year that a listed title names, as a document where its address says so."""
    name = re.split(rf"{report.year}|政府信息公开", report.title)[0] or "清河市人民政府"
    organ = Organ(name, "department", "county", "990100", None, 5)
    dress = DOCUMENTS["docx"] if path.endswith(".docx") else DRESSES["plain"]
    whole = next(sample_reports(years=[report.year], organs=[organ]))
    return Reply(render(whole, dress), content_type=dress.writer.content_type)
