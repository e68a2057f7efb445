"""jpaas, the newer Hanweb: list pages that a unit service builds, as HTML inside JSON."""

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import ClassVar
from urllib.parse import urlencode, urljoin

from pydantic import Field

from tasks.sources.adapter import Adapter, Answer, Ask, ListError, ListPage, Recognition, Start
from tasks.sources.markup import read_links

_SERVICE = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_NAMES = ("webId", "pageId", "tplSetId", "tagId", "parseType", "pageType", "editType")
_PARAMETER = re.compile(rf"""['"]?\b({"|".join(_NAMES)})['"]?\s*[:=]\s*['"]([^'"]*)['"]""")
_TOTAL = re.compile(r"""\bcount['"]?\s*[:=]\s*['"]?(\d+)""")


class Jpaas(Adapter):
    """The service's parameters stand in the list page's script (``queryData``)."""

    addresses: ClassVar[re.Pattern[str] | None] = re.compile(r"/art/\d{4}/art_[0-9a-f]{32}\.html")

    page_size: int = Field(15, ge=1, le=200)
    query: dict[str, str] = Field(default_factory=dict)
    """Parameters of the service that the list page's script does not tell."""

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By the parameters of the unit service in the page's script."""
        named = {name for name, _ in _PARAMETER.findall(page.text)}
        if {"webId", "pageId", "tplSetId"} <= named:
            return Recognition("its script holds webId, pageId and tplSetId of the unit service")
        return None

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """One page of the unit after the other."""
        shell = ask(start.required_address())
        usual = {"parseType": "bulidstatic", "pageType": "column"}
        query = {**usual, **dict(_PARAMETER.findall(shell.text)), **self.query}
        for number in count(1):
            page = json.dumps({"pageNo": number, "pageSize": self.page_size}, separators=(",", ":"))
            answer = ask(f"{urljoin(shell.url, _SERVICE)}?{urlencode({**query, 'paramJson': page})}")
            markup = _markup(answer)
            total = _TOTAL.search(markup)
            yield ListPage(read_links(markup, shell.url, shell.encoding.name), int(total.group(1)) if total else None)


def _markup(answer: Answer) -> str:
    try:
        return str(json.loads(answer.text)["data"]["html"] or "")
    except (ValueError, KeyError, TypeError):
        raise ListError(f"{answer.url} does not answer with JSON that holds data.html") from None
