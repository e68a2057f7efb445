"""TRS WCM folders (Fujian, Chongqing, Guizhou, Hubei …): ``index.html``, then ``index_1.html``, ``index_2.html`` …"""

import re
from collections.abc import Iterator
from typing import ClassVar

from tasks.sources.adapter import Adapter, Answer, Ask, ListPage, Recognition, Start
from tasks.sources.numbered import numbered_pages

_SCRIPT = re.compile(r"createPageHTML\(\s*\d+\s*,\s*\d+\s*,\s*['\"]([^'\"/]+)['\"]\s*,\s*['\"](\w+)['\"]")
_INLINE = re.compile(
    r"""href=\\?["'](\w+)\\?["']\s*\+\s*["']_["']\s*\+\s*\w+\s*\+\s*["']\.["']\s*\+\s*["'](s?html?)\\?["']"""
)
"""How older pages write the link to a numbered page themselves."""
_ARTICLE = re.compile(r"""["'/]\d{6}/t\d{8}_\d+\.s?html?["']""")
_LAST_PART = re.compile(r"([^/.]+)\.(s?html?)$")


class Trs(Adapter):
    """Pages are files beside the first; their name stands in the call of ``createPageHTML``."""

    addresses: ClassVar[re.Pattern[str] | None] = re.compile(r"/\d{6}/t\d{8}_\d+(?:_wap)?\.s?html?|/\w+_\d{3,}/$")

    second: int = 1
    """The number in the second page's name."""

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By the call that draws the page numbers, or by the addresses of what it links to."""
        if _SCRIPT.search(page.text):
            return Recognition("its script calls createPageHTML")
        if _INLINE.search(page.text):
            return Recognition("its script writes links to pages with a number behind their name")
        if _ARTICLE.search(page.text):
            return Recognition("it links to addresses such as 202301/t20230117_1.html", sure=False)
        return None

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The folder's own page, then one numbered page after the other."""
        first = ask(start.required_address())
        named = _SCRIPT.search(first.text) or _INLINE.search(first.text) or _LAST_PART.search(first.url)
        stem, suffix = named.groups() if named else ("index", "html")
        return numbered_pages(first, stem, suffix, self.second, ask)
