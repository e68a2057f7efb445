"""The planted inconsistencies: which cells of which published reports were falsified, and every rule that this breaks.

A *slip* is what a person did wrong when filling in the form. It is declared here and nowhere else; what it breaks
follows from the figures (:mod:`samples.violations`), so the list of :func:`planted` is complete by construction.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from samples.city import organs
from samples.figures import FigureKey
from samples.prose import copied
from samples.reports import YEARS, SampleReport, sample_reports
from samples.violations import BASIC_RULES, Planted, further_violations, violations
from warehouse.forms import TableCode


def transposed(value: Decimal) -> Decimal:
    """The last two digits that differ, swapped: 128 → 182.

    >>> transposed(Decimal(1220))
    Decimal('1202')
    """
    digits = list(str(value))
    for right in range(len(digits) - 1, 0, -1):
        if digits[right] != digits[right - 1] and right - 1 + int(digits[right]) > 0:
            digits[right - 1], digits[right] = digits[right], digits[right - 1]
            return Decimal("".join(digits))
    raise ValueError(f"{value} has no two digits to swap")


def digit_lost(value: Decimal) -> Decimal:
    """The last digit forgotten: 35 → 3."""
    return value // 10


def digit_repeated(value: Decimal) -> Decimal:
    """The last digit typed twice: 3 → 33."""
    return value * 10 + value % 10


def one_more(value: Decimal) -> Decimal:
    """One case counted twice."""
    return value + 1


def one_less(value: Decimal) -> Decimal:
    """One case forgotten."""
    return value - 1


def negated(value: Decimal) -> Decimal:
    """A minus sign before a count."""
    return -value


def with_fraction(value: Decimal) -> Decimal:
    """A count that is not whole."""
    return value + Decimal("0.5")


def emptied(value: Decimal) -> Decimal:
    """The figure left at zero."""
    return value * 0


@dataclass(frozen=True, slots=True)
class Slip:
    """One falsified cell of one report; with ``into``, the two cells (rows or columns) whose figures were exchanged."""

    organ: str
    year: int
    table: TableCode
    row: str
    column: str
    how: Callable[[Decimal], Decimal] | None = None
    into: tuple[str, str] | None = None

    def apply(self, figures: Mapping[FigureKey, Decimal]) -> Mapping[FigureKey, Decimal]:
        """Return the figures as published.

        Raises:
            ValueError: the slip would change nothing.
        """
        cell = (self.table, self.row, self.column)
        changed = dict(figures)
        if self.how is not None:
            changed[cell] = self.how(figures[cell])
        if self.into is not None:
            other = (self.table, *self.into)
            changed[cell], changed[other] = figures[other], figures[cell]
        if changed == figures:
            raise ValueError(f"{self} changes nothing")
        return MappingProxyType(changed)


_P, _A, _D = TableCode.PROACTIVE, TableCode.APPLICATIONS, TableCode.DISPUTES

SLIPS: tuple[Slip, ...] = (
    Slip("云泽市自然资源和规划局", 2019, _A, "granted", "natural_person", transposed),
    Slip("云泽市公安局", 2019, _A, "concluded_total", "total", one_more),
    Slip("云泽市望湖区人民政府", 2019, _D, "review", "total", one_less),
    Slip("云泽市市场监督管理局", 2019, _P, "penalties", "decisions", negated),
    Slip("云泽市清源县人民政府", 2019, _A, "received_new", "total", digit_repeated),
    Slip("云泽市住房和城乡建设局", 2020, _A, "received_new", "natural_person", digit_lost),
    Slip("云泽市人民政府", 2020, _D, "litigation_direct", "upheld", one_more),
    Slip("云泽市人力资源和社会保障局", 2020, _A, "concluded_total", "natural_person", emptied),
    Slip("云泽市教育局", 2020, _P, "normative_documents", "total_disclosed", with_fraction),
    Slip("安陵市人民政府", 2020, _A, "unavailable_not_held", "total", transposed),
    Slip("云泽市综合行政执法局", 2021, _A, "carried_out", "total", one_more),
    Slip("云泽市临江区人民政府", 2021, _A, "granted", "natural_person", into=("granted", "commercial_enterprise")),
    Slip("云泽市人民政府", 2021, _D, "review", "total", transposed),
    Slip("云泽市生态环境局", 2021, _P, "licensing", "decisions", with_fraction),
    Slip("云泽市人民政府办公室", 2022, _A, "concluded_total", "total", transposed),
    Slip("云泽市永兴县人民政府", 2022, _A, "partially_granted", "natural_person", one_more),
    Slip("云泽市自然资源和规划局", 2022, _D, "litigation_direct", "total", one_more),
    Slip("兰川市人民政府", 2022, _A, "carried_in", "natural_person", negated),
    Slip("云泽市财政局", 2023, _A, "received_new", "total", one_less),
    Slip(
        "云泽市松岩区人民政府",
        2023,
        _A,
        "unavailable_not_held",
        "total",
        into=("unavailable_requires_creation", "total"),
    ),
    Slip("云泽市卫生健康委员会", 2023, _D, "review", "pending", one_more),
    Slip("云泽市公安局", 2023, _A, "not_processed_petition", "natural_person", negated),
    Slip("云泽市人民政府", 2024, _A, "concluded_total", "total", transposed),
    Slip("云泽市发展和改革委员会", 2024, _A, "granted", "natural_person", emptied),
    Slip(
        "云泽市望湖区自然资源局", 2024, _A, "concluded_total", "natural_person", into=("carried_out", "natural_person")
    ),
    Slip("云泽市清源县人民政府", 2024, _D, "litigation_after_review", "corrected", one_more),
    Slip("云泽市农业农村局", 2024, _P, "normative_documents", "in_force", with_fraction),
    Slip("云泽市自然资源和规划局", 2020, _P, "normative_documents", "total_disclosed", emptied),
    Slip("云泽市交通运输局", 2020, _P, "licensing", "prior_items", one_more),
    Slip("云泽市卫生健康委员会", 2020, _P, "procurement", "amount", emptied),
    Slip("云泽市体育局", 2021, _A, "denied_state_secret", "total", one_more),
    Slip("云泽市清源县清溪镇人民政府", 2022, _P, "regulations", "issued", one_more),
    Slip("云泽市清源县住房和城乡建设局", 2023, _P, "normative_documents", "repealed", digit_repeated),
)
"""Every slip in the portal's reports."""

COPIES: Mapping[tuple[str, int], tuple[str, int]] = MappingProxyType(
    {
        ("云泽市统计局", 2023): ("云泽市统计局", 2022),
        ("云泽市民族宗教事务局", 2023): ("云泽市工业和信息化局", 2023),
        ("云泽市临江区审计局", 2024): ("云泽市临江区审计局", 2023),
    }
)
"""Reports whose prose was copied, but for the figures: from which report."""

SLIPPED_ORGANS = frozenset(slip.organ for slip in SLIPS)
"""The organs with a slip in some year."""


def published_reports(years: Sequence[int] = YEARS) -> Iterator[SampleReport]:
    """Yield the portal's reports of some of its years as published, slips included."""
    return (report for report in _published() if report.year in years)


@cache
def _published() -> tuple[SampleReport, ...]:
    return tuple(_falsified(sample_reports()))


def _falsified(reports: Iterable[SampleReport]) -> Iterator[SampleReport]:
    slips: dict[tuple[str, int], list[Slip]] = {}
    for slip in SLIPS:
        slips.setdefault((slip.organ, slip.year), []).append(slip)
    for report in reports:
        figures = report.figures
        if source := COPIES.get((report.organ.name, report.year)):
            report = replace(report, prose=copied(report.prose, _consistent(*source).prose, report.year))
        for slip in slips.get((report.organ.name, report.year), ()):
            figures = slip.apply(figures)
        yield report if figures is report.figures else replace(report, figures=figures, slipped=True)


def _consistent(organ: str, year: int) -> SampleReport:
    """One organ's report before anybody falsified it."""
    (found,) = (each for each in organs() if each.name == organ)
    return next(sample_reports(years=[year], organs=[found]))


def planted(year: int | None = None, rules: Container[str] = BASIC_RULES) -> tuple[Planted, ...]:
    """Return everything that the portal's reports break of some rules, in one year or in all.

    Without ``rules`` these are the identities and limits within one report, which only slips break; of the further
    rules some are broken by a late date or an unlucky year alone.
    """
    return tuple(found for found in _all_planted() if year in (None, found.year) and found.rule in rules)


@cache
def _all_planted() -> tuple[Planted, ...]:
    reports = tuple(published_reports())
    within = (found for report in reports for found in violations(report))
    return (*within, *further_violations(reports))
