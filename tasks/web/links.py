"""The links of a page as browsers see them: one finder for lists, for attached documents and for pages in frames."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import unquote

from lxml import etree, html

from tasks.web.addresses import host_of, resolve

_BLANKS = " \t\n\r\f"
"""What browsers take off around an address."""
_CUT_OFF = ".…"
_UNSEEN = ("noscript", "template")
DOCUMENT_ENDINGS = (".pdf", ".docx", ".doc", ".xlsx", ".xls", ".wps", ".et", ".ofd", ".rtf", ".zip", ".rar", ".7z")
_DOCUMENT = re.compile(rf"(?:{'|'.join(map(re.escape, DOCUMENT_ENDINGS))})(?=$|[?&#])", re.IGNORECASE)
_DOWNLOAD = re.compile(r"/downfile\.jsp|/download(?:file)?\b|[?&]file(?:name|path)?=", re.IGNORECASE)
_VIEWER = re.compile(r"viewer\.html?\?(?:.*&)?file=([^&#]+)", re.IGNORECASE)
_REFRESH = re.compile(
    r"""\s*\d+(?:\.\d*)?\s*(?:[;,]|\s)\s*(?:url\s*=\s*)?(["']?)(.*?)\1\s*$""", re.IGNORECASE | re.DOTALL
)
_IDLE = re.compile(r"javascript:\s*(?:void\s*\(?\s*\d*\s*\)?|return\s+(?:false|true)|[;{}])*\s*;*\s*$", re.IGNORECASE)
_SCRIPTED = re.compile(r"""(?:\blocation(?:\.href)?\s*=|\b\w+\s*\()\s*(["'])([^"'\s]+)\1""")
"""What a script sets as the location, or gives to a function first."""
_CALL = re.compile(r"""\b(\w+)\s*\(\s*(["']?)([\w.-]+)\2\s*\)""")
_NUMBERED = re.compile(r"""\(\s*["']?(?:[\w-]*\d{4}[\w-]*|[0-9a-f-]{16,})["']?\s*[,)]""")
"""What a script gives to a function that shows one of many articles."""
_CHOSEN = re.compile(r"""(["'])([^"']*)\1\s*\+\s*this\.value\b(?:\s*\+\s*(["'])([^"']*)\3)?(?!\s*\+)""")
"""The address that a select makes of the value it is turned to."""
_FUNCTION = re.compile(r"function\s+(\w+)\s*\(\s*(\w+)\s*\)\s*\{([^{}]*)\}")
_PLAIN = re.compile(r"^(?:https?:)?/|^\.\.?/|\.(?:[sj]?html?|jspx?|aspx?|php|do)(?:$|[?#])|^\?", re.IGNORECASE)
"""What looks like an address rather than a name in a script."""
_EMBEDDING = {"embed": "src", "object": "data"}
_FRAMES = {"frame": "src", "iframe": "src"}


class Leads(StrEnum):
    """How a link leads on: by a click, by itself, or by showing in the page what is elsewhere."""

    CLICK = "click"
    REFRESH = "refresh"
    FRAME = "frame"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """One link of a page.

    ``address`` is absolute and as a browser asks for it, without fragment; ``None`` where a script makes it up or what
    is ``written`` is no address. ``title`` is the longest of what is printed and what is said of it.
    """

    address: str | None
    written: str
    title: str
    leads: Leads
    element: html.HtmlElement

    @property
    def is_document(self) -> bool:
        """Whether it leads to a document rather than to a page."""
        return self.address is not None and (
            self.leads is Leads.EMBEDDED or names_document(self.address) or names_document(self.title)
        )


def names_document(address: str) -> bool:
    """Whether an address, or a name, is that of a document: by its ending, or as that of a program that sends files."""
    return bool(_DOCUMENT.search(address) or _DOWNLOAD.search(address))


def parse_page(text: str) -> html.HtmlElement | None:
    """The tree of a page or fragment without comments, or ``None`` when there is nothing in it.

    Raises:
        ValueError: it is nested more deeply than can be read.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any("depth" in entry.message for entry in parser.error_log):
        raise ValueError("the page is nested more deeply than can be read")
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    return tree


Functions = Callable[[], Mapping[str, tuple[str, str]]]
"""Gives the functions that a page's scripts define; they are looked for only where a link calls one."""


def find_links(tree: html.HtmlElement, base: str, encoding: str = "utf-8") -> Iterator[Hyperlink]:
    """Every link below an element, in its order; ``base`` is the page's address and ``encoding`` its encoding."""
    declared = tree.xpath("string((ancestor-or-self::*[last()]//base/@href)[1])")
    with suppress(ValueError):
        base = resolve(base, declared, encoding) if declared else base
    functions = cache(lambda: _functions(tree))
    for element in tree.iter(etree.Element):
        found = _written(element, functions)
        if found is None:
            continue
        written, leads = found
        address = _address(written, base, encoding, functions)
        if address is None or host_of(address):
            yield Hyperlink(address, written, _title(element), leads, element)


def _functions(tree: html.HtmlElement) -> Mapping[str, tuple[str, str]]:
    """The functions of one parameter that the scripts of a page define, by name: the parameter and what they do."""
    scripts = tree.getroottree().iter("script")
    return {name: (given, body) for one in scripts for name, given, body in _FUNCTION.findall(one.text or "")}


def _written(element: html.HtmlElement, functions: Functions) -> tuple[str, Leads] | None:
    """What an element gives as the place it leads to, if it leads anywhere but to its own page."""
    tag = element.tag
    if tag in _FRAMES:
        return _unless_empty(element.get("src"), Leads.FRAME)
    if tag in _EMBEDDING:
        return _unless_empty(element.get(_EMBEDDING[tag]), Leads.EMBEDDED)
    if tag == "option":
        value, menu = element.get("value") or "", element.getparent()
        turned = (menu.get("onchange") or "") if menu is not None else ""
        made = _CHOSEN.search(turned)
        if made and value:
            value = f"{made[2]}{value}{made[4] or ''}"
        return _unless_empty(value, Leads.CLICK) if turned and _PLAIN.search(value) else None
    if tag == "meta":
        refresh = _REFRESH.match(element.get("content") or "")
        is_refresh = (element.get("http-equiv") or "").strip().lower() == "refresh"
        return _unless_empty(refresh[2], Leads.REFRESH) if refresh and is_refresh else None
    target = (element.get("href") or "").strip(_BLANKS) if tag in {"a", "area"} else ""
    clicked = element.get("onclick")
    if clicked and (not target or target.startswith("#") or _IDLE.match(target)):
        scripted = _scripted(clicked, functions)
        if scripted is None and tag == "a" and _NUMBERED.search(clicked):
            return f"javascript:{clicked}", Leads.CLICK
        return (scripted, Leads.CLICK) if scripted else None
    if target.startswith("#") or _IDLE.match(target):
        return None
    return _unless_empty(target, Leads.CLICK)


def _unless_empty(written: str | None, leads: Leads) -> tuple[str, Leads] | None:
    written = (written or "").strip(_BLANKS)
    return (written, leads) if written else None


def _address(written: str, base: str, encoding: str, functions: Functions) -> str | None:
    """The address that is meant; ``None`` where it cannot be told."""
    if written.lower().startswith("javascript:"):
        scripted = _scripted(written, functions)
        if scripted is None:
            return None
        written = scripted
    try:
        address = resolve(base, written, encoding)
        viewed = _VIEWER.search(address)
        return resolve(address, unquote(viewed[1])) if viewed else address
    except ValueError:
        return None


def _scripted(script: str, functions: Functions) -> str | None:
    """The address that stands plainly in a script, or that a function of the page makes of what it is given."""
    plain = next((found[2] for found in _SCRIPTED.finditer(script) if _PLAIN.search(found[2])), None)
    if plain is not None:
        return plain
    for name, _, value in _CALL.findall(script):
        parameter, body = functions().get(name, ("", ""))
        joined = rf"""(?<![+\w])\s*(["'])([^"']*)\1\s*\+\s*{parameter}\b(?:\s*\+\s*(["'])([^"']*)\3)?(?!\s*\+)"""
        made = re.search(joined, body) if parameter else None
        if made and _PLAIN.search(address := f"{made[2]}{value}{made[4] or ''}"):
            return address
    return None


def _title(element: html.HtmlElement) -> str:
    printed = _compact(element.text_content())
    if not printed:
        printed = " ".join(filter(None, (_compact(image.get("alt") or "") for image in element.iter("img"))))
    said = (_compact(element.get(name) or "") for name in ("title", "alt"))
    return max((printed, *said), key=lambda title: len(title.rstrip(_CUT_OFF)))


def _compact(text: str) -> str:
    return " ".join(text.split())
