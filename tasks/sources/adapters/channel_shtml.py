"""Channel pages (Heilongjiang, Jiangxi, Beijing districts): ``/c<channel>/list.shtml``, then ``list_2.shtml`` …"""

import re
from collections.abc import Iterator
from typing import ClassVar

from tasks.sources.adapter import Adapter, Answer, Ask, ListError, ListPage, Recognition, Start
from tasks.sources.numbered import numbered_pages

_ARTICLE = re.compile(r"/\d{6}/\w+\.shtml")
_NAME = re.compile(r"/([^/.]+)\.(s?html?)$")


class ChannelShtml(Adapter):
    """Pages are named after the first, with a number from two on."""

    addresses: ClassVar[re.Pattern[str] | None] = re.compile(
        r"/c\d{3,}/(?:\w*list\w*|\d{6}/(?:c\d+_)?[0-9a-f]+)\.shtml$|/\d{6}/[0-9a-f]{32}\.shtml$"
    )

    second: int = 2
    """The number in the second page's name."""

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By the address of a channel's list, and what it links to."""
        if re.search(r"/\w*list\w*\.shtml$", page.url) and _ARTICLE.search(page.text):
            return Recognition("its address ends in list.shtml, and it links to addresses such as 202204/1.shtml")
        return None

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The channel's list page, then one numbered page after the other."""
        named = _NAME.search(start.required_address())
        if named is None:
            raise ListError(f"{start.address} does not end in the name of a page")
        stem, suffix = named.groups()
        return numbered_pages(ask(start.required_address()), stem, suffix, self.second, ask)
