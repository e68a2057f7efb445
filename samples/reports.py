"""Sample reports: everything that an organ says in one year's report, before it is dressed as a page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from types import MappingProxyType

from samples.city import Organ
from samples.city import organs as city_organs
from samples.figures import FigureKey, Figures, add_up, history
from samples.prose import Prose, prose_of
from warehouse.forms import FORMS, STATUTORY_TABLES, Edition, TableCode

SEED = 2019
"""The seed of the portal's reports."""
YEARS = range(2019, 2025)
"""The report years of the portal."""
_MIXED_EDITIONS_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One organ's report for one year.

    ``figures`` holds what is printed, for every cell of the editions in ``editions``; money is in yuan.
    ``slipped`` tells that some figure was falsified by a planted slip.
    """

    organ: Organ
    year: int
    title: str
    published_on: date
    publisher: str
    editions: Mapping[TableCode, Edition]
    figures: Mapping[FigureKey, Decimal]
    prose: Prose
    slipped: bool = False

    @property
    def identity(self) -> str:
        """A name of this report that is the same in every run."""
        return f"{self.organ.name}-{self.year}"


def sample_reports(
    seed: int = SEED, years: Sequence[int] = YEARS, organs: Iterable[Organ] | None = None
) -> Iterator[SampleReport]:
    """Yield consistent reports, organ by organ and year by year.

    ``organs`` defaults to those of 云泽. The report of a government that is a member's ``parent`` adds up the figures
    of all its members, at every depth, and in section two its own: the applications to it are its office's.
    """
    chosen = city_organs() if organs is None else tuple(organs)
    members: defaultdict[str, list[Organ]] = defaultdict(list)
    for organ in chosen:
        if organ.parent is not None:
            members[organ.parent].append(organ)
    wanted = sorted(years)
    for organ in chosen:
        for year, figures in _whole_history(organ, members, wanted, seed).items():
            yield _report(organ, year, figures, seed)


def _whole_history(
    organ: Organ, members: Mapping[str, list[Organ]], years: Sequence[int], seed: int
) -> dict[int, Figures]:
    own: dict[int, Figures] = dict(history(organ, years, seed))
    if organ.name not in members:
        return own
    parts = [_whole_history(member, members, years, seed) for member in members[organ.name]]
    return {year: add_up((_of_section_two(own[year]), *(part[year] for part in parts))) for year in own}


def _of_section_two(figures: Figures) -> Figures:
    return {key: value for key, value in figures.items() if key[0] is TableCode.PROACTIVE}


def _report(organ: Organ, year: int, figures: Figures, seed: int) -> SampleReport:
    random = Random(f"{seed}/{organ.name}/{year}")
    editions = _editions(year, random)
    return SampleReport(
        organ=organ,
        year=year,
        title=_title(organ, year, seed),
        published_on=_published_on(organ, year, random),
        publisher=organ.short_name,
        editions=editions,
        figures=MappingProxyType(
            {
                (table, *cell): Decimal(figures[table, *cell])
                for table, edition in editions.items()
                for cell in FORMS[table, edition].cells
            }
        ),
        prose=prose_of(organ, year, figures, random),
    )


def _editions(year: int, random: Random) -> Mapping[TableCode, Edition]:
    """The edition of the year; now and then section two or section three still in that of 2019."""
    usual = Edition.E2019 if year < 2021 else Edition.E2021
    editions = dict.fromkeys(STATUTORY_TABLES, usual)
    if random.random() < _MIXED_EDITIONS_SHARE:
        if random.random() < 0.5:
            editions[TableCode.PROACTIVE] = Edition.E2019
        else:
            editions[TableCode.APPLICATIONS] = editions[TableCode.DISPUTES] = Edition.E2019
    return MappingProxyType(editions)


def _title(organ: Organ, year: int, seed: int) -> str:
    year_in_characters = str(year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    patterns = (
        f"{organ.name}{year}年政府信息公开工作年度报告",
        f"{organ.name}{year}年度政府信息公开工作年度报告",
        f"{year}年{organ.name}政府信息公开工作年度报告",
        f"{organ.name}{year_in_characters}年政府信息公开工作年度报告",
    )
    return Random(f"{seed}/{organ.name}/title").choices(patterns, weights=(50, 25, 20, 5))[0]


def _published_on(organ: Organ, year: int, random: Random) -> date:
    """Departments in January, counties to 20 February, the city in March, a few stragglers much later."""
    first, last = {
        ("government", "city"): (date(year + 1, 3, 10), date(year + 1, 3, 31)),
        ("government", "county"): (date(year + 1, 1, 20), date(year + 1, 2, 20)),
    }.get((organ.kind, organ.level), (date(year + 1, 1, 4), date(year + 1, 1, 31)))
    if random.random() < 0.02:
        last = date(year + 1, 9, 10)
    return first + timedelta(days=random.randint(0, (last - first).days))
