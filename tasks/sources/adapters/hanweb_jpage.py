"""Hanweb jpage columns, ``/col/col<column>/index.html`` (Zhejiang, Jiangsu, Shandong): records from a data proxy."""

import re
from collections.abc import Iterator
from typing import ClassVar, Literal
from urllib.parse import parse_qsl, urlencode, urljoin

from pydantic import Field

from tasks.sources.adapter import Adapter, Answer, Ask, ListPage, Recognition, Start
from tasks.sources.markup import read_datastore

_PROXY = re.compile(r"""['"](?P<path>[^'"<>]*?/jpage/dataproxy\.jsp)(?:\?(?P<query>[^'"<>]*))?['"]""")
_NAMES = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
_PARAMETER = re.compile(rf"""\b({"|".join(_NAMES)})['"]?\s*:\s*['"]?([^'",}}\s]*)""")
_OLD_PROXY = re.compile(r"(?<!/web)/jpage/dataproxy\.jsp")
_UNIT = re.compile(r"\.jpage\(.*?\)\s*(?:;|</script>|$)", re.DOTALL)
_COLUMN = re.compile(r"/col(\d+)/")
_PAGE_SIZE = re.compile(r"""\bper[pP]age['"]?\s*[:=]\s*['"]?(\d+)""")


class HanwebJpage(Adapter):
    """Records by POST with ``startrecord`` and ``endrecord``, or by the older GET with ``page``.

    The proxy's address and parameters stand in the list page's script, its first records often beside them.
    """

    addresses: ClassVar[re.Pattern[str] | None] = re.compile(
        r"/col/col\d+/|/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html"
    )

    method: Literal["post", "get"] = "post"
    per_page: int | None = None
    """Records on one of the site's pages; read from the script where it is not given."""
    pages_per_request: int = 3
    """Hanweb's own script asks for three pages at once; some servers cap what they give."""
    form: dict[str, str] = Field(default_factory=dict)
    """Parameters of the proxy that the list page's script does not tell."""

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By the call of ``jpage`` and its proxy; the older proxy is asked by GET."""
        if ".jpage(" not in page.text and "dataproxy.jsp" not in page.text and "<datastore>" not in page.text:
            return None
        parameters = {"method": "get"} if _OLD_PROXY.search(page.text) else {}
        return Recognition("its script calls jpage with a dataproxy.jsp", parameters=parameters)

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """The records inlined in the list page, then those of the proxy from the first on."""
        shell = ask(start.required_address())
        if shell.text.count("<datastore>") == 1:
            yield from _unless_empty(read_datastore(shell.text, shell.url))
        script = _own_unit(shell)
        proxy, form = self._proxy(shell.url, script)
        size = self._page_size(script)
        position, page = 1, 1
        while True:
            if self.method == "get":
                answer = ask(f"{proxy}?{urlencode({'page': page, **form})}")
            else:
                end = position + size * self.pages_per_request - 1
                window = {"startrecord": position, "endrecord": end, "perpage": size, "page": page}
                answer = ask(f"{proxy}?{urlencode(window)}", form=form)
            listed = read_datastore(answer.text, answer.url)
            yield listed
            position, page = position + len(listed.records), page + 1

    def _page_size(self, script: str) -> int:
        found = _PAGE_SIZE.search(script)
        return self.per_page or (int(found.group(1)) if found else 15)

    def _proxy(self, address: str, script: str) -> tuple[str, dict[str, str]]:
        """The data proxy's address and parameters, from the script, else as they usually are."""
        found = _PROXY.search(script)
        column = _COLUMN.search(address)
        usual = {"col": "1", "appid": "1", "path": "/", "sourceContentType": "1", "permissiontype": "0"}
        named = {"columnid": column.group(1)} if column else {}
        queried = dict(parse_qsl(found.group("query") or "")) if found else {}
        known = {name: value for name, value in queried.items() if name in _NAMES}
        path = found.group("path") if found else "/module/web/jpage/dataproxy.jsp"
        return urljoin(address, path), {**usual, **named, **known, **dict(_PARAMETER.findall(script)), **self.form}


def _own_unit(shell: Answer) -> str:
    """The script of the unit that lists the column itself, where the page holds several; else the whole page."""
    column = _COLUMN.search(shell.url)
    units = _UNIT.findall(shell.text)
    own = [unit for unit in units if column and dict(_PARAMETER.findall(unit)).get("columnid") == column.group(1)]
    return own[0] if own else shell.text


def _unless_empty(page: ListPage) -> Iterator[ListPage]:
    if page.records:
        yield page
