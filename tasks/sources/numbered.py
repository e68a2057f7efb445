"""Lists whose pages are files with a number in their names."""

from collections.abc import Iterator
from itertools import count
from urllib.parse import urljoin

from tasks.sources.adapter import Answer, Ask, ListPage
from tasks.sources.markup import links_on
from tasks.sources.pager import page_count


def numbered_pages(first: Answer, stem: str, suffix: str, second: int, ask: Ask) -> Iterator[ListPage]:
    """The first page as answered, then ``<stem>_<number>.<suffix>`` beside it, from the number of the second on."""
    yield ListPage(links_on(first), page_count=page_count((first,)))
    for number in count(second):
        page = ask(urljoin(first.url, f"{stem}_{number}.{suffix}"))
        yield ListPage(links_on(page))
