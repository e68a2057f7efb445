"""Menus of a page: what it leads to by links, by what its scripts write, and by the trees that they draw."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from lxml import html

from tasks.sources.adapter import Answer, Ask
from tasks.sources.markup import frames_on, read_links
from tasks.web.addresses import host_of, resolve
from tasks.web.links import Leads, find_links, parse_page

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|echarts|vue|react|layui|video|share|stat|analytics|slide|polyfill|\.min\.js",
    re.IGNORECASE,
)
"""Scripts that many pages have in common, and that write no menu."""
_MOST_FILES = 4
_TAB_ADDRESSES = ("data-url", "data-href", "data-link")
"""Attributes in which tabs and buttons keep what a click loads."""
_TABS = "//*[not(@href) and not(*) and ({})]".format(" or ".join(f"@{name}[. != '']" for name in _TAB_ADDRESSES))
_ANCHOR = re.compile(r"<a\b[^<>]*href[^<>]*>.*?</a>", re.DOTALL | re.IGNORECASE)
_ESCAPED = re.compile(r"""\\(["'/])""")
_DATA = re.compile(
    r"""(?:getJSON|\bget|\bpost|fetch|ajax|url)\s*[(:]\s*["']"""
    r"""([^"'\s]*(?:tree|menu|nav|channel|catalog|column)[^"'\s]*)["']""",
    re.IGNORECASE,
)
"""The addresses that a script asks for the nodes of a menu."""
_TOKEN = re.compile(
    r"""(?P<open>\{)|(?P<close>\})|(["']?)(?P<key>[A-Za-z_]\w*)\3\s*:\s*"""
    r"""(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|(?P<number>-?\d+))"""
)
_NAMES = re.compile(r"name|title|text|label|\w*name", re.IGNORECASE)
_ADDRESSES = re.compile(r"url|href|link|path|\w*(?:url|link)", re.IGNORECASE)
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One thing that a page leads to: how it reads, where it leads, and the entries that it stands below."""

    title: str
    url: str
    above: tuple[str, ...] = ()


def menus_of(page: Answer, ask: Ask) -> Iterator[tuple[MenuEntry, ...]]:
    """What a page leads to, in two helpings: what stands in it, then what its script files and their data hold.

    A page of nothing but frames leads to what they lead to.

    Raises:
        FetchError: what a script asks for cannot be had; only as the second helping is taken.
        ListError: the page cannot be read to its end.
    """
    entries = menu_entries(page)
    framed = () if entries else frames_on(page)[:_MOST_FILES]
    yield (*entries, *(entry for frame in framed for entry in menu_entries(ask(frame))))
    files = [resolve(page.url, found) for found in _script_files(page.text)]
    own = [file for file in files if host_of(file) == host_of(page.url) and not _LIBRARY.search(file)]
    scripts = [ask(file) for file in dict.fromkeys(own[:_MOST_FILES])]
    asked = [resolve(page.url, one) for script in (page, *scripts) for one in _DATA.findall(script.text)]
    data = [ask(address) for address in dict.fromkeys(asked) if host_of(address) == host_of(page.url)]
    yield tuple(entry for answer in (*scripts, *data) for entry in _of_script(answer.text, page))


def menu_entries(page: Answer) -> tuple[MenuEntry, ...]:
    """What a page leads to by its links and frames, and by what its own scripts write or draw."""
    entries: list[MenuEntry] = []
    tree = parse_page(page.text)
    for link in () if tree is None else find_links(tree, page.url, page.encoding.name):
        if link.address and link.leads is Leads.CLICK:
            entries.append(MenuEntry(link.title, link.address, _above(link.element)))
    for tab in () if tree is None else tree.xpath(_TABS):
        written = next(tab.get(name) for name in _TAB_ADDRESSES if tab.get(name))
        with suppress(ValueError):
            entries.append(MenuEntry(" ".join(tab.text_content().split()), resolve(page.url, written)))
    return tuple(dict.fromkeys((*entries, *written_entries(page))))


def written_entries(page: Answer) -> tuple[MenuEntry, ...]:
    """What a page leads to by what its own scripts write or hold."""
    return tuple(entry for _, script in _SCRIPT.findall(page.text) if script for entry in _of_script(script, page))


def _above(element: html.HtmlElement) -> tuple[str, ...]:
    """The texts of the list items that a link's own item stands in, the outermost first."""
    items = list(element.iterancestors("li"))[1:]
    heads = (item.find("a") if item.find("a") is not None else item.find("span") for item in reversed(items))
    return tuple("".join(head.text_content().split()) for head in heads if head is not None)


def _script_files(text: str) -> Iterator[str]:
    for attributes, _ in _SCRIPT.findall(text):
        if found := _SOURCE.search(attributes):
            yield found[1]


def _of_script(script: str, page: Answer) -> Iterator[MenuEntry]:
    """The links that a script writes as markup, and the nodes of its trees, addresses seen from ``page``."""
    written = "".join(_ANCHOR.findall(_ESCAPED.sub(r"\1", script)))
    for record in read_links(written, page.url, page.encoding.name) if written else ():
        yield MenuEntry(record.title, record.url)
    for node in read_nodes(script):
        with suppress(ValueError):
            if node.name and node.address and host_of(address := resolve(page.url, node.address)):
                yield MenuEntry(node.name, address, node.above)


@dataclass(slots=True)
class Node:
    """An object with a name somewhere in a script or an answer; ``above`` are the names that it stands below."""

    fields: dict[str, str] = field(default_factory=dict)
    above: tuple[str, ...] = ()

    @property
    def name(self) -> str | None:
        """How it reads."""
        return self._first(_NAMES)

    @property
    def address(self) -> str | None:
        """Where it leads, as written."""
        return self._first(_ADDRESSES)

    def _first(self, wanted: re.Pattern[str]) -> str | None:
        return next((value for key, value in self.fields.items() if value and wanted.fullmatch(key)), None)


def read_nodes(script: str) -> list[Node]:
    """The objects with names in a script or in JSON, nested or joined by ``pId``, however loosely it is written."""
    nodes: list[Node] = []
    open_ones: list[Node] = []
    for token in _TOKEN.finditer(script):
        if token["open"]:
            node = Node(above=tuple(one.name for one in open_ones if one.name))
            nodes.append(node)
            open_ones.append(node)
        elif token["close"]:
            if open_ones:
                open_ones.pop()
        elif open_ones:
            value = next((token[kind] for kind in ("double", "single", "number") if token[kind] is not None), "")
            open_ones[-1].fields.setdefault(token["key"], _plain(value))
    named = [node for node in nodes if node.name]
    by_number = {node.fields["id"]: node for node in named if "id" in node.fields}
    for node in named:
        parent = by_number.get(node.fields.get("pId", node.fields.get("parentId", "")))
        if parent is not None and parent is not node and not node.above:
            node.above = (*parent.above, parent.name or "")
    return named


def _plain(value: str) -> str:
    """A string of a script without its escapes."""
    decoded = _UNICODE.sub(lambda found: chr(int(found[1], 16)), value)
    return re.sub(r"\\(.)", r"\1", decoded).strip()
