"""Hanweb's disclosure catalogue: rows from POST ``/module/xxgk/search.jsp``."""

import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import urljoin

from pydantic import Field

from tasks.sources.adapter import Adapter, Answer, Ask, ListPage, Recognition, Start
from tasks.sources.markup import links_on

_SEARCH = "/module/xxgk/search.jsp"
_NAMES = ("infotypeId", "jdid", "area", "divid")
_PARAMETER = re.compile(rf"""\b({"|".join(_NAMES)})['"]?\s*[:=]\s*['"]?([\w]+)""")
_ROWS = "//tr[contains(@class, 'tr_main_value')]"


class HanwebXxgk(Adapter):
    """Rows of a catalogue, page after page.

    Without parameters they are read from the script of the list page; the address may also be that of the
    search itself, when ``form`` says all that it needs.
    """

    form: dict[str, str] = Field(default_factory=dict)
    """Parameters of the search, such as ``infotypeId``, ``jdid``, ``area`` and ``divid``."""

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By the parameters of the search in the page's script."""
        named = {name for name, _ in _PARAMETER.findall(page.text)}
        if "/module/xxgk/search" in page.text or {"infotypeId", "divid"} <= named:
            return Recognition("its script asks /module/xxgk/search.jsp with infotypeId and divid")
        return None

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """One page of rows after the other."""
        address = start.required_address()
        read: dict[str, str] = {}
        if _SEARCH not in address:
            shell = ask(address)
            read = dict(_PARAMETER.findall(shell.text))
        empty = {"vc_title": "", "vc_number": "", "vc_filenumber": "", "vc_all": "", "texttype": "0", "fbtime": "-1"}
        for number in count(1):
            form = {**empty, **read, **self.form, "currpage": str(number)}
            answer = ask(urljoin(address, _SEARCH), form=form)
            yield ListPage(links_on(answer, _ROWS))
