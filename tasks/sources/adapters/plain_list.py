"""A list of any make whose pages lead to the next by a link (下一页)."""

from collections.abc import Iterator

from tasks.sources.adapter import Adapter, Ask, ListPage, Start
from tasks.sources.markup import read_links

_NEXT = ("下一页", "下页", "后一页", "next", ">", "»", "›")


class PlainList(Adapter):
    """Whatever is linked in the page; the next page is where its link leads."""

    next_texts: tuple[str, ...] = _NEXT
    """How the link to the next page reads."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """Page after page, as long as there is a link to a next one."""
        address: str | None = start.required_address()
        while address is not None:
            page = ask(address)
            links = read_links(page.text, page.url)
            onward = [link for link in links if _bare(link.title) in self.next_texts]
            yield ListPage(tuple(link for link in links if link not in onward))
            address = next((link.url for link in onward if link.url != address), None)


def _bare(text: str) -> str:
    """The text of a link without the arrows around it, unless it is nothing but an arrow."""
    return text.strip(" >»›").lower() or text.strip()
