"""Going through the lists of a source for the reports of some years."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tasks.chinese import year_in
from tasks.discover.indexes import find_lists
from tasks.discover.paging import Walk
from tasks.discover.reports import ListedReports
from tasks.discover.titles import is_annual_report, names_no_organ
from tasks.fetch.problems import FetchError
from tasks.pages import Link
from tasks.problems import Problem, Stage
from tasks.sources.adapter import Ask, ListError, Record, Start
from tasks.sources.adapters import adapter_for
from tasks.sources.declaration import Index, Listing, Source
from tasks.web.addresses import clean_address, host_of

_MOST_LEFT_OUT = 100


@dataclass(frozen=True, slots=True)
class ListRead:
    """One list as it was read: what it holds, and how much of that is annual reports of the wanted years.

    ``left_out`` are titles that were not taken for those of annual reports, the first few of them.
    """

    item: str
    category: str | None
    year: int | None
    records: int
    links: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discovery:
    """What the lists of a source gave: the links in their order, each report once, and what went wrong.

    ``asked`` names every list and every listed report that was looked at, so that what was a problem before and
    is none now can be told from what was not looked at.
    """

    links: tuple[Link, ...]
    problems: tuple[Problem, ...]
    asked: tuple[str, ...]
    lists: tuple[ListRead, ...]


def discover(source: Source, years: Collection[int], ask: Ask) -> Discovery:
    """Find the annual reports of ``years`` in the lists of ``source``.

    A list that stands for a year is read for that year and for the year before, because some portals
    name their lists after the year of publication. A list that fails is a problem; the others go on.
    """
    links = ListedReports()
    asked: list[str] = []
    lists: list[ListRead] = []
    problems: list[Problem] = []
    for listing in _all_lists(source, ask, asked, problems):
        if not _concerns(listing, years):
            continue
        walk = _walk(source, listing, years)
        asked.append(walk.item)
        known = len(links)
        records = list(walk.records(ask))
        reports = [one for one in records if is_report(one) or (listing.every_title and host_of(one.url))]
        for record in reports:
            asked.append(record.url)
            outcome = _as_link(source, listing, record)
            if isinstance(outcome, Link):
                outcome = links.add(outcome) if outcome.year in years else None
            if outcome:
                problems.append(outcome)
        taken = {record.url for record in reports}
        left_out = tuple(record.title for record in records if record.title and record.url not in taken)
        added, entries = len(links) - known, {record.url for record in records}
        lists.append(
            ListRead(walk.item, listing.category, listing.year, len(entries), added, left_out[:_MOST_LEFT_OUT])
        )
        if walk.problem:
            problems.append(walk.problem)
    return Discovery(tuple(links), tuple(dict.fromkeys(problems)), tuple(dict.fromkeys(asked)), tuple(lists))


def _all_lists(source: Source, ask: Ask, asked: list[str], problems: list[Problem]) -> Iterator[Listing]:
    """The lists that the source file names, then those that its indexes lead to."""
    yield from source.lists
    for index in source.indexes:
        asked.append(index.address)
        try:
            yield from find_lists(source, index, ask)
        except FetchError as error:
            problems.append(_index_problem(index, error.code, error.detail, error.attempts))
        except ListError as error:
            problems.append(_index_problem(index, "list_unreadable", str(error)))


def _index_problem(index: Index, code: str, detail: str, attempts: int = 1) -> Problem:
    known = f"lists that the source file does not name may be missing: {detail}"
    return Problem(Stage.DISCOVER, index.address, code, known, attempts)


def _concerns(listing: Listing, years: Collection[int]) -> bool:
    return listing.year is None or listing.year in years or listing.year - 1 in years


def _walk(source: Source, listing: Listing, years: Collection[int]) -> Walk:
    start = Start(listing.address, tuple(sorted(years)), source.folder)
    item = listing.address or f"{source.name}: {listing.category or listing.adapter or source.adapter}"
    return Walk(adapter_for(source, listing), start, listing.maximum_pages, item)


def is_report(record: Record) -> bool:
    """Whether a link's title is that of a report, and the link not merely one to a list of reports."""
    if not is_annual_report(record.title):
        return False
    undated = record.listed_on is None and year_in(record.title) is None
    leads_to_list = undated or record.url.partition("?")[0].endswith("/")
    return not (leads_to_list and names_no_organ(record.title))


def _as_link(source: Source, listing: Listing, record: Record) -> Link | Problem | None:
    """The link that an annual report's record stands for, or the problem with it."""
    if host_of(record.url) is None:
        detail = f"{record.title!r} leads to {record.url[:200]!r}, which is no address that can be asked for"
        return Problem(Stage.DISCOVER, record.url[:500], "bad_address", detail)
    year = _report_year(listing, record)
    if year is None:
        return Problem(
            Stage.DISCOVER, record.url, "year_unknown", f"no year for {record.title!r}; give the list a year"
        )
    if not source.allows(record.url):
        detail = f"{record.title!r} is on a host that {source.name} does not declare"
        return Problem(Stage.DISCOVER, record.url, "host_not_allowed", detail)
    return Link(source.name, clean_address(record.url), record.title, year, record.listed_on, listing.category)


def _report_year(listing: Listing, record: Record) -> int | None:
    """From the title, else the record, else the list, else the year before it was listed."""
    listed_for = record.listed_on.year - 1 if record.listed_on else None
    return year_in(record.title) or record.year or listing.year or listed_for
