"""gkmlpt, Guangdong's disclosure platform: articles as JSON, categories in the page's configuration."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import Any, ClassVar
from urllib.parse import urljoin

from tasks.sources.adapter import Adapter, Answer, Ask, ListError, ListPage, Recognition, Record, Start
from tasks.sources.markup import date_in_text

_BASE = re.compile(r"^(.*?/gkmlpt)(?:/|$|#|\?)")
_SITE = re.compile(r"\bSID['\"]?\s*:\s*['\"]?(\d+)")
_TREE = re.compile(r"\bTREE['\"]?\s*:\s*(?=\[)")
_BEIJING = timezone(timedelta(hours=8))
_TIMES = ("display_publish_time", "first_publish_time", "date", "create_time")


class Gkmlpt(Adapter):
    """Articles of every category whose name says that it holds annual reports."""

    addresses: ClassVar[re.Pattern[str] | None] = re.compile(r"/gkmlpt(?:/|$)|/content/post_\d+\.html|/post_\d+\.html")

    categories: tuple[int, ...] = ()
    """Category numbers, where their names do not tell."""
    category_name: str = "年报|年度报告"
    """What the names of the wanted categories contain, as a regular expression."""
    site: int | None = None
    """The site's number, where the page's configuration does not tell."""
    first_page: int = 1

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By the configuration in the page of a platform."""
        if _BASE.match(page.url) and _SITE.search(page.text):
            return Recognition("its address is of gkmlpt, and its _CONFIG holds the SID")
        return None

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The pages of each category in turn; one that is empty ends only its own category."""
        address = start.required_address()
        base = _BASE.match(address)
        if base is None:
            raise ListError(f"{address} is not an address of a gkmlpt site")
        site, categories = str(self.site or ""), list(self.categories)
        if not site or not categories:
            front = ask(address.partition("#")[0])
            site = site or _site(front)
            categories = categories or list(_named(_tree(front), re.compile(self.category_name)))
        if not categories:
            raise ListError(f"{address} has no category named like {self.category_name}")
        pending = dict.fromkeys(categories)
        for number in count(self.first_page):
            records: list[Record] = []
            total = 0
            for category in list(pending):
                listed, stated = _articles(ask(f"{base.group(1)}/api/all/{category}?page={number}&sid={site}"))
                records += listed
                total += stated
                if not listed:
                    del pending[category]
            yield ListPage(tuple(records), total if number == self.first_page else None)


def _site(front: Answer) -> str:
    found = _SITE.search(front.text)
    if found is None:
        raise ListError(f"{front.url} does not tell its SID")
    return found.group(1)


def _tree(front: Answer) -> list[Any]:
    found = _TREE.search(front.text)
    if found is None:
        return []
    try:
        tree, _ = json.JSONDecoder().raw_decode(front.text, found.end())
    except ValueError:
        raise ListError(f"the TREE of {front.url} is not JSON") from None
    return list(tree)


def _named(nodes: list[Any], wanted: re.Pattern[str]) -> Iterator[int]:
    """The numbers of the categories whose name fits, wherever they stand in the tree."""
    for node in nodes:
        if wanted.search(str(node.get("name", ""))):
            yield int(node["id"])
        else:
            yield from _named(node.get("children") or [], wanted)


def _articles(answer: Answer) -> tuple[list[Record], int]:
    try:
        content = json.loads(answer.text)
        listed = [_record(article, answer.url) for article in content["articles"]]
        return listed, int(content.get("total") or 0)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ListError(f"{answer.url} does not answer with JSON that holds articles") from None


def _record(article: dict[str, Any], base: str) -> Record:
    return Record(urljoin(base, article["url"]), str(article["title"]).strip(), _published(article))


def _published(article: dict[str, Any]) -> date | None:
    stamp = next((article[name] for name in _TIMES if article.get(name)), None)
    if isinstance(stamp, int | float):
        return datetime.fromtimestamp(stamp, _BEIJING).date()
    return date_in_text(str(stamp or article.get("created_at") or ""))
