"""What a list page of any make says of further pages: links by number, to the last one, and how many there are."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from tasks.sources.adapter import Answer, ListIncompleteError, Record
from tasks.web.addresses import host_of

NEXT = ("下一页", "下页", "后一页", "next", ">", "»", "›")
"""How links to the next page read."""
_FIRST = ("首页", "第一页", "first", "1")
_LAST = ("尾页", "末页", "最后一页", "last")
_COUNTS = (
    re.compile(r"共\s*(?:<[^>]*>\s*)*(\d{1,4})\s*(?:</[^>]*>\s*)*页"),
    re.compile(r"\b(?:countPage|totalPages?|pageCount|pageTotal)\b['\"]?\s*[:=]\s*['\"]?(\d{1,4})\b", re.IGNORECASE),
    re.compile(r"第\s*\d+\s*页?\s*/\s*共?\s*(\d{1,4})\s*页"),
)
_MORE = re.compile(r">\s*(?:加载更多|点击加载|显示更多|load\s*more)[^<>]{0,8}<", re.IGNORECASE)


def is_next(link: Record, texts: Sequence[str] = NEXT) -> bool:
    """Whether a link reads as one to the next page."""
    return _bare(link.title) in texts


def is_onward(link: Record, texts: Sequence[str] = NEXT) -> bool:
    """Whether a link reads as one to a next page, or to one by its number."""
    return is_next(link, (*texts, *_FIRST, *_LAST)) or _number(link) is not None


def next_page(shown: Sequence[Answer], links: Sequence[Record], taken: int, texts: Sequence[str] = NEXT) -> str | None:
    """The address of the page behind a list's page, of which ``taken`` were taken; ``None`` where it is the last.

    ``shown`` is the page with what its frames show, ``links`` are those that read as leading onward. The address is
    that of the link which says so, else of the link with its number, else like that of the last page.

    Raises:
        ListIncompleteError: there are further pages, and no link leads to the next one.
    """
    said = [link for link in links if is_next(link, texts)]
    numbered = [link for link in links if _number(link) is not None]
    following = [link for link in numbered if _number(link) == taken + 1]
    candidates = [*said, *(link for link in following if _is_of_pages(link, numbered, taken))]
    page, count = shown[0], page_count(shown)
    if candidates and count == taken:
        candidates = [link for link in candidates if host_of(link.url)]
    if candidates and not any(host_of(link.url) for link in candidates):
        written = candidates[0].url[:200]
        raise ListIncompleteError(f"the link to the next page, {written!r}, is for a browser's scripts only")
    found = next((link.url for link in candidates if host_of(link.url) and link.url != page.url), None)
    if found or said:
        return found
    if like_the_last := _like_the_last(links, count, taken):
        return like_the_last
    if (count or 0) > taken:
        raise ListIncompleteError(f"{page.url} says that there are {count} pages; no link leads to page {taken + 1}")
    if any(_MORE.search(one.text) for one in shown):
        raise ListIncompleteError(f"{page.url} has a button that loads more, which is for a browser's scripts only")
    return None


def page_count(shown: Sequence[Answer]) -> int | None:
    """How many pages there are, by a page's own words or its script."""
    found = (int(one) for page in shown for pattern in _COUNTS for one in pattern.findall(page.text))
    return max(found, default=None)


def _is_of_pages(link: Record, numbered: Sequence[Record], taken: int) -> bool:
    """Whether a link that reads as a number leads to a page of the list: by its address, or that of another one."""
    if host_of(link.url) is None:
        return True
    named = {taken, taken + 1} & set(map(int, re.findall(r"\d+", _varying(link.url))))
    shape = re.sub(r"\d+", "0", link.url)
    return bool(named) or any(re.sub(r"\d+", "0", one.url) == shape and one.title != link.title for one in numbered)


def _like_the_last(links: Sequence[Record], count: int | None, taken: int) -> str | None:
    """The next page's address after those of the first and the last page, which differ in one number."""
    firsts = {link.url for link in links if _bare(link.title) in _FIRST}
    for link in links:
        if _bare(link.title) in _LAST and host_of(link.url):
            numbers = list(re.finditer(r"\d+", link.url))
            for number in reversed(numbers):
                around = (link.url[: number.start()], link.url[number.end() :])
                last = int(number[0])
                counted_from_one = f"{around[0]}1{around[1]}" in firsts or count == last
                if counted_from_one and last > taken:
                    return f"{around[0]}{taken + 1}{around[1]}"
                if count == last + 1 and last >= taken:
                    return f"{around[0]}{taken}{around[1]}"
    return None


def _number(link: Record) -> int | None:
    """The page number that a link reads as."""
    text = link.title.strip("[] ")
    return int(text) if text.isdecimal() else None


def _varying(address: str) -> str:
    """The part of an address in which pages of one list differ: the name of the page and its query."""
    parts = urlsplit(address)
    return f"{parts.path.rpartition('/')[2]}?{parts.query}"


def _bare(text: str) -> str:
    """The text of a link without the arrows around it, unless it is nothing but an arrow."""
    return text.strip(" >»›").lower() or text.strip()
