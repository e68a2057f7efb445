"""Finding lists that the source file does not name: from a page such as 信息公开年报, by category and year."""

import re
from collections.abc import Iterator

from tasks.chinese import year_in
from tasks.discover.titles import compact_title
from tasks.sources.adapter import Answer, Ask, ListError
from tasks.sources.declaration import Index, Listing, Source
from tasks.sources.markup import links_on
from tasks.sources.menus import MenuEntry, menus_of
from tasks.web.addresses import address_key, clean_address

_YEAR_LINK = re.compile(
    r"^(?:20\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})(?:年|年度)?(?:政府信息公开)?(?:工作)?(?:年报|年度报告)?$"
)


def find_lists(source: Source, index: Index, ask: Ask) -> Iterator[Listing]:
    """The lists that an index page leads to, without those that the source file names.

    Raises:
        FetchError: a page on the way cannot be had.
        ListError: a link that should lead to the index is not there.
    """
    seen = {address_key(listing.address) for listing in source.lists if listing.address}
    top = index.address
    for text in index.through:
        top = _follow(source, top, text, ask)
    for listing in _descend(source, index, top, index.levels, Listing(category=index.category), ask):
        key = address_key(listing.address or "")
        if key not in seen:
            seen.add(key)
            yield listing


def _follow(source: Source, address: str, text: str, ask: Ask) -> str:
    page = ask(address)
    for link in links_on(page):
        if compact_title(link.title) == compact_title(text) and source.allows(link.url):
            return clean_address(link.url)
    raise ListError(f"no link {text!r} on {address}")


def _descend(
    source: Source, index: Index, address: str, levels: tuple[str, ...], found: Listing, ask: Ask
) -> Iterator[Listing]:
    for link, meaning in _meant(source, index, ask(address), levels[0], ask):
        below = found.model_copy(update=meaning)
        target = clean_address(link.url)
        if len(levels) > 1:
            yield from _descend(source, index, target, levels[1:], below, ask)
        else:
            declared = {"address": target, "adapter": index.adapter, "parameters": index.parameters}
            yield below.model_copy(update=declared)


def _meant(
    source: Source, index: Index, page: Answer, level: str, ask: Ask
) -> list[tuple[MenuEntry, dict[str, object]]]:
    """The links of an index page that stand for something, its script files asked only if no other link does."""
    for entries in menus_of(page, ask):
        pairs = [
            (link, _meaning(index, level, link))
            for link in entries
            if source.allows(link.url) and (index.below is None or compact_title(index.below) in link.above)
        ]
        if meant := [(link, meaning) for link, meaning in pairs if meaning is not None]:
            return meant
    return []


def year_of_link(title: str) -> int | None:
    """The year that a link stands for, where it reads as the name of a year's list (2019年, 二〇一九年度年报)."""
    text = compact_title(title)
    return year_in(text) if _YEAR_LINK.match(text) else None


def _meaning(index: Index, level: str, link: MenuEntry) -> dict[str, object] | None:
    """What a link on an index page stands for; ``None`` when it leads elsewhere."""
    if level == "category":
        text = compact_title(link.title)
        names = {compact_title(name): name for name in index.categories}
        return {"category": names[text]} if text in names else None
    year = year_of_link(link.title)
    return {"year": year - index.published} if year else None
