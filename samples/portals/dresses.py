"""Whole portals of every family in several dresses: other menus, other scripts, other ways of sorting the reports.

Each knows its own truth (:attr:`samples.portals.whole.WholePortal.truth`): the reports that a complete source finds.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from samples.portals.gkmlpt import GkmlptPortal
from samples.portals.jpaas import JpaasPortal
from samples.portals.jpage import JpagePortal
from samples.portals.lists import ChannelPortal, LinkedPortal
from samples.portals.pagers import HeldPortal, PagedPortal
from samples.portals.portal import SmallPortal
from samples.portals.reports import ListedReport, reports
from samples.portals.search import SearchPortal
from samples.portals.tree import TreePortal
from samples.portals.trs import TrsPortal
from samples.portals.whole import ReportList, WholePortal
from samples.portals.xxgk import AnnualPortal, XxgkPortal

_YEARS = (2024, 2023, 2022)
_CATEGORIES = {"市级部门": "清河市", "县（市、区）政府": "望湖区", "乡镇街道": "古驿镇"}


def _of_years(*years: int, each: int = 4, place: str = "清河市") -> tuple[ListedReport, ...]:
    """Reports of several years, the latest first, numbered through."""
    listed = [report for year in years for report in reports(each, year, place)]
    return tuple(replace(report, number=number) for number, report in enumerate(listed))


def _by_year(
    make: Callable[[str, tuple[ListedReport, ...]], SmallPortal], printed: str = "{}年"
) -> tuple[ReportList, ...]:
    return tuple(ReportList(make(str(year), _of_years(year)), year=printed.format(year)) for year in _YEARS)


def _by_category(make: Callable[[str, tuple[ListedReport, ...]], SmallPortal]) -> tuple[ReportList, ...]:
    """One list for each category, of all years."""
    return tuple(
        ReportList(make(f"{number}", _of_years(*_YEARS, place=place)), category)
        for number, (category, place) in enumerate(_CATEGORIES.items(), 1)
    )


def _by_both(make: Callable[[str, tuple[ListedReport, ...]], SmallPortal]) -> tuple[ReportList, ...]:
    return tuple(
        ReportList(make(f"{number}{year}", _of_years(year, place=place)), category, f"{year}年")
        for number, (category, place) in enumerate(_CATEGORIES.items(), 1)
        for year in _YEARS
    )


def _one(portal: SmallPortal) -> tuple[ReportList, ...]:
    return (ReportList(portal),)


def _jpage(key: str, listed: tuple[ListedReport, ...], inlined: int = 15) -> JpagePortal:
    return JpagePortal(listed, column=f"12294{key}", inlined=inlined)


def _trs(key: str, listed: tuple[ListedReport, ...]) -> TrsPortal:
    return TrsPortal(listed, folder=f"/zwgk/zfxxgk/zfxxgknb/n{key}/")


def _channel(key: str, listed: tuple[ListedReport, ...]) -> ChannelPortal:
    return ChannelPortal(listed, channel=f"/qhs/c11{key}/")


def _linked(key: str, listed: tuple[ListedReport, ...]) -> LinkedPortal:
    return LinkedPortal(listed, folder=f"/content/{key}/", per_page=3)


def _jpaas(key: str, listed: tuple[ListedReport, ...]) -> JpaasPortal:
    return JpaasPortal(listed, folder=f"/zwgk/xxgknb/{key}/")


def _xxgk(key: str, listed: tuple[ListedReport, ...]) -> XxgkPortal:
    return XxgkPortal(listed, column=f"12293{key}")


def _search(key: str, listed: tuple[ListedReport, ...]) -> SearchPortal:
    return SearchPortal(listed, channel=key)


def dressed_portals() -> Iterator[WholePortal]:
    """Yield every portal, each with a name of its own."""
    yield from _hanweb()
    yield from _static()
    yield from _platforms()
    yield from _hard()
    yield from _of_no_family()


def _hanweb() -> Iterator[WholePortal]:
    mixed = _of_years(*_YEARS, each=12)
    yield WholePortal("jpage, one list", _one(JpagePortal(mixed)))
    yield WholePortal(
        "jpage by year, nothing inlined", _by_year(lambda key, one: _jpage(key, one, 0)), levels=("year",)
    )
    yield WholePortal("jpage by category and year", _by_both(_jpage), levels=("category", "year"))
    yield WholePortal("jpage, older, years as tabs on the lists", _by_year(_jpage), tabs_on_lists=True, below="tabs")
    older = JpagePortal(mixed, obeys="get", inlined=0)
    yield WholePortal("jpage, asked by GET, written menu", _one(older), menu="written", column="信息公开年报")
    yield WholePortal("catalogue, one list", _one(XxgkPortal(mixed)), menu="tree")
    yield WholePortal("catalogue by year", _by_year(_xxgk), levels=("year",), below="options")
    yield WholePortal(
        "catalogue by category", _by_category(_xxgk), levels=("category",), hops=("政务公开", "政府信息公开")
    )
    annual = tuple(replace(one, number=one.number % 12) for one in mixed)
    yield WholePortal("annual pages", _one(AnnualPortal(annual)))
    yield WholePortal("annual pages, menu in a file", _one(AnnualPortal(annual)), menu="script_file")
    yield WholePortal(
        "annual pages, three hops", _one(AnnualPortal(annual)), hops=("政务公开", "信息公开", "政府信息公开平台")
    )
    yield WholePortal("jpaas, one list", _one(JpaasPortal(mixed)), column="政府信息公开工作年度报告")
    yield WholePortal("jpaas by year in a tree", _by_year(_jpaas), levels=("year",), below="tree")
    yield WholePortal("jpaas by category", _by_category(_jpaas), levels=("category",), menu="fetched_tree")


def _static() -> Iterator[WholePortal]:
    mixed = _of_years(*_YEARS, each=12)
    yield WholePortal("trs, one list", _one(TrsPortal(mixed)))
    yield WholePortal("trs by year and category", _by_both(_trs), levels=("year", "category"))
    yield WholePortal("trs in GBK, years as options", _by_year(_trs), levels=("year",), below="options", menu="tabs")
    yield WholePortal("channels, one list", _one(ChannelPortal(mixed)))
    yield WholePortal("channels by year", _by_year(_channel, "{}年度"), levels=("year",), menu="written")
    yield WholePortal("channels by category", _by_category(_channel), levels=("category",), below="script_file")
    yield WholePortal("linked pages", _one(LinkedPortal(mixed)))
    yield WholePortal("linked pages by year", _by_year(_linked, "{}年政府信息公开年报"), levels=("year",))
    yield WholePortal("linked pages by category", _by_category(_linked), levels=("category",), hops=())


def _platforms() -> Iterator[WholePortal]:
    mixed = _of_years(*_YEARS, each=12)
    yield WholePortal("gkmlpt", _one(GkmlptPortal(mixed)), hops=(), column="政府信息公开")
    yield WholePortal("gkmlpt below 政务公开", _one(GkmlptPortal(mixed)), hops=("政务公开",), column="政府信息公开平台")
    yield WholePortal("gkmlpt in a script", _one(GkmlptPortal(mixed)), menu="script_file", column="信息公开年报")
    yield WholePortal("tree", _one(TreePortal(mixed)), hops=(), column="政府信息公开")
    yield WholePortal(
        "tree by year", _one(TreePortal(mixed, nested=True)), hops=("政务公开",), column="政府信息公开平台"
    )
    yield WholePortal(
        "tree behind a menu", _one(TreePortal(mixed, site="xqwg")), column="政府信息公开年报", menu="tree"
    )
    yield WholePortal("search by form, rows", _one(SearchPortal(mixed)))
    yield WholePortal(
        "search by script, JSON, by year",
        _by_year(lambda key, one: SearchPortal(one, key, "json", "script")),
        levels=("year",),
    )
    yield WholePortal("search by category", _by_category(_search), levels=("category",), menu="options")


def _hard() -> Iterator[WholePortal]:
    mixed = _of_years(*_YEARS, each=12)
    published = tuple(ReportList(_trs(f"p{year + 1}", _of_years(year)), year=f"{year + 1}年") for year in _YEARS)
    yield WholePortal("years are those of publication", published, levels=("year",))
    two = (*_by_both(_jpage)[:6], *_by_both(_trs)[6:])
    yield WholePortal("two families", two, levels=("category", "year"))
    yield WholePortal("a cookie first", _one(TrsPortal(mixed)), cookie=True)
    yield WholePortal("documents without pages", _one(LinkedPortal(mixed, ending=".docx")))
    yield WholePortal("lists in frames", _by_year(_trs), levels=("year",), framed=True)
    yield WholePortal("a plain list in a frame", _one(LinkedPortal(mixed)), framed=True)
    yield WholePortal("two thousand reports", _one(TrsPortal(_of_years(*_YEARS, each=667))))
    allowed = "User-agent: *\nDisallow: /search/\nCrawl-delay: 0\n"
    yield WholePortal("robots that allow it", _one(TrsPortal(mixed)), robots=allowed)


def _of_no_family() -> Iterator[WholePortal]:
    mixed = _of_years(*_YEARS, each=12)
    yield WholePortal("pages by number", _one(PagedPortal(mixed)))
    yield WholePortal("pages by number, in a frame", _one(PagedPortal(mixed)), framed=True)
    yield WholePortal("pages by offsets", _one(PagedPortal(mixed, "offsets")))
    yield WholePortal("pages by the first and the last", _one(PagedPortal(mixed, "ends")))
    yield WholePortal("pages by a select", _one(PagedPortal(mixed, "select")), frameset=True)
    yield WholePortal("pages and rows by functions", _one(PagedPortal(mixed, "function", clicked=True)))
    yield WholePortal("rows in an array", _one(HeldPortal(mixed)))
    yield WholePortal("rows in a script's markup", _one(HeldPortal(mixed, array=False)))
    yield WholePortal("tabs that load the list of a year", _by_year(_linked), tabs_on_lists=True, below="loading_tabs")
    parts = (
        ReportList(_linked("new", _of_years(2024, 2023)), year="2023年以来年报"),
        ReportList(_linked("old", _of_years(2022)), year="历史年报"),
    )
    yield WholePortal("parts by time", parts, levels=("year",))
    older = TrsPortal(mixed, inline=True, suffix="shtml")
    yield WholePortal("trs, links to pages written inline", _one(older))


REFUSING = WholePortal("robots that refuse", _one(TrsPortal(_of_years(*_YEARS))), robots="User-agent: *\nDisallow: /\n")
"""A portal that asks programs to stay away."""
EMPTY = WholePortal("nothing there", (ReportList(LinkedPortal(())),), column="通知公告")
"""A portal that has no annual reports."""
