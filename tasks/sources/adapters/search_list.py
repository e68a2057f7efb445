"""Search-style lists: a form is posted with a channel and a page number, and rows or JSON come back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urljoin

from pydantic import Field

from tasks.sources.adapter import Adapter, Answer, Ask, ListError, ListPage, Recognition, Start
from tasks.sources.json_records import read_json_records
from tasks.sources.markup import links_on

_FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<inside>.*?)</form>", re.DOTALL | re.IGNORECASE)
_INPUT = re.compile(r"<input\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SCRIPTED = re.compile(
    r"""(?:\bpost\s*\(|\burl\s*:)\s*["'](?P<address>[^"'\s]+)["']\s*,(?P<between>[^{}]*)\{(?P<fields>[^{}]*)\}""",
    re.IGNORECASE,
)
_FIELD = re.compile(r"""(\w+)['"]?\s*:\s*(?:"([^"]*)"|'([^']*)'|([\w.]+))""")
_PAGE = re.compile(r"\w*page(?:no|num|number|index)?|currentpage|currpage", re.IGNORECASE)
_CHANNEL = re.compile(r"\w*(?:channel|column|catalog|category|node|class)\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Search:
    """How a page asks its search: where, with which fields, and which of them is the page number."""

    address: str
    fields: dict[str, str]
    page_field: str


class SearchList(Adapter):
    """What the search answers to one page number after another.

    The search's address and fields stand in a form of the list page, or in its script.
    """

    form: dict[str, str] = Field(default_factory=dict)
    """Fields of the search that the list page does not tell."""
    first_page: int = 1

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By a form, or a call in the script, that posts a channel and a page number."""
        search = _search(page)
        if search is None:
            return None
        return Recognition(f"it posts {', '.join(search.fields)} to {search.address}", sure=False)

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """One page of the search after the other."""
        shell = ask(start.required_address())
        search = _search(shell)
        if search is None:
            raise ListError(f"{shell.url} posts no channel and page number to a search")
        for number in count(self.first_page):
            fields = {**search.fields, **self.form, search.page_field: str(number)}
            answer = ask(urljoin(shell.url, search.address), form=fields)
            is_json = answer.text.lstrip()[:1] in {"{", "["}
            yield read_json_records(answer) if is_json else ListPage(links_on(answer))


def _search(page: Answer) -> Search | None:
    """The first form or call of a page that posts a channel and a page number."""
    for address, fields in (*_forms(page.text), *_calls(page.text)):
        page_field = next((name for name in fields if _PAGE.fullmatch(name)), None)
        if page_field and any(_CHANNEL.fullmatch(name) and value for name, value in fields.items()):
            return Search(address, fields, page_field)
    return None


def _forms(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for form in _FORM.finditer(text):
        head = _attributes(form["head"])
        if head.get("method", "").lower() == "post" and head.get("action"):
            inputs = [_attributes(one) for one in _INPUT.findall(form["inside"])]
            yield head["action"], {one["name"]: one.get("value", "") for one in inputs if "name" in one}


def _calls(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for call in _SCRIPTED.finditer(text):
        if "post" in f"{call[0][:5]}{call['between']}".lower():
            yield call["address"], {name: _literal(*values) for name, *values in _FIELD.findall(call["fields"])}


def _literal(double: str, single: str, bare: str) -> str:
    """A value that a script gives as it stands; nothing for what it works out."""
    return double or single or (bare if bare.isdigit() else "")


def _attributes(markup: str) -> dict[str, str]:
    return {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(markup)}
