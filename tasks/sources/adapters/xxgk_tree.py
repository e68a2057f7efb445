"""Disclosure platforms whose columns are a tree in JSON (``/xxgk/…/tree``), and their lists ``queryList``."""

import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import urljoin

from tasks.chinese import year_in
from tasks.sources.adapter import Adapter, Answer, Ask, ListError, ListPage, Recognition, Record, Start
from tasks.sources.json_records import read_json_records
from tasks.sources.menus import Node, read_nodes

_TREE = re.compile(r"""["']([^"'\s]*/\w*tree\w*(?:\.(?:json|do|jsp|action))?(?:\?[^"'\s]*)?)["']""", re.IGNORECASE)
_QUERY = re.compile(
    r"""["'](?P<address>[^"'\s]*/query\w*list\w*(?:\.\w+)?)["']\s*,\s*(?:data\s*:\s*)?\{(?P<fields>[^}]*)\}""",
    re.IGNORECASE,
)
_COLUMN_FIELD = re.compile(r"(\w*(?:catalog|channel|column|node|cat|type)\w*)\s*['\"]?\s*:", re.IGNORECASE)
_PAGE_FIELD = re.compile(r"(\w*page(?:no|num|number|index)?|current)\s*['\"]?\s*:", re.IGNORECASE)
_SIZE_FIELD = re.compile(r"(\w*(?:size|rows|limit))\s*['\"]?\s*:\s*(\d+)", re.IGNORECASE)


class XxgkTree(Adapter):
    """Documents of every column whose name says that it holds annual reports, and of the columns below it."""

    column_name: str = "年报|年度报告"
    """What the names of the wanted columns contain, as a regular expression."""
    columns: tuple[str, ...] = ()
    """Numbers of columns, where their names do not tell."""

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By the addresses of the tree and of the lists in the page's script."""
        if _TREE.search(page.text) and _QUERY.search(page.text):
            return Recognition("its script asks for a tree and for queryList")
        return None

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The pages of each column in turn; one that is empty ends only its own column."""
        page = ask(start.required_address())
        query = _QUERY.search(page.text)
        column_field = _COLUMN_FIELD.search(query["fields"]) if query else None
        page_field = _PAGE_FIELD.search(query["fields"]) if query else None
        if query is None or column_field is None or page_field is None:
            raise ListError(f"{page.url} does not tell how its lists are asked for")
        size = _SIZE_FIELD.search(query["fields"])
        form = {size[1]: size[2]} if size else {}
        pending = dict(self._columns(page, ask))
        for number in count(1):
            listed: list[Record] = []
            total = 0
            for column, year in list(pending.items()):
                asked = {column_field[1]: column, page_field[1]: str(number), **form}
                answered = read_json_records(ask(urljoin(page.url, query["address"]), form=asked))
                listed += (Record(one.url, one.title, one.listed_on, year) for one in answered.records)
                total += answered.total or 0
                if not answered.records:
                    del pending[column]
            yield ListPage(tuple(listed), total if number == 1 and total else None)

    def _columns(self, page: Answer, ask: Ask) -> Iterator[tuple[str, int | None]]:
        """The numbers of the wanted columns, with the year that the name of each says."""
        if self.columns:
            yield from ((column, None) for column in self.columns)
            return
        tree = _TREE.search(page.text)
        nodes = read_nodes(ask(urljoin(page.url, tree[1])).text) if tree else []
        wanted = [node for node in nodes if _number(node) and self._is_wanted(node)]
        if not wanted:
            raise ListError(f"{page.url} has no column named like {self.column_name}")
        yield from ((_number(node), year_in(node.name or "")) for node in wanted)

    def _is_wanted(self, node: Node) -> bool:
        return any(re.search(self.column_name, name) for name in (*node.above, node.name or ""))


def _number(node: Node) -> str:
    """What a column is asked for by."""
    return next((value for key, value in node.fields.items() if re.fullmatch(r"id|\w+Id", key) and key != "pId"), "")
