"""Channel pages (Heilongjiang, Jiangxi, Beijing districts): ``/c<channel>/list.shtml``, then ``list_2.shtml`` …"""

import re
from collections.abc import Iterator

from tasks.sources.adapter import Adapter, Ask, ListError, ListPage, Start
from tasks.sources.numbered import numbered_pages

_NAME = re.compile(r"/([^/.]+)\.(s?html?)$")


class ChannelShtml(Adapter):
    """Pages are named after the first, with a number from two on."""

    second: int = 2
    """The number in the second page's name."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The channel's list page, then one numbered page after the other."""
        named = _NAME.search(start.required_address())
        if named is None:
            raise ListError(f"{start.address} does not end in the name of a page")
        stem, suffix = named.groups()
        return numbered_pages(ask(start.required_address()), stem, suffix, self.second, ask)
