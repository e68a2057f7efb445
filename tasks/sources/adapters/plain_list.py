"""A list of any make whose pages lead to the next by a link (下一页, 2), or whose entries its own script holds."""

from collections.abc import Iterator

from tasks.sources.adapter import Adapter, Answer, Ask, ListPage, Record, Start
from tasks.sources.markup import date_in_address, frames_on, links_on
from tasks.sources.menus import written_entries
from tasks.sources.pager import NEXT, is_onward, next_page


class PlainList(Adapter):
    """Whatever is linked in the page or written by its script; the next page is where its link leads."""

    next_texts: tuple[str, ...] = NEXT
    """How the link to the next page reads."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """Page after page, each with what its frames show, as long as there is a link to a next one."""
        address: str | None = start.required_address()
        taken = 0
        while address is not None:
            page = ask(address)
            shown = [page, *map(ask, frames_on(page))]
            taken += 1
            onward: list[Record] = []
            for one in shown:
                links = linked_or_written(one)
                further = [link for link in links if is_onward(link, self.next_texts)]
                onward += further
                if len(links) > len(further):
                    yield ListPage(tuple(link for link in links if link not in further))
            address = next_page(shown, onward, taken, self.next_texts)


def linked_or_written(page: Answer) -> tuple[Record, ...]:
    """Every link on a page, then those that its scripts write or hold.

    Raises:
        ListError: the page cannot be read to its end.
    """
    linked = links_on(page)
    known = {link.url for link in linked}
    written = (Record(one.url, one.title, date_in_address(one.url)) for one in written_entries(page))
    return (*linked, *(one for one in written if one.url not in known))
