"""Lists whose pages are files with a number in their names."""

from collections.abc import Iterator
from itertools import count
from urllib.parse import urljoin

from tasks.sources.adapter import Answer, Ask, ListPage
from tasks.sources.markup import read_links


def numbered_pages(first: Answer, stem: str, suffix: str, second: int, ask: Ask) -> Iterator[ListPage]:
    """The first page as answered, then ``<stem>_<number>.<suffix>`` beside it, from the number of the second on."""
    yield ListPage(read_links(first.text, first.url))
    for number in count(second):
        page = ask(urljoin(first.url, f"{stem}_{number}.{suffix}"))
        yield ListPage(read_links(page.text, page.url))
