"""Whether a declared source still holds: its lists, this year's column, its counts, one report; and what mends it."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from tasks.archive.store import Archive
from tasks.calendar import is_over, season_year, today
from tasks.chinese import year_in
from tasks.discover.discovery import Discovery, discover
from tasks.discover.indexes import find_lists
from tasks.fetch.problems import FetchError
from tasks.settings import Settings
from tasks.sources.adapter import ListError
from tasks.sources.declaration import Index, Listing, Source
from tasks.survey.column_search import Found, search
from tasks.survey.columns import FoundList, list_on, lists_in_order, names_publication
from tasks.survey.edits import Edit, EditError, Where, difference, edited
from tasks.survey.proof import read_reports
from tasks.survey.visits import MOST_REQUESTS, TooManyRequests, Visits
from tasks.web.addresses import address_key, host_of
from warehouse.errors import GoujiError
from warehouse.text import Text

_GONE = {"not_found", "soft_404", "http_error", "list_unreadable", "list_empty", "host_not_allowed", "redirect_loop"}
"""Problems of a list for which another place of it is looked for; others pass, or need a person."""
_DEAD = {"unreachable", "name_not_resolved", "timeout", "host_resting", "robots_unreachable"}
"""Problems of a host that may be no more; where the home page is on another one, lists are looked for from there."""


class Kind(StrEnum):
    """What may have become of a source."""

    NEW_LIST = "new_list"
    MOVED = "moved"
    RETIRED = "retired"
    FAILS = "fails"
    FEWER = "fewer"
    UNREADABLE = "unreadable"
    NO_COLUMN = "no_column"
    PUBLICATION_YEAR = "publication_year"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as declared, in both languages; ``edit`` mends it, where it is known how."""

    kind: Kind
    text: Text
    edit: Edit | None = None


@dataclass(frozen=True)
class Standing:
    """How a source stands: what changed, and its file before and after the changes that can be proposed.

    ``reports`` are the counts listed of the season's year and of the year before. ``text`` and ``proposed`` are equal
    where nothing can be proposed. ``requests`` were made to find out.
    """

    name: str
    year: int
    reports: tuple[int, int]
    changes: tuple[Change, ...]
    text: str
    proposed: str
    requests: int = 0

    @property
    def diff(self) -> str:
        """The proposed change of the file; empty where there is none."""
        return difference(self.text, self.proposed, self.name)


def examine(source: Source, settings: Settings, year: int | None = None, start: str | None = None) -> Standing:
    """Look whether a source still holds for a report year, by default that of the season under way.

    Its lists of that year and of the year before are asked, the pages that lead to new ones, and one report. Where a
    list is gone, it is looked for from ``start``, by default the portal's home page.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    year = year or season_year(today())
    text = _text_of(source)
    source = source.model_copy(update={"home": start or source.home})
    with Visits(source, settings, Archive(settings.archive_root)) as visits:
        listed = discover(source, [year - 1, year], visits.ask_beyond)
        changes = [
            *_new_lists(source, visits, year),
            *_of_lists(source, listed, visits, settings, year),
            *_of_counts(source, listed, year),
            *_of_a_report(source, listed, visits, settings),
        ]
    edits = [change.edit for change in changes if change.edit]
    try:
        proposed = edited(text, source.name, edits)
    except EditError as error:
        changes.append(Change(Kind.FAILS, Text(f"请手工修改：{error}", f"change the file by hand: {error}")))
        proposed = text
    counts = tuple(sum(link.year == one for link in listed.links) for one in (year, year - 1))
    return Standing(source.name, year, (counts[0], counts[1]), tuple(changes), text, proposed, visits.requests)


def examine_all(sources: Sequence[Source], settings: Settings) -> Iterator[Standing]:
    """Look at several sources as :func:`examine` does, as many at once as ``settings.sources_at_once``, in their order.

    An error of the program is told as a change of the source that met it, so that the others go on.
    """

    def one(source: Source) -> Standing:
        try:
            return examine(source, settings)
        except GoujiError:
            raise
        except Exception as error:
            told = f"{type(error).__name__}: {' '.join(str(error).split())}"
            failed = Change(Kind.FAILS, Text(f"程序出错：{told}", f"an error of the program: {told}"))
            text = _text_of(source)
            return Standing(source.name, season_year(today()), (0, 0), (failed,), text, text)

    with ThreadPoolExecutor(settings.sources_at_once, thread_name_prefix="survey") as pool:
        yield from pool.map(one, sources)


def _text_of(source: Source) -> str:
    if source.folder is None:
        return ""
    return (source.folder / f"{source.name}.yaml").read_text(encoding="utf-8")


def _new_lists(source: Source, visits: Visits, year: int) -> Iterator[Change]:
    """Lists of later years than any declared one, found from the pages that lead to them or else from the home page."""
    declared = [one.year for one in source.lists if one.year]
    if not declared:
        return
    found: list[Listing] = []
    for index in source.indexes:
        with suppress(FetchError, ListError):  # told with the lists
            found += find_lists(source, index, visits.ask_beyond)
    if not source.indexes and max(declared) < year and source.home:
        found = [listing_of(one) for one in lists_in_order(_searched(source.home, visits).lists)]
    later = [one for one in found if one.year and one.year > max(declared)]
    for listing in later:
        yield Change(
            Kind.NEW_LIST,
            Text(
                f"{listing.year} 年有新的列表，尚未声明：{listing.address}",
                f"there is a new list for {listing.year} that is not declared: {listing.address}",
            ),
            Edit("lists", _entry(source, _as_it_answers(listing, visits))),
        )
    if not later and max(declared) < year and is_over(year, today()):
        yield Change(
            Kind.NO_COLUMN,
            Text(f"没有 {year} 年的列表，也没有找到", f"no list for {year} is declared, and none was found"),
        )


def _searched(address: str, visits: Visits) -> Found:
    """What a search from an address comes to; nothing, where the address itself cannot be had."""
    visits.most = visits.requests + MOST_REQUESTS
    try:
        return search(address, visits)
    except (FetchError, TooManyRequests):
        return Found()


def listing_of(one: FoundList) -> Listing:
    """The declaration of a list that was found."""
    return Listing(
        address=one.address, year=one.year, category=one.category, adapter=one.adapter, parameters=one.parameters
    )


def _as_it_answers(listing: Listing, visits: Visits) -> Listing:
    """A list with the family that its page is of, where it holds reports already."""
    try:
        own = list_on(visits.ask_beyond(listing.address or ""), visits)
    except FetchError:
        return listing
    if own is None:
        return listing
    return listing.model_copy(update={"adapter": own.adapter, "parameters": own.parameters})


def _entry(source: Source, where: Listing | Index) -> dict[str, object]:
    """A list or an index as its source's file gives it."""
    fields = where.model_dump(mode="json", exclude_defaults=True)
    if fields.get("adapter") == source.adapter:
        del fields["adapter"]
    address = fields.pop("address")
    return {**{name: value for name, value in fields.items() if value}, "address": address}


def _of_lists(source: Source, listed: Discovery, visits: Visits, settings: Settings, year: int) -> Iterator[Change]:
    """Lists that do not answer any more, with where they are now; and those that answer from elsewhere."""
    broken = {problem.item: problem for problem in listed.problems}
    elsewhere = {item for item in broken if host_of(item) != host_of(source.home or item)}
    dead = {item for item in elsewhere if broken[item].code in _DEAD}
    gone = dead | {item for item, problem in broken.items() if problem.code in _GONE}
    mended = _moved(source, gone, visits, settings) if gone else {}
    for item, problem in broken.items():
        told = Text(f"{item}：{problem.code}，{problem.detail}", f"{item}: {problem.code}: {problem.detail}")
        edit = mended.get(item)
        if edit is None:
            yield Change(Kind.FAILS, told)
            continue
        chinese = f"{told.chinese}；现在位于 {edit.entry['address']}"
        yield Change(Kind.MOVED, Text(chinese, f"{told.english}; it is now at {edit.entry['address']}"), edit)
    if broken and all(problem.code in _DEAD for problem in broken.values()) and not mended:
        hosts = ", ".join(sorted({host for item in broken if (host := host_of(item))}))
        yield Change(
            Kind.RETIRED,
            Text(
                f"{hosts} 整个无法访问：若网站已停用或并入其他网站，以新地址运行 gouji sources add",
                f"nothing answers at {hosts}: if the portal was given up or merged, run gouji sources add with the "
                "address of what took its place",
            ),
        )
    yield from _of_schemes(source, broken, visits, year)
    yield from _of_publication(source, broken, visits, year)


def _moved(source: Source, gone: set[str], visits: Visits, settings: Settings) -> dict[str, Edit]:
    """The changes that put lists and indexes where they are now, by the addresses from which they are gone.

    They are looked for from the home page, and from where that redirects to.
    """
    found = _searched(source.home or min(gone), visits)
    if not found.lists and (target := visits.moved_to):
        host = host_of(target)
        hosts = (host, *source.hosts) if host else source.hosts
        with Visits(source.model_copy(update={"hosts": hosts}), settings, visits.archive) as there:
            found = _searched(target, there)
    known = {address_key(one.address) for one in source.lists if one.address and one.address not in gone}
    lists = [listing_of(one) for one in lists_in_order(found.lists) if address_key(one.address) not in known]
    indexes = [index for column in found.columns for index in column.indexes]
    edits: dict[str, Edit] = {}
    for listing in source.lists:
        now = _counterpart(listing, lists) if listing.address in gone else None
        if now is not None and listing.address:
            kept = now.model_copy(update={"category": listing.category, "every_title": listing.every_title})
            edits[listing.address] = Edit("lists", _entry(source, kept), listing.address, _new_hosts(source, now))
    for index in source.indexes:
        alike = [one for one in indexes if one.category == index.category and one.levels == index.levels]
        if index.address in gone and len(alike) == 1:
            edits[index.address] = Edit(
                "indexes", _entry(source, alike[0]), index.address, _new_hosts(source, alike[0])
            )
    return edits


def _counterpart(listing: Listing, found: list[Listing]) -> Listing | None:
    """The one list that was found for what a list stood for; ``None`` where there is none, or several."""
    same_year = [one for one in found if one.year == listing.year]
    alike = [one for one in same_year if one.category == listing.category] or same_year
    return alike[0] if len(alike) == 1 else None


def _new_hosts(source: Source, where: Listing | Index) -> tuple[str, ...]:
    host = host_of(where.address or "")
    return (host,) if host and host not in source.hosts else ()


def _of_schemes(source: Source, broken: Collection[str], visits: Visits, year: int) -> Iterator[Change]:
    """Lists of late years, and indexes, that their portal now answers under https."""
    late = [one for one in source.lists if one.year in (None, year, year - 1)]
    places: list[tuple[Where, Listing | Index]] = [("lists", one) for one in late]
    places += [("indexes", one) for one in source.indexes]
    for where, one in places:
        address = one.address or ""
        if not address.startswith("http:") or address in broken:
            continue
        try:
            page = visits.ask_beyond(address)
        except FetchError:
            continue
        if page.url.partition("://")[2] == address.partition("://")[2] and page.url != address:
            secure = one.model_copy(update={"address": page.url})
            text = Text(f"{address} 转到 {page.url}", f"{address} redirects to {page.url}")
            yield Change(Kind.MOVED, text, Edit(where, _entry(source, secure), address))


def _of_publication(source: Source, broken: Collection[str], visits: Visits, year: int) -> Iterator[Change]:
    """Lists that are declared for the year of publication, where those of the years about ``year`` show that."""
    looked = [one for one in source.lists if one.year in (year - 1, year, year + 1) and one.address not in broken]
    shown = {_is_published(one, visits) for one in looked}
    if True not in shown or False in shown:
        return
    for listing in (one for one in source.lists if one.year and one.address):
        assert listing.year is not None  # noqa: S101
        earlier = listing.model_copy(update={"year": listing.year - 1})
        text = Text(
            f"{listing.address} 声明为 {listing.year} 年，所列为 {listing.year - 1} 年的年报：该年度是公布年度",
            f"{listing.address} is declared for {listing.year}, and lists reports for {listing.year - 1}: "
            "it is named after the year of publication",
        )
        yield Change(Kind.PUBLICATION_YEAR, text, Edit("lists", _entry(source, earlier), listing.address))
    for index in (one for one in source.indexes if "year" in one.levels and not one.published):
        published = index.model_copy(update={"published": True})
        text = Text(f"{index.address} 的年度是公布年度", f"the years on {index.address} are those of publication")
        yield Change(Kind.PUBLICATION_YEAR, text, Edit("indexes", _entry(source, published), index.address))


def _is_published(listing: Listing, visits: Visits) -> bool | None:
    """Whether a list is named after the year of publication; ``None`` where no title on it tells."""
    try:
        own = list_on(visits.ask_beyond(listing.address or ""), visits)
    except FetchError:
        return None
    dated = own is not None and any(year_in(record.title) for record in own.records)
    return names_publication([replace(own, year=listing.year)]) if own and dated else None


def _of_counts(source: Source, listed: Discovery, year: int) -> Iterator[Change]:
    """Years that list fewer reports than the year before them, or than they must."""
    if listed.problems:
        return
    now, before = (sum(link.year == one for link in listed.links) for one in (year, year - 1))
    if now < before and is_over(year, today()):
        yield Change(
            Kind.FEWER,
            Text(
                f"{year} 年列出 {now} 篇，{year - 1} 年 {before} 篇",
                f"{now} reports are listed for {year}, {before} for {year - 1}",
            ),
        )
    if before < source.floor_for(year - 1):
        yield Change(
            Kind.FEWER,
            Text(
                f"{year - 1} 年列出 {before} 篇，应不少于 {source.floor_for(year - 1)} 篇",
                f"{before} reports are listed for {year - 1}, at least {source.floor_for(year - 1)} were expected",
            ),
        )


def _of_a_report(source: Source, listed: Discovery, visits: Visits, settings: Settings) -> Iterator[Change]:
    """One report, the latest: whether it can still be read."""
    latest = sorted(listed.links, key=lambda link: -link.year)[:1]
    for one in read_reports(latest, source, settings, visits.archive):
        if not one.is_read:
            told = "; ".join(one.problems) or "-"
            yield Change(
                Kind.UNREADABLE, Text(f"{one.url} 未读出表格：{told}", f"no table was read in {one.url}: {told}")
            )


def apply(standing: Standing, folder: Path) -> Path:
    """Write the proposed change of a source into its file, and return the path."""
    path = folder / f"{standing.name}.yaml"
    aside = path.with_suffix(".yaml.new")
    aside.write_text(standing.proposed, encoding="utf-8")
    aside.replace(path)
    return path
