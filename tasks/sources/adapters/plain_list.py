"""A list of any make whose pages lead to the next by a link (下一页)."""

from collections.abc import Generator, Iterator

from tasks.sources.adapter import Adapter, Ask, ListError, ListPage, Record, Start
from tasks.sources.markup import frames_on, links_on
from tasks.web.addresses import host_of

_NEXT = ("下一页", "下页", "后一页", "next", ">", "»", "›")


class PlainList(Adapter):
    """Whatever is linked in the page; the next page is where its link leads."""

    next_texts: tuple[str, ...] = _NEXT
    """How the link to the next page reads."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """Page after page, each with what its frames show, as long as there is a link to a next one."""
        address: str | None = start.required_address()
        while address is not None:
            page = ask(address)
            following = yield from self._unless_empty(links_on(page))
            for frame in frames_on(page):
                following += yield from self._unless_empty(links_on(ask(frame)))
            address = next((link.url for link in following if link.url != address), None)
            if address is not None and host_of(address) is None:
                raise ListError(f"the link to the next page, {address[:200]!r}, is for a browser's scripts only")

    def _unless_empty(self, links: tuple[Record, ...]) -> Generator[ListPage, None, list[Record]]:
        """The list page that some links make, and those of them that lead to the next one."""
        onward = [link for link in links if _bare(link.title) in self.next_texts]
        if len(links) > len(onward):
            yield ListPage(tuple(link for link in links if link not in onward))
        return onward


def _bare(text: str) -> str:
    """The text of a link without the arrows around it, unless it is nothing but an arrow."""
    return text.strip(" >»›").lower() or text.strip()
