"""What a page shows from elsewhere and may hold the report: attached documents, and pages in its frames."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from tasks.fetch.recognise import names_sections
from tasks.web.links import DOCUMENT_ENDINGS, Hyperlink, Leads, find_links, parse_page

_REPORT_WORDS = re.compile(r"报告|年报|统计表|附件|附表|信息公开|20\d\d\s*年")
_SIGNS = ("<frame", "<iframe", "<embed", "<object", "down", "file", *DOCUMENT_ENDINGS)
"""A page without any of these has nothing attached, and need not be parsed."""
MOST_ATTACHMENTS = 5


def find_attachments(text: str, base: str, encoding: str = "utf-8") -> tuple[tuple[str, str], ...]:
    """The addresses of attached documents with their names, each once, in their order; five at most.

    A document counts when its name speaks of a report, an attachment or a year, or when the page shows it. Where the
    page itself has no text of a report, the pages in its frames count too.
    """
    lowered = text.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return ()
    try:
        tree = parse_page(text)
    except ValueError:
        return ()
    if tree is None:
        return ()
    links = [link for link in find_links(tree, base, encoding) if link.address and link.address != base]
    found = dict(_documents(links))
    if not names_sections(text):
        frames = (link for link in links if link.leads is Leads.FRAME and link.address not in found)
        found |= {link.address: link.title for link in frames if link.address}
    return tuple(found.items())[:MOST_ATTACHMENTS]


def _documents(links: list[Hyperlink]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for link in links:
        if link.address and link.is_document and link.address not in seen:
            name = link.title or unquote(urlsplit(link.address).path.rpartition("/")[2])
            if not link.title or link.leads is not Leads.CLICK or _REPORT_WORDS.search(name):
                seen.add(link.address)
                yield link.address, name
