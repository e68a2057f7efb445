"""Links as list pages print them: address, title, date."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin

from lxml import etree, html

from tasks.sources.adapter import ListPage, Record

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)", re.IGNORECASE)
_DATE = re.compile(r"(20\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_ADDRESS_DATE = re.compile(r"/(20\d{2})/(\d{1,2})/(\d{1,2})/|/t?(20\d{2})(\d{2})(\d{2})_|/(20\d{2})-(\d{2})-?(\d{2})/")
_DAY_AROUND = re.compile(
    r"^\W?20\d{2}[-./]\d{1,2}[-./]\d{1,2}\W?\s*|\s*\W?20\d{2}[-./]\d{1,2}[-./]\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\W?$"
)
"""The day that some portals print inside the link, before or after its title."""
_PARSER = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
_DEEPEST_ENTRY = 4


def parse_markup(text: str) -> html.HtmlElement | None:
    """The tree of a page or fragment, or ``None`` when there is nothing in it."""
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=_PARSER)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def read_links(text: str, base: str) -> tuple[Record, ...]:
    """Every link of a page or fragment, in its order, with the date of the entry that it stands in."""
    tree = parse_markup(text)
    return () if tree is None else tuple(links_in(tree, base))


def links_in(tree: html.HtmlElement, base: str) -> Iterator[Record]:
    """Every link below an element, with absolute addresses."""
    declared = tree.find(".//base[@href]")
    if declared is not None:
        base = urljoin(base, declared.get("href", ""))
    for anchor in tree.iter("a"):
        target = (anchor.get("href") or "").strip()
        if not target or target.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        try:
            address = urljoin(base, target)
        except ValueError:
            continue
        printed = _DAY_AROUND.sub("", _compact(anchor.text_content()))
        title = max(_compact(anchor.get("title") or ""), printed, key=len)
        yield Record(address, title, _entry_date(anchor) or date_in_address(address))


def read_datastore(text: str, base: str) -> ListPage:
    """The records of Hanweb's ``<datastore>``, whether it is an answer of its own or stands inside a page."""
    total = _TOTAL.search(text)
    entries = "\n".join(f"<div>{entry}</div>" for entry in _RECORD.findall(text))
    return ListPage(read_links(entries, base) if entries else (), int(total.group(1)) if total else None)


def date_in_text(text: str) -> date | None:
    """The first date in a text, written with dashes, dots, slashes or 年月日."""
    found = _DATE.search(text)
    return _date(*found.groups()) if found else None


def date_in_address(address: str) -> date | None:
    """The date that an address carries, as in ``/art/2020/1/21/`` or ``/t20230117_``."""
    found = _ADDRESS_DATE.search(address)
    return _date(*(part for part in found.groups() if part is not None)) if found else None


def _entry_date(anchor: html.HtmlElement) -> date | None:
    """The date beside a link, looked for outwards until another link comes into sight."""
    entry = anchor
    for _ in range(_DEEPEST_ENTRY):
        found = date_in_text(" ".join(entry.itertext()))
        if found:
            return found
        parent = entry.getparent()
        if parent is None or sum(1 for _ in parent.iter("a")) > 1:
            return None
        entry = parent
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _compact(text: str) -> str:
    return " ".join(text.split())
