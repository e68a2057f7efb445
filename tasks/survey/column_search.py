"""The way from any page of a portal to its column of annual reports: the most promising link first."""

import heapq
import re
from dataclasses import dataclass, field, replace
from itertools import count

from tasks.chinese import year_in
from tasks.discover.indexes import year_of_link
from tasks.discover.titles import compact_title, is_annual_report, names_no_organ
from tasks.fetch.problems import FetchError
from tasks.sources.adapter import Answer, ListError
from tasks.sources.menus import MenuEntry, menus_of
from tasks.survey.columns import Column, ColumnReader, FoundList, list_on
from tasks.survey.visits import TooManyRequests, Visits
from tasks.web.addresses import address_key

_COLUMN = 80
"""The promise from which on a link reads like the column itself."""
_DISCLOSURE = 40
_PROMISES = (
    (re.compile(r"(?:政府|政务)?(?:信息)?(?:公开)?(?:工作)?(?:年报|年度报告)(?:专栏|栏目|>+)?"), 100),
    (re.compile(r"(?:法定)?(?:政府)?信息公开(?:平台|专栏|专题|专区|网|栏目)?"), 60),
    (re.compile(r".{0,12}信息公开.{0,4}"), 50),
    (re.compile(r"(?:政务|政府)公开.{0,4}"), 45),
    (re.compile(r".{0,6}公开.{0,6}"), 20),
)
"""How links to the uniform columns read, with what they promise; the first that fits counts."""
_ASIDE = re.compile(
    r"依申请|申请公开|指南|制度|意见|举报|网站|法治|通知|解读|一图|要点|目录|规定|条例|投诉|收费|预算|决算|邮箱|咨询|公开电话"
)
_SEVERAL = 2


@dataclass(slots=True)
class Found:
    """What a search came to: the pages on its way, and the columns with their lists.

    ``columns`` without lists were looked at in vain; ``single`` is what the first page listed itself, where no
    column was found; ``title`` and ``publisher`` are those of the first page.
    """

    way: list[MenuEntry] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    single: FoundList | None = None
    title: str = ""
    publisher: str | None = None
    cut_short: bool = False
    promised: set[str] = field(default_factory=set)
    """The addresses of links that read like the column itself."""
    leads: list[str] = field(default_factory=list)
    """How the links of the pages on the way read, for whoever has to look."""

    @property
    def lists(self) -> list[FoundList]:
        """Every list of every column."""
        return [one for column in self.columns for one in column.lists] or ([self.single] if self.single else [])

    def count_from_publication(self) -> None:
        """Take the years of the columns' lists for those of publication, one after the year that is reported on."""
        for column in self.columns:
            column.lists = [replace(one, year=one.year - 1 if one.year else None) for one in column.lists]
            column.indexes = [one.model_copy(update={"published": "year" in one.levels}) for one in column.indexes]


def promise_of(title: str) -> int:
    """How much a link promises to lead to the annual reports, from 0 to 100, by how it reads."""
    text = compact_title(title).strip("·>»[]【】")
    if not text or _ASIDE.search(text):
        return 0
    if is_annual_report(text) and year_in(text) is None:
        return 100 if names_no_organ(text) else 85
    return next((promised for pattern, promised in _PROMISES if pattern.fullmatch(text)), 0)


def search(address: str, visits: Visits) -> Found:
    """Look for the annual reports of a portal from one of its pages.

    Raises:
        FetchError: the address itself cannot be had.
    """
    first = visits.ask_onward(address)
    found = Found(title=_title(first), publisher=_publisher(first))
    try:
        _Search(visits, found).from_page(first)
    except TooManyRequests:
        found.cut_short = True
    return found


class _Search:
    """One search under way: what is to be looked at, the most promising first, and what was."""

    def __init__(self, visits: Visits, found: Found) -> None:
        self._visits = visits
        self._found = found
        self._common: set[str] = set()
        self._seen: set[str] = set()
        self._waiting: list[tuple[int, int, int, MenuEntry]] = []
        self._order = count()

    def from_page(self, first: Answer) -> None:
        start = MenuEntry(self._found.title, first.url)
        self._seen.add(address_key(first.url))
        self._look(first, start, 0, is_column=promise_of(_heading(first)) >= _COLUMN)
        while self._waiting:
            negative, depth, _, entry = heapq.heappop(self._waiting)
            promise = -negative
            if self._is_found and promise < _COLUMN:
                break
            key = address_key(entry.url)
            if key in self._seen or not self._visits.admits(entry.url):
                continue
            self._seen.add(key)
            try:
                page = self._visits.ask_onward(entry.url)
            except FetchError:
                continue
            self._look(page, entry, depth, is_column=promise >= _COLUMN)
        if not self._is_found:
            self._found.single = self._listed(first)
        elif (own := list_on(first, self._visits)) and len(own.records) >= _SEVERAL:
            self._keep_own(own)

    @property
    def _is_found(self) -> bool:
        return any(column.lists for column in self._found.columns)

    def _look(self, page: Answer, entry: MenuEntry, depth: int, *, is_column: bool) -> None:
        """Look at a page: read it as the column, or take up where it leads."""
        entries = self._entries(page)
        self._found.leads += [
            one.title for one in entries if promise_of(one.title) and one.title not in self._found.leads
        ]
        if is_column:
            reader = ColumnReader(self._visits, self._common - {address_key(one.url) for one in entries if one.above})
            column = reader.read(page, entry.title)
            self._found.columns.append(column)
            if column.cut_short:
                raise TooManyRequests
        elif menu := next((one for one in map(_menu_of_column, entries) if one), None):
            self._found.columns.append(ColumnReader(self._visits, set()).read(page, menu, menu))
        elif depth and not any(promise_of(one.title) >= _COLUMN for one in entries):
            self._platform(page, entry)
        if not is_column or not self._is_found:
            self._found.way.append(entry)
            self._common |= {address_key(one.url) for one in entries if promise_of(one.title) < _COLUMN}
            for one in entries:
                promised = promise_of(one.title)
                if promised >= _COLUMN:
                    self._found.promised.add(one.url)
                if promised:
                    heapq.heappush(self._waiting, (-promised, depth + 1, next(self._order), one))

    def _platform(self, page: Answer, entry: MenuEntry) -> None:
        """Take a page of disclosure for the column where it lists reports itself, as platforms of one page do."""
        own = self._listed(page)
        if own is not None:
            self._found.columns.append(Column(page.url, entry.title, [own]))

    def _listed(self, page: Answer) -> FoundList | None:
        own = list_on(page, self._visits)
        enough = own is not None and (len(own.records) >= _SEVERAL or own.adapter != "plain_list")
        return own if enough else None

    def _keep_own(self, own: FoundList) -> None:
        """Keep the list that was asked about, where no column leads to it."""
        known = {address_key(one.address) for one in self._found.lists}
        reports = {address_key(record.url) for one in self._found.lists for record in one.records}
        if address_key(own.address) not in known and not {address_key(one.url) for one in own.records} <= reports:
            self._found.columns.append(Column(own.address, self._found.title, [own]))

    def _entries(self, page: Answer) -> list[MenuEntry]:
        """What a page leads to; its script files are asked for only where nothing else promises much."""
        entries: list[MenuEntry] = []
        helpings = menus_of(page, self._visits.ask)
        while not any(self._is_new(one) for one in entries):
            try:
                helping = next(helpings, None)
            except (FetchError, ListError):
                break
            if helping is None:
                break
            entries += helping
        return entries

    def _is_new(self, entry: MenuEntry) -> bool:
        return promise_of(entry.title) >= _DISCLOSURE and address_key(entry.url) not in self._seen


def _menu_of_column(entry: MenuEntry) -> str | None:
    """The name of the column that a link of a year stands below, where a menu shows it so."""
    if year_of_link(entry.title) is None:
        return None
    return next((title for title in entry.above if promise_of(title) >= _COLUMN), None)


_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(r"<h[12]\b[^>]*>(.*?)</h[12]>", re.DOTALL | re.IGNORECASE)
_PUBLISHER = re.compile(r"主办(?:单位|机构)?\s*[:：]\s*([一-鿿]{4,30})")
_TAG = re.compile(r"<[^>]*>")


def _title(page: Answer) -> str:
    found = _TITLE.search(page.text)
    return " ".join(_TAG.sub("", found[1]).split()) if found else ""


def _heading(page: Answer) -> str:
    """What a page calls itself: its heading, else the first part of its title."""
    found = _HEADING.search(page.text)
    heading = " ".join(_TAG.sub("", found[1]).split()) if found else ""
    return heading or re.split(r"[-_|—·]", _title(page))[0].strip()


def _publisher(page: Answer) -> str | None:
    found = _PUBLISHER.search(page.text)
    return found[1] if found else None
