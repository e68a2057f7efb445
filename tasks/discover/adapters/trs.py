"""TRS WCM folders (Fujian, Chongqing, Guizhou, Hubei …): ``index.html``, then ``index_1.html``, ``index_2.html`` …"""

import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import urljoin

from tasks.discover.adapter import Adapter, Ask, ListPage, Start
from tasks.discover.markup import read_links

_SCRIPT = re.compile(
    r"createPageHTML\(\s*\d+\s*,\s*\d+\s*,\s*['\"](?P<stem>[^'\"]+)['\"]\s*,\s*['\"](?P<suffix>\w+)['\"]"
)
_LAST_PART = re.compile(r"(?P<stem>[^/.]+)\.(?P<suffix>s?html?)$")


class Trs(Adapter):
    """Pages are files beside the first; their name stands in the call of ``createPageHTML``."""

    first_number: int = 1
    """The number in the second page's name."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The folder's own page, then one numbered page after the other."""
        first = ask(start.required_address())
        yield ListPage(read_links(first.text, first.url))
        named = _SCRIPT.search(first.text) or _LAST_PART.search(first.url)
        stem, suffix = (named["stem"], named["suffix"]) if named else ("index", "html")
        for number in count(self.first_number):
            page = ask(urljoin(first.url, f"{stem}_{number}.{suffix}"))
            yield ListPage(read_links(page.text, page.url))
