"""TRS WCM folders (Fujian, Chongqing, Guizhou, Hubei …): ``index.html``, then ``index_1.html``, ``index_2.html`` …"""

import re
from collections.abc import Iterator

from tasks.sources.adapter import Adapter, Ask, ListPage, Start
from tasks.sources.numbered import numbered_pages

_SCRIPT = re.compile(r"createPageHTML\(\s*\d+\s*,\s*\d+\s*,\s*['\"]([^'\"/]+)['\"]\s*,\s*['\"](\w+)['\"]")
_LAST_PART = re.compile(r"([^/.]+)\.(s?html?)$")


class Trs(Adapter):
    """Pages are files beside the first; their name stands in the call of ``createPageHTML``."""

    second: int = 1
    """The number in the second page's name."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The folder's own page, then one numbered page after the other."""
        first = ask(start.required_address())
        named = _SCRIPT.search(first.text) or _LAST_PART.search(first.url)
        stem, suffix = named.groups() if named else ("index", "html")
        return numbered_pages(first, stem, suffix, self.second, ask)
