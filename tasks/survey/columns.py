"""From the page of a column to the lists of reports below it: by year, by category, by both, or one mixed list."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from tasks.calendar import season_year, today
from tasks.chinese import year_in
from tasks.discover.discovery import is_report
from tasks.discover.indexes import year_of_link
from tasks.discover.titles import compact_title
from tasks.fetch.problems import FetchError
from tasks.sources.adapter import Answer, ListError, Recognition, Record, Start
from tasks.sources.adapters import find_adapter, recognise
from tasks.sources.adapters.plain_list import linked_or_written
from tasks.sources.declaration import Index
from tasks.sources.markup import frames_on, options_on
from tasks.sources.menus import MenuEntry, menu_entries, menus_of
from tasks.sources.pager import is_next
from tasks.survey.visits import TooManyRequests, Visits
from tasks.web.addresses import address_key

_CATEGORY = re.compile(
    r"部门|单位|[县市区].*[县市区].*政府|[县市区]政府|人民政府|乡镇|镇街|街道|乡、?镇|开发区|园区|功能区|直属|驻.{1,4}机构|本级|"
    r"(?:市|县|区)(?:级|直)|区县|县区"
)
_PART = re.compile(
    r"(?:历史|历年|往年|以往|早期|更多|全部)(?:政府)?(?:信息公开)?(?:工作)?(?:年报|年度报告)|"
    r"20\d{2}年?(?:度)?(?:以来|以前|之前|及以前|以后|起|[-—~～至到]20\d{2}年?)(?:度)?(?:的)?(?:政府)?(?:信息公开)?(?:工作)?(?:年报|年度报告)"
)
"""How links read that lead to a part of a column's reports by time."""
_LONGEST_CATEGORY = 18
_PAGES_LOOKED_AT = 2
_YEARS_MADE_UP = 3


@dataclass(frozen=True, slots=True)
class FoundList:
    """One list of reports: where it is, the family it was told to be of and by which sign, what it stands for.

    ``records`` are the reports on its first pages; a list that was ``looked_at`` has them, one that was not is taken to
    be like its neighbours, whose addresses have the same shape. ``found_on`` is the page that leads to it. ``others``
    are further families whose pages look like it.
    """

    address: str
    adapter: str
    sign: str
    parameters: dict[str, object] = field(default_factory=dict)
    category: str | None = None
    year: int | None = None
    records: tuple[Record, ...] = ()
    looked_at: bool = True
    found_on: str = ""
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Column:
    """The lists below one column, and the pages that lead to them by year."""

    address: str
    title: str
    lists: list[FoundList] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    seen: tuple[str, ...] = ()
    """What the page leads to, where no list was found: for whoever has to look."""
    cut_short: bool = False
    years_beside: tuple[int, ...] = ()
    """Years to which a list can be turned that nothing leads to but a browser's scripts."""


class ColumnReader:
    """Reads columns of one portal; ``common`` are the addresses that its pages have in common, such as its header's."""

    def __init__(self, visits: Visits, common: set[str]) -> None:
        self._visits = visits
        self._common = common

    def read(self, page: Answer, title: str, menu: str | None = None) -> Column:
        """The lists at and below the page of a column; with ``menu`` those below an entry of that name in its menu."""
        column = Column(page.url, title)
        try:
            if menu is None:
                column.lists = self._below(column, page, FoundList("", "", ""), frozenset())
            else:
                years, _ = self._entries(page, frozenset({"category"}), is_list=True, menu=menu)
                column.lists = self._of_years(column, page, years, FoundList("", "", ""), frozenset({"year"}))
                column.indexes = [index.model_copy(update={"below": menu}) for index in column.indexes]
        except TooManyRequests:
            column.cut_short = True
        if not column.lists:
            column.seen = tuple(record.title for record in _links(page) if record.title)[:20]
        return column

    def _below(self, column: Column, page: Answer, known: FoundList, used: frozenset[str]) -> list[FoundList]:
        """The lists that a page is or leads to; ``known`` holds the year and category that led there."""
        here = list_on(page, self._visits)
        found: list[FoundList] = []
        years, categories = self._entries(page, used, here is not None)
        if years:
            found = self._of_years(column, page, years, known, used | {"year"})
        if not found and categories:
            for name, entry in categories:
                found += self._follow(column, page, entry, replace(known, category=name), used | {"category"})
        if not found and "part" not in used:
            for entry in self._parts(page):
                found += self._follow(column, page, entry, known, used | {"part"})
        if here is not None:
            column.years_beside += () if years or "year" in used else _years_beside(page, here)
            entries = {address_key(entry.url) for _, entry in years} if found else set()
            taken = {address_key(one.address) for one in found}
            kept = tuple(one for one in here.records if address_key(one.url) not in entries)
            if kept and address_key(here.address) not in taken:
                found.append(replace(here, records=kept, category=known.category, year=known.year))
        return found

    def _entries(
        self, page: Answer, used: frozenset[str], is_list: bool, menu: str | None = None
    ) -> tuple[list[tuple[int, MenuEntry]], list[tuple[str, MenuEntry]]]:
        """The links of a page that stand for years and categories not led through yet, the latest year first."""
        years: dict[str, tuple[int, MenuEntry]] = {}
        categories: dict[str, tuple[str, MenuEntry]] = {}
        helpings = menus_of(page, self._visits.ask)
        while not years and not categories:
            try:
                entries = next(helpings, None)
            except (FetchError, ListError):
                break
            if entries is None or (is_list and (years or categories)):
                break
            for entry in entries:
                key = address_key(entry.url)
                below_column = any("年报" in title or "年度报告" in title for title in entry.above)
                if (key in self._common and not below_column) or not self._visits.admits(entry.url):
                    continue
                if menu is not None and menu not in entry.above:
                    continue
                if key == address_key(page.url) and "year" not in used and year_of_link(entry.title) is None:
                    continue
                if "year" not in used and (year := year_of_link(entry.title)):
                    years.setdefault(key, (year, entry))
                elif "category" not in used and _is_category(entry.title):
                    categories.setdefault(key, (compact_title(entry.title), entry))
        return sorted(years.values(), key=lambda pair: -pair[0]), list(categories.values())

    def _parts(self, page: Answer) -> list[MenuEntry]:
        """The links of a page that lead to a part of what it lists by time, such as 历史年报."""
        here = address_key(page.url)
        parts = (one for one in menu_entries(page) if _PART.fullmatch(compact_title(one.title)))
        return [one for one in parts if address_key(one.url) != here and self._visits.admits(one.url)]

    def _of_years(
        self,
        column: Column,
        page: Answer,
        years: list[tuple[int, MenuEntry]],
        known: FoundList,
        used: frozenset[str],
    ) -> list[FoundList]:
        """The lists that links of years lead to, one looked at of each shape of address."""
        found: list[FoundList] = []
        like: dict[str, FoundList] = {}
        for year, entry in years:
            category = _category_above(entry) or known.category
            alike = like.get(_shape(entry.url))
            if alike is not None:
                found.append(
                    replace(alike, address=entry.url, year=year, category=category, records=(), looked_at=False)
                )
                continue
            below = self._follow(column, page, entry, replace(known, year=year, category=category), used)
            found += below
            if len(below) == 1 and address_key(below[0].address) == address_key(entry.url):
                like[_shape(entry.url)] = below[0]
        if not found:
            return []
        published = names_publication(found)
        if published:
            found = [replace(one, year=one.year - 1 if one.year else None) for one in found]
        column.indexes += _indexes(page, found, known, published, {address_key(entry.url) for _, entry in years})
        return found

    def _follow(
        self, column: Column, page: Answer, entry: MenuEntry, known: FoundList, used: frozenset[str]
    ) -> list[FoundList]:
        try:
            below = self._visits.ask_onward(entry.url)
        except FetchError:
            return []
        return [replace(one, found_on=one.found_on or page.url) for one in self._below(column, below, known, used)]


def list_on(page: Answer, visits: Visits, *, within_frame: bool = False) -> FoundList | None:
    """The list of annual reports that a page is: by the first family that is sure and gives some, else plain links."""
    found: list[FoundList] = []
    onward = any(is_next(record) for record in _links(page))  # which can be followed
    for name, recognition in recognise(page):
        if not recognition.sure and (onward or found):
            continue
        records = _first_reports(name, recognition, page, visits)
        if records:
            address = recognition.address or page.url
            found.append(FoundList(address, name, recognition.sign, dict(recognition.parameters), records=records))
    if found:
        return replace(found[0], others=tuple(one.adapter for one in found[1:]))
    if plain := tuple(record for record in _links(page) if is_report(record)):
        return FoundList(page.url, "plain_list", "links whose titles are those of annual reports", records=plain)
    for frame in () if within_frame else frames_on(page):
        try:
            framed = list_on(visits.ask(frame), visits, within_frame=True)
        except FetchError:
            continue
        if framed is not None:
            return framed
    return None


def _first_reports(name: str, recognition: Recognition, page: Answer, visits: Visits) -> tuple[Record, ...]:
    """The reports on the first pages of what may be a list of a family; none where it does not answer as one."""
    try:
        adapter = find_adapter(name).model_validate(recognition.parameters)
        last = season_year(today())
        start = Start(recognition.address or page.url, tuple(range(last - _YEARS_MADE_UP + 1, last + 1)))
        reports: list[Record] = []
        for listed in islice(adapter.pages(start, visits.ask), _PAGES_LOOKED_AT):
            reports += filter(is_report, listed.records)
            if reports or not listed.records:
                break
        return tuple(reports)
    except (FetchError, ListError, ValueError):
        return ()


def _links(page: Answer) -> tuple[Record, ...]:
    try:
        return linked_or_written(page)
    except ListError:
        return ()


def _years_beside(page: Answer, here: FoundList) -> tuple[int, ...]:
    """The years that a select of a list names and of which it shows no report, by its own page or the next."""
    named = {year for option in options_on(page) if (year := year_of_link(option) or year_in(f"{option}年"))}
    shown = {year_in(record.title) for record in here.records}
    return tuple(sorted(named - shown)) if named & shown else ()


def _is_category(title: str) -> bool:
    text = compact_title(title)
    return len(text) <= _LONGEST_CATEGORY and bool(_CATEGORY.search(text)) and "网站" not in text and "指南" not in text


def _category_above(entry: MenuEntry) -> str | None:
    """The category that a link of a year stands below in a menu."""
    return next((title for title in reversed(entry.above) if _is_category(title)), None)


def _shape(address: str) -> str:
    return re.sub(r"\d+", "0", address)


def names_publication(lists: list[FoundList]) -> bool:
    """Whether lists are named after the year of publication: most of their reports are for the year before."""
    behind = Counter(
        one.year - year for one in lists if one.year for record in one.records if (year := year_in(record.title))
    )
    return behind[1] > behind[0]


def _indexes(
    page: Answer, found: list[FoundList], known: FoundList, published: bool, targets: set[str]
) -> Iterator[Index]:
    """The declaration of a page that leads to lists by year, or by year and category: of the latest year's family.

    A list in a frame is not found from the page around it, but as a plain list.
    """
    direct = [one for one in found if address_key(one.address) in targets]
    below = {one.category: None for one in found if one.category and one.category != known.category}
    latest = (direct or found)[0]
    if direct or below or latest.adapter == "plain_list":
        yield Index(
            address=page.url,
            levels=("year", "category") if below else ("year",),
            categories=tuple(below),
            category=known.category,
            published=published,
            adapter=latest.adapter,
        )


def lists_in_order(lists: Iterator[FoundList] | list[FoundList]) -> list[FoundList]:
    """Lists as a source file gives them: by category, the latest year first, each address once; mixed lists last."""
    unique: dict[str, FoundList] = {}
    for one in lists:
        unique.setdefault(address_key(one.address), one)
    categories = list(dict.fromkeys(one.category for one in unique.values()))
    by_category = lambda one: (one.year is None, categories.index(one.category), -(one.year or 0))  # noqa: E731
    return sorted(unique.values(), key=by_category)
