"""The proof of a source before it is written: a few list pages walked, and a report of each of three years read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.archive.store import Archive
from tasks.audit.check import check
from tasks.calendar import FIRST_YEAR, season_year, today
from tasks.discover.discovery import Discovery, discover
from tasks.extract.report import Report
from tasks.fetch.batch import fetch
from tasks.load.reading import read_page
from tasks.pages import Link
from tasks.problems import Problem
from tasks.runs.stopping import Stop
from tasks.settings import Settings
from tasks.sources.adapter import Ask
from tasks.sources.declaration import Listing, Source

_LISTS_WALKED = 3
_PAGES_WALKED = 3
_REPORTS_READ = 3
_YEARS_LISTED = 3
"""The latest years that are looked for where a family has no lists and addresses are made up."""


@dataclass(frozen=True, slots=True)
class ReportRead:
    """One report that was read for the proof: what it says it is, how much was read, and how many rules it breaks."""

    url: str
    organ: str | None
    year: int | None
    listed_year: int
    tables: tuple[str, ...]
    findings: int
    problems: tuple[str, ...]

    @property
    def is_read(self) -> bool:
        """Whether it turned out to be a report with figures."""
        return bool(self.tables)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proposed source gave.

    ``counts`` are the reports listed by year and category on the pages walked, ``whole_years`` those years of which
    every list was walked to its end. ``problems`` are those of the lists, apart from lists that go on.
    """

    discovery: Discovery
    counts: dict[tuple[int, str | None], int]
    whole_years: frozenset[int]
    read: tuple[ReportRead, ...]
    problems: tuple[Problem, ...]

    @property
    def says_published(self) -> bool:
        """Whether the reports read, of several years, are each for the year before the one they are listed for."""
        behind = [one.listed_year - one.year for one in self.read if one.is_read and one.year]
        return len(behind) > 1 and set(behind) == {1}

    @property
    def left_out(self) -> tuple[str, ...]:
        """Titles on the lists that were not taken for those of annual reports."""
        return tuple(dict.fromkeys(title for one in self.discovery.lists for title in one.left_out))


def prove(source: Source, ask: Ask, settings: Settings, archive: Archive, stop: Stop | None = None) -> Proof:
    """Walk a few pages of a source's lists and read a report of each of three years, as politely as any run.

    Where one cannot be read, another one of its year is tried.
    """
    walked = walk(source, ask)
    links = walked.discovery.links
    read = with_findings(_of_different_years(links), source, settings, archive, stop)
    unread = {one.listed_year for one in read if not one.is_read}
    tried = {one.url for one in read}
    if again := _of_different_years([link for link in links if link.year in unread and link.url not in tried]):
        read = (*read, *with_findings(again, source, settings, archive, stop))
    return replace(walked, read=read)


def walk(source: Source, ask: Ask) -> Proof:
    """Walk a few pages of a source's lists; no report is read."""
    walked = _chosen(source.lists)
    shortened = [one.model_copy(update={"maximum_pages": _PAGES_WALKED}) for one in walked]
    last = season_year(today())
    made_up = any((one.adapter or source.adapter) == "hanweb_annual" for one in walked)
    years = range(last - _YEARS_LISTED + 1 if made_up else FIRST_YEAR, last + 2)
    found = discover(source.model_copy(update={"lists": tuple(shortened), "indexes": ()}), years, ask)
    goes_on = {problem.item for problem in found.problems if problem.code == "list_too_long"}
    problems = tuple(problem for problem in found.problems if problem.code != "list_too_long")
    return Proof(
        discovery=found,
        counts=dict(Counter((link.year, link.category) for link in found.links)),
        whole_years=frozenset() if made_up else _whole_years(source, shortened, found, goes_on),
        read=(),
        problems=problems,
    )


def _chosen(lists: Sequence[Listing]) -> list[Listing]:
    """The lists to walk: of different years, families and categories, where there are several."""
    chosen: list[Listing] = []
    rest = list(lists)
    while rest and len(chosen) < _LISTS_WALKED:
        best = max(rest, key=lambda one: _novelty(one, chosen))
        chosen.append(best)
        rest.remove(best)
    return chosen


def _novelty(one: Listing, chosen: Sequence[Listing]) -> int:
    """How much of a list is not among those chosen: its year counts most, then its family, then its category."""
    year, family, category = (
        getattr(one, name) not in {getattr(known, name) for known in chosen} for name in ("year", "adapter", "category")
    )
    return 4 * year + 2 * family + category


def _whole_years(source: Source, walked: Sequence[Listing], found: Discovery, goes_on: set[str]) -> frozenset[int]:
    """The years of which every list was walked to its end."""
    ended = {one.address for one in walked} - goes_on
    broken = {problem.item for problem in found.problems}
    ended -= broken
    if all(one.address in ended for one in source.lists):
        return frozenset(link.year for link in found.links)
    open_ended = any(one.year is None and one.address not in ended for one in source.lists)
    years = {one.year for one in source.lists if one.year}
    whole = {year for year in years if all(one.address in ended for one in source.lists if one.year == year)}
    return frozenset() if open_ended else frozenset(whole)


def _of_different_years(links: Sequence[Link]) -> list[Link]:
    by_year: dict[int, Link] = {}
    for link in links:
        by_year.setdefault(link.year, link)
    return [by_year[year] for year in sorted(by_year, reverse=True)[:_REPORTS_READ]] or list(links[:_REPORTS_READ])


def with_findings(
    links: Sequence[Link], source: Source, settings: Settings, archive: Archive, stop: Stop | None = None
) -> tuple[ReportRead, ...]:
    """Fetch and read some reports, and hold each against the rules."""
    read = _read(links, source, settings, archive, stop)
    verdicts = check([replace(report, others=()) for _, report in read])
    return tuple(replace(one, findings=len(each.findings)) for (one, _), each in zip(read, verdicts, strict=True))


def read_reports(links: Sequence[Link], source: Source, settings: Settings, archive: Archive) -> tuple[ReportRead, ...]:
    """Fetch and read some reports; the rules are not asked."""
    return tuple(one for one, _ in _read(links, source, settings, archive))


def _read(
    links: Sequence[Link], source: Source, settings: Settings, archive: Archive, stop: Stop | None = None
) -> list[tuple[ReportRead, Report]]:
    fetched = fetch(links, source=source, archive=archive, settings=settings, stop=stop)
    reports = {page.link.url: read_page(page, archive)[0] for page in fetched.pages}
    read = ((link, reports.get(link.url, Report())) for link in links)
    return [(_of_report(link, report, fetched.problems), report) for link, report in read]


def _of_report(link: Link, report: Report, problems: Sequence[Problem]) -> ReportRead:
    of_page = [problem for problem in problems if problem.item == link.url]
    return ReportRead(
        url=link.url,
        organ=report.organ,
        year=report.year,
        listed_year=link.year,
        tables=tuple(f"{table.value} {edition.value}" for table, edition in report.tables.items())
        or (("statistics",) if report.statistics else ()),
        findings=0,
        problems=tuple(f"{problem.code}: {problem.detail}" for problem in (*of_page, *report.problems)),
    )
