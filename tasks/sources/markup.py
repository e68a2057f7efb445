"""Links as list pages print them: address, title, date."""

import re
from collections.abc import Iterator
from datetime import date

from lxml import html

from tasks.chinese import day_of
from tasks.sources.adapter import Answer, ListError, ListPage, Record
from tasks.web.addresses import host_of
from tasks.web.links import Leads, find_links, parse_page

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)", re.IGNORECASE)
_DATE = re.compile(r"(20\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_ADDRESS_DATE = re.compile(r"/(20\d{2})/(\d{1,2})/(\d{1,2})/|/t?(20\d{2})(\d{2})(\d{2})_|/(20\d{2})-(\d{2})-?(\d{2})/")
_DAY_AROUND = re.compile(
    r"^\W?20\d{2}[-./]\d{1,2}[-./]\d{1,2}\W?\s*|\s*\W?20\d{2}[-./]\d{1,2}[-./]\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\W?$"
)
"""The day that some portals print inside the link, before or after its title."""
_DEEPEST_ENTRY = 4


def links_on(page: Answer, within: str = "self::*") -> tuple[Record, ...]:
    """Every link on a list page, or in those of its elements that an XPath names, in their order.

    Raises:
        ListError: the page cannot be read to its end.
    """
    return read_links(page.text, page.url, page.encoding.name, within)


def frames_on(page: Answer) -> tuple[str, ...]:
    """The addresses of the pages of its own host that a page shows in frames."""
    tree = parse_page(page.text)
    links = () if tree is None else find_links(tree, page.url, page.encoding.name)
    framed = (link.address for link in links if link.leads is Leads.FRAME and not link.is_document)
    return tuple(dict.fromkeys(one for one in framed if one and host_of(one) == host_of(page.url)))


def options_on(page: Answer) -> tuple[str, ...]:
    """What the selects of a page can be turned to, as printed."""
    tree = parse_page(page.text)
    return () if tree is None else tuple("".join(one.text_content().split()) for one in tree.iter("option"))


def read_links(text: str, base: str, encoding: str = "utf-8", within: str = "self::*") -> tuple[Record, ...]:
    """Every link of a page or fragment at the address ``base``; raises as :func:`links_on` does."""
    try:
        tree = parse_page(text)
    except ValueError as error:
        raise ListError(f"{base}: {error}") from None
    elements = () if tree is None else tree.xpath(within)
    return tuple(record for element in elements for record in _records(element, base, encoding))


def _records(element: html.HtmlElement, base: str, encoding: str) -> Iterator[Record]:
    """The links that a click follows; where an address cannot be told, what is written in its place."""
    for link in find_links(element, base, encoding):
        if link.leads is Leads.CLICK:
            listed_on = _entry_date(link.element) or date_in_address(link.address or "")
            yield Record(link.address or link.written, _DAY_AROUND.sub("", link.title), listed_on)


def read_datastore(text: str, base: str) -> ListPage:
    """The records of Hanweb's ``<datastore>``, whether it is an answer of its own or stands inside a page."""
    total = _TOTAL.search(text)
    entries = "\n".join(f"<div>{entry}</div>" for entry in _RECORD.findall(text))
    return ListPage(read_links(entries, base) if entries else (), int(total.group(1)) if total else None)


def date_in_text(text: str) -> date | None:
    """The first date in a text, written with dashes, dots, slashes or 年月日."""
    found = _DATE.search(text)
    return day_of(*found.groups()) if found else None


def date_in_address(address: str) -> date | None:
    """The date that an address carries, as in ``/art/2020/1/21/`` or ``/t20230117_``."""
    found = _ADDRESS_DATE.search(address)
    return day_of(*(part for part in found.groups() if part is not None)) if found else None


def _entry_date(anchor: html.HtmlElement) -> date | None:
    """The date in a link or beside it, looked for outwards until another link comes into sight."""
    entry = anchor
    for _ in range(_DEEPEST_ENTRY):
        found = date_in_text(" ".join(entry.itertext()))
        if found:
            return found
        parent = entry.getparent()
        if parent is None or anchor.tag != "a" or sum(1 for _ in parent.iter("a")) > 1:
            return None
        entry = parent
    return None
