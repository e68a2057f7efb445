"""Figures as organs report them, made from a seed and consistent within every report and across the years.

The figures of one organ and year hold the rows and columns of every edition at once; a report prints those of the
editions it follows. Money is in yuan.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from random import Random

from samples.city import Organ
from warehouse.forms import (
    APPLICANT_PARTS,
    DISPUTE_PARTS,
    FORMS,
    STATUTORY_EDITIONS,
    STATUTORY_TABLES,
    TOTAL_COLUMN,
    Edition,
    TableCode,
    outcome_rows,
)

_FIRST_YEAR = 2018
"""Histories begin a year before the first report, so that the first report has something carried in."""
_LAST_YEAR = 2024
"""Histories go on to the portal's last year, whichever years are asked for: each is made once."""

FigureKey = tuple[TableCode, str, str]
"""Table, row code, column code."""
Figures = Mapping[FigureKey, int]

_PROACTIVE, _APPLICATIONS, _DISPUTES = TableCode.PROACTIVE, TableCode.APPLICATIONS, TableCode.DISPUTES
_OUTCOMES = outcome_rows(FORMS[_APPLICATIONS, Edition.E2021])
OTHER_ROWS = ("other_not_corrected", "other_fee_unpaid", "other_remaining")
"""The rows of edition 2021 that edition 2019 prints as the one row ``other_total``."""
_DISPUTE_ROWS = tuple(FORMS[_DISPUTES, Edition.E2021].rows)

_APPLICANT_WEIGHTS = (860, 80, 5, 8, 32, 15)
_OUTCOME_WEIGHTS = {
    "granted": 380,
    "partially_granted": 60,
    "denied_state_secret": 3,
    "denied_prohibited_by_law": 8,
    "denied_security_stability": 2,
    "denied_third_party_rights": 14,
    "denied_internal_affairs": 12,
    "denied_process_information": 15,
    "denied_enforcement_file": 12,
    "denied_administrative_inquiry": 14,
    "unavailable_not_held": 270,
    "unavailable_requires_creation": 40,
    "unavailable_still_unclear": 12,
    "not_processed_petition": 70,
    "not_processed_repeated": 25,
    "not_processed_publication": 2,
    "not_processed_excessive": 6,
    "not_processed_reissue": 4,
    "other_not_corrected": 26,
    "other_fee_unpaid": 2,
    "other_remaining": 23,
}
_DISPUTE_WEIGHTS = (58, 14, 16, 12)
_DISPUTE_SHARES = {"review": 0.035, "litigation_direct": 0.012, "litigation_after_review": 0.008}
_CARRIED_OUT_SHARE = 0.06
_MONEY_STEP = 100
"""Amounts are whole hundreds of yuan, so that both 元 and 万元 with four decimals state them exactly."""

_CUMULATED_APPLICANTS = tuple(accumulate(_APPLICANT_WEIGHTS))
_CUMULATED_OUTCOMES = tuple(accumulate(_OUTCOME_WEIGHTS[row] for row in _OUTCOMES))
_CUMULATED_RESULTS = tuple(accumulate(_DISPUTE_WEIGHTS))


_PRINTED = tuple(
    tuple((table, *cell) for table in STATUTORY_TABLES for cell in FORMS[table, edition].cells)
    for edition in STATUTORY_EDITIONS
)
"""What a report of each edition prints."""


def history(organ: Organ, years: Sequence[int], seed: int) -> Iterator[tuple[int, Figures]]:
    """Yield the figures of one organ's own business for each of ``years``, which ascend from 2018 or later.

    The same organ, year and seed always give the same figures, whichever other years are asked for. No year repeats
    the one before in either edition, unless everything is zero.
    """
    wanted = set(years)
    return ((year, figures) for year, figures in _history(organ, max(_LAST_YEAR, *years), seed) if year in wanted)


@lru_cache(maxsize=128)
def _history(organ: Organ, last: int, seed: int) -> tuple[tuple[int, Figures], ...]:
    """All years up to the last; as many organs are remembered as the city has."""
    return tuple(_years(organ, last, seed))


def _years(organ: Organ, last: int, seed: int) -> Iterator[tuple[int, Figures]]:
    random = Random(f"{seed}/{organ.name}")
    stock = _Stock(organ, random)
    carried: dict[str, int] = {}
    before: dict[FigureKey, int] = {}
    for year in range(_FIRST_YEAR, last + 1):
        expected = organ.activity * (1 + 0.08 * (year - _FIRST_YEAR)) * random.uniform(0.8, 1.25)
        figures = _applications(random, expected, carried)
        carried = {part: figures[_APPLICATIONS, "carried_out", part] for part in APPLICANT_PARTS}
        figures |= _disputes(random, figures[_APPLICATIONS, "received_new", TOTAL_COLUMN])
        figures |= stock.next_year()
        if _repeats(before, figures):
            figures |= stock.one_more_document(figures)
        before = figures
        yield year, figures


def _repeats(before: Figures, after: Figures) -> bool:
    """Whether a report of some edition would be that of the year before, and not all zero."""
    return bool(before) and any(
        all(before[key] == after[key] for key in keys) and any(after[key] for key in keys) for keys in _PRINTED
    )


def add_up(members: Iterable[Figures]) -> dict[FigureKey, int]:
    """Add the figures of several organs up, cell by cell, as a government's report on its whole region does."""
    total: Counter[FigureKey] = Counter()
    for figures in members:
        total.update(figures)
    return dict(total)


def _around(random: Random, mean: float) -> int:
    """A whole number at or near ``mean``, never negative, usually zero for small means."""
    spread = random.expovariate(1.0) if mean < 5 else random.gauss(1.0, 0.12)
    return max(0, int(mean * spread))


def _spread(random: Random, count: int, places: Sequence[str], cumulated: Sequence[int]) -> Counter[str]:
    return Counter(random.choices(places, cum_weights=cumulated, k=count)) if count else Counter()


def _share(random: Random, count: int, probability: float) -> int:
    """How many of ``count`` cases meet a probability."""
    return sum(random.random() < probability for _ in range(count))


def _applications(random: Random, expected: float, carried: Mapping[str, int]) -> dict[FigureKey, int]:
    received = _spread(random, _around(random, expected), APPLICANT_PARTS, _CUMULATED_APPLICANTS)
    columns: dict[str, dict[str, int]] = {}
    for part in APPLICANT_PARTS:
        carried_in = carried.get(part, 0)
        pending = _share(random, received[part], _CARRIED_OUT_SHARE)
        concluded = received[part] + carried_in - pending
        outcomes = _spread(random, concluded, _OUTCOMES, _CUMULATED_OUTCOMES)
        columns[part] = {
            "received_new": received[part],
            "carried_in": carried_in,
            **{row: outcomes[row] for row in _OUTCOMES},
            "other_total": sum(outcomes[row] for row in OTHER_ROWS),
            "concluded_total": concluded,
            "carried_out": pending,
        }
    rows = columns[APPLICANT_PARTS[0]]
    columns[TOTAL_COLUMN] = {row: sum(columns[part][row] for part in APPLICANT_PARTS) for row in rows}
    return {(_APPLICATIONS, row, column): columns[column][row] for row in rows for column in columns}


def _disputes(random: Random, applications: int) -> dict[FigureKey, int]:
    figures: dict[FigureKey, int] = {}
    for row in _DISPUTE_ROWS:
        cases = _share(random, applications, _DISPUTE_SHARES[row])
        results = _spread(random, cases, DISPUTE_PARTS, _CUMULATED_RESULTS)
        for column in DISPUTE_PARTS:
            figures[_DISPUTES, row, column] = results[column]
        figures[_DISPUTES, row, TOTAL_COLUMN] = cases
    return figures


class _Stock:
    """What an organ carries from year to year in section two: documents in force, items on its lists."""

    def __init__(self, organ: Organ, random: Random):
        self._random = random
        self._busy = organ.activity
        self._is_department = organ.kind == "department"
        makes_regulations = organ.kind == "government" and organ.level == "city"
        self._pace = {
            "regulations": 1.6 if makes_regulations else 0.0,
            "normative_documents": min(self._busy / 10, 12) if organ.level != "township" else 0.3,
        }
        self._in_force = {row: _around(random, pace * 12) for row, pace in self._pace.items()}
        self._disclosed = dict(self._in_force)
        self._items = {
            row: _around(random, size) if self._is_department else 0
            for row, size in {
                "licensing": self._busy / 2,
                "other_services": self._busy,
                "penalties": self._busy * 2,
                "coercion": self._busy / 6,
                "fees": self._busy / 30,
            }.items()
        }

    def next_year(self) -> dict[FigureKey, int]:
        """One year's section two in both editions; the stock goes on to the next."""
        figures = self._documents()
        for row, items in self._items.items():
            change = self._random.randint(-items // 6, items // 5) if self._random.random() < 0.5 else 0
            figures[_PROACTIVE, row, "prior_items"] = items
            figures[_PROACTIVE, row, "change"] = change
            if row != "fees":
                figures[_PROACTIVE, row, "decisions"] = _around(self._random, items * 9.0)
            self._items[row] = items + change
        projects = _around(self._random, min(self._busy / 4 + 0.8, 30))
        figures[_PROACTIVE, "procurement", "projects"] = projects
        figures[_PROACTIVE, "procurement", "amount"] = sum(self._amount(700) for _ in range(projects))
        figures[_PROACTIVE, "fees", "amount"] = self._amount(9000) * self._items["fees"]
        return figures

    def one_more_document(self, figures: Figures) -> dict[FigureKey, int]:
        """The same year with one more normative document made, disclosed and in force."""
        row = "normative_documents"
        self._in_force[row] += 1
        self._disclosed[row] += 1
        columns = ("made", "newly_disclosed", "total_disclosed", "issued", "in_force")
        return {(_PROACTIVE, row, column): figures[_PROACTIVE, row, column] + 1 for column in columns}

    def _documents(self) -> dict[FigureKey, int]:
        figures: dict[FigureKey, int] = {}
        for row, pace in self._pace.items():
            made = _around(self._random, pace)
            repealed = min(self._in_force[row] + made, _around(self._random, pace * 0.7))
            self._in_force[row] += made - repealed
            self._disclosed[row] += made
            figures[_PROACTIVE, row, "made"] = made
            figures[_PROACTIVE, row, "newly_disclosed"] = made
            figures[_PROACTIVE, row, "total_disclosed"] = self._disclosed[row]
            figures[_PROACTIVE, row, "issued"] = made
            figures[_PROACTIVE, row, "repealed"] = repealed
            figures[_PROACTIVE, row, "in_force"] = self._in_force[row]
        return figures

    def _amount(self, mean_steps: int) -> int:
        return (1 + int(self._random.expovariate(1 / mean_steps))) * _MONEY_STEP
