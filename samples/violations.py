"""What the rules find in reports, worked out straight from the figures and claims, rule by rule.

This is the yardstick for the warehouse's findings, so it shares nothing with :mod:`expectations`: no SQL, no
declarations, no blanks (reports whose figures break rules show every figure).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.reports import SampleReport
from warehouse.forms import (
    APPLICANT_PARTS,
    DISPUTE_PARTS,
    FORMS,
    TOTAL_COLUMN,
    Edition,
    Measure,
    TableCode,
    outcome_rows,
)

_P, _A, _D = TableCode.PROACTIVE, TableCode.APPLICATIONS, TableCode.DISPUTES
_AGGREGATED = (_A, _D)
"""The tables in which a government adds its members up."""
_JUMP, _JUMP_FLOOR = 5, 50
_JUMP_OF_MONEY, _FLOOR_OF_MONEY = 100, 10_000
_LIKENESS = 0.9
"""The share of four-letter runs that two texts of nearly the same wording have in common."""
_OTHER_ROWS = ("other_total", "other_not_corrected", "other_fee_unpaid", "other_remaining")

BASIC_RULES = frozenset({"A1", "A2", "A3", "A5", "B1"})
"""The identities and limits within one report."""
ALL_RULES = BASIC_RULES | frozenset(
    (
        "A6",
        "A7",
        "C1",
        "C2",
        "C3",
        "C4",
        "C5",
        "D2",
        "D4",
        "D5",
        "D6",
        "E1",
        "E1b",
        "E2",
        "E3",
        "E4",
        "E6",
        "E9",
        "F1",
        "F2",
        "H2",
        "H3",
    )
)
"""Every rule that this module works out."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One rule that a published report breaks in one place.

    ``row`` is given for a rule along a row, ``column`` for a rule along a column, both for a rule on one cell; for a
    claim ``row`` is its measure. ``left`` and ``right`` are the two sides, ``None`` where a rule has no such side.
    """

    organ: str
    year: int
    rule: str
    severity: str
    table: TableCode | None
    row: str | None
    column: str | None
    left: Decimal | None
    right: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Left less right."""
        return None if self.left is None or self.right is None else self.left - self.right


_BrokenAt = tuple[TableCode | None, str | None, str | None]
_Broken = tuple[str, str, _BrokenAt, Decimal | None, Decimal | None]
"""Rule, severity, place, left, right."""


def violations(report: SampleReport) -> Iterator[Planted]:
    """Yield every place where a report alone breaks A1, A2, A3, A5 or B1."""
    yield from _planted(report, (*_applications(report), *_disputes(report), *_single_figures(report)))


def further_violations(reports: Iterable[SampleReport]) -> Iterator[Planted]:
    """Yield every place where reports, beside each other, break the rules beyond the basic ones."""
    published = {(report.organ.name, report.year): report for report in reports}
    members: defaultdict[tuple[str, int], list[SampleReport]] = defaultdict(list)
    told: defaultdict[str, list[SampleReport]] = defaultdict(list)
    for report in published.values():
        told[report.prose.overview[-1]].append(report)
        if report.organ.parent:
            members[report.organ.parent, report.year].append(report)
    for report in published.values():
        if below := members[report.organ.name, report.year]:
            yield from _planted(report, _aggregate(report, below))
        yield from _planted(report, (*_plausibility(report), *_claims(report), *_date(report)))
        yield from _planted(report, _copied_prose(report, told[report.prose.overview[-1]]))
        if before := published.get((report.organ.name, report.year - 1)):
            yield from _planted(report, _years(before, report))
        if report.organ.parent and (government := published.get((report.organ.parent, report.year))):
            yield from _planted(report, _member(report, government))


def _planted(report: SampleReport, broken: Iterable[_Broken]) -> Iterator[Planted]:
    for rule, severity, place, left, right in broken:
        yield Planted(report.organ.name, report.year, rule, severity, *place, left, right)


class _Table:
    """One table of a report, with sums over rows or columns."""

    def __init__(self, report: SampleReport, table: TableCode):
        self.form = FORMS[table, report.editions[table]]
        self.figures: Mapping[tuple[str, str], Decimal] = {
            cell: report.figures[table, *cell] for cell in self.form.cells
        }

    def sum(self, rows: Iterable[str], columns: Iterable[str]) -> Decimal:
        """Add cells up; cells that the edition lacks count nothing."""
        columns = tuple(columns)
        return sum((self.figures.get((row, column), Decimal(0)) for row in rows for column in columns), Decimal(0))

    def total(self, *rows: str) -> Decimal:
        """Add the totals of some rows up."""
        return self.sum(rows, (TOTAL_COLUMN,))


def _applications(report: SampleReport) -> Iterator[_Broken]:
    table = _Table(report, _A)
    for column in table.form.columns:
        concluded = table.figures["concluded_total", column]
        sides = {
            "A1": (
                table.sum(("received_new", "carried_in"), (column,)),
                table.sum(("concluded_total", "carried_out"), (column,)),
            ),
            "A2": (table.sum(outcome_rows(table.form), (column,)), concluded),
        }
        for rule, (left, right) in sides.items():
            if left != right:
                yield rule, "critical", (_A, None, column), left, right
    for row in table.form.rows:
        parts = table.sum((row,), APPLICANT_PARTS)
        if parts != table.total(row):
            yield "A3", "critical", (_A, row, None), parts, table.total(row)


def _disputes(report: SampleReport) -> Iterator[_Broken]:
    table = _Table(report, _D)
    for row in table.form.rows:
        parts = table.sum((row,), DISPUTE_PARTS)
        if parts != table.total(row):
            yield "B1", "critical", (_D, row, None), parts, table.total(row)


def _single_figures(report: SampleReport) -> Iterator[_Broken]:
    for (table, row, column), value in report.figures.items():
        measure = FORMS[table, report.editions[table]].columns[column].measure
        if value < 0 and measure is Measure.COUNT:
            yield "A5", "critical", (table, row, column), value, None
        elif value % 1 and measure is not Measure.MONEY:
            yield "A5", "warning", (table, row, column), value, None


def _plausibility(report: SampleReport) -> Iterator[_Broken]:
    applications, proactive = _Table(report, _A), _Table(report, _P)
    for row in applications.form.rows:
        parts, total = applications.sum((row,), APPLICANT_PARTS), applications.total(row)
        if (parts == 0) != (total == 0):
            yield "A6", "warning", (_A, row, None), parts, total
    organ = report.organ
    has_no_power = organ.level == "township" or (organ.kind, organ.level) == ("department", "county")
    stated = ("made", "newly_disclosed", "total_disclosed", "issued", "in_force")
    regulations = proactive.sum(("regulations",), stated)
    if has_no_power and regulations:
        yield "D4", "warning", (_P, "regulations", None), regulations, Decimal(0)
    if proactive.form.edition is Edition.E2019:
        yield from _old_proactive(proactive.figures)


def _old_proactive(figures: Mapping[tuple[str, str], Decimal]) -> Iterator[_Broken]:
    for row in ("regulations", "normative_documents"):
        made, newly, total = (figures[row, column] for column in ("made", "newly_disclosed", "total_disclosed"))
        if total < newly:
            yield "C4", "warning", (_P, row, None), total, newly
        if made and not newly + total:
            yield "D5", "warning", (_P, row, None), made, newly + total
    projects, amount = figures["procurement", "projects"], figures["procurement", "amount"]
    if (projects == 0) != (amount == 0):
        yield "D6", "warning", (_P, "procurement", None), projects, amount


def _claims(report: SampleReport) -> Iterator[_Broken]:
    readings = _readings(report)
    for measure, value in dict.fromkeys((claim.measure, claim.value) for claim in report.prose.claims):
        if measure in readings:
            rule, table, true = readings[measure]
            if value not in true:
                nearest = min(true, key=lambda reading: abs(reading - value))
                if report.organ.kind == "government" and value < nearest:
                    continue  # it may speak of its own office alone
                yield rule, "warning", (table, measure, None), value, nearest
        elif measure in ("report_year", "period_year") and value != report.year:
            yield "E9", "warning", (None, None, None), value, Decimal(report.year)


def _readings(report: SampleReport) -> dict[str, tuple[str, TableCode, tuple[Decimal, ...]]]:
    """What a claim of each measure may say: its rule, its table, the figures that would be true."""
    applications, disputes = _Table(report, _A), _Table(report, _D)

    def received(*columns: str) -> tuple[Decimal, ...]:
        return (
            applications.sum(("received_new",), columns),
            applications.sum(("received_new", "carried_in"), columns),
        )

    def group(code: str) -> Decimal:
        return applications.total(*(row.code for row in applications.form.rows_in(code)))

    def settled(*rows: str) -> tuple[Decimal, ...]:
        return disputes.total(*rows), disputes.total(*rows) - disputes.sum(rows, ("pending",))

    outcomes = {
        "granted": (applications.total("granted"),),
        "partially_granted": (applications.total("partially_granted"),),
        "granted_or_partially_granted": (applications.total("granted", "partially_granted"),),
        "denied": (group("denied"),),
        "unavailable": (group("unavailable"),),
        "unavailable_or_not_held": (group("unavailable"), applications.total("unavailable_not_held")),
        "not_processed": (group("not_processed"),),
        "other_total": (applications.total(*_OTHER_ROWS),),
    }
    return {
        "received_new": ("E1", _A, received(TOTAL_COLUMN)),
        "carried_in": ("E1b", _A, (applications.total("carried_in"),)),
        "carried_out": ("E1b", _A, (applications.total("carried_out"),)),
        "concluded_total": ("E2", _A, (applications.total("concluded_total"),)),
        **{measure: ("E3", _A, true) for measure, true in outcomes.items()},
        "natural_person": ("E4", _A, received("natural_person")),
        "organizations": ("E4", _A, received(*(part for part in APPLICANT_PARTS if part != "natural_person"))),
        "review": ("E6", _D, settled("review")),
        "litigation": ("E6", _D, settled("litigation_direct", "litigation_after_review")),
    }


def _copied_prose(report: SampleReport, others: Iterable[SampleReport]) -> Iterator[_Broken]:
    """H3, worked out from whole texts. How alike they are is estimated by the rule, so that no side is given."""
    for other in others:
        is_last_year = (other.organ, other.year) == (report.organ, report.year - 1)
        if (is_last_year or other.year == report.year) and other is not report:
            own, copied = _runs(report), _runs(other)
            if len(own & copied) >= _LIKENESS * len(own | copied):
                yield "H3", "info", (None, None, None), None, None
                return


def _runs(report: SampleReport) -> set[str]:
    prose = report.prose
    text = "".join((*prose.opening, *prose.overview, *prose.shortcomings, *prose.other_matters))
    letters = "".join(filter(str.isalpha, text.replace(report.organ.name, "")))
    return {letters[at : at + 4] for at in range(len(letters) - 3)}


def _date(report: SampleReport) -> Iterator[_Broken]:
    last = date(report.year + 1, 1 if report.organ.kind == "department" else 3, 31)
    if report.published_on > last:
        yield "H2", "info", (None, None, None), None, None


def _years(before: SampleReport, after: SampleReport) -> Iterator[_Broken]:
    for column in FORMS[_A, after.editions[_A]].columns:
        carried_in, carried_out = after.figures[_A, "carried_in", column], before.figures[_A, "carried_out", column]
        if carried_in != carried_out:
            yield "C1", "warning", (_A, None, column), carried_in, carried_out
    if before.editions[_P] is after.editions[_P]:
        old, new = _Table(before, _P).figures, _Table(after, _P).figures
        yield from _new_stock(old, new) if after.editions[_P] is Edition.E2021 else _old_items(old, new)
    for key, value in after.figures.items():
        table, row, column = key
        if before.editions[table] is after.editions[table] and _is_stated_in_total(after, table, column):
            earlier = before.figures[key]
            measure = FORMS[table, after.editions[table]].columns[column].measure
            factor, floor = (_JUMP_OF_MONEY, _FLOOR_OF_MONEY) if measure is Measure.MONEY else (_JUMP, _JUMP_FLOOR)
            is_slip = measure is Measure.COUNT or (value and earlier)
            if is_slip and max(value, earlier) >= floor and (value > factor * earlier or value * factor < earlier):
                yield "C5", "info", (table, row, column), value, earlier
    if before.editions == after.editions and before.figures == after.figures and any(after.figures.values()):
        count = Decimal(len(after.figures))
        yield "A7", "warning", (None, None, None), count, count


_Cells = Mapping[tuple[str, str], Decimal]


def _new_stock(old: _Cells, new: _Cells) -> Iterator[_Broken]:
    for row in ("regulations", "normative_documents"):
        stock = old[row, "in_force"] + new[row, "issued"]
        if new[row, "in_force"] != stock - new[row, "repealed"]:
            yield "C2", "warning", (_P, row, None), new[row, "in_force"], stock - new[row, "repealed"]
        if new[row, "repealed"] > stock:
            yield "D2", "warning", (_P, row, None), new[row, "repealed"], stock


def _old_items(old: _Cells, new: _Cells) -> Iterator[_Broken]:
    for row, column in new:
        if column == "prior_items":
            items = old[row, column] + old[row, "change"]
            if new[row, column] != items:
                yield "C3", "warning", (_P, row, None), new[row, column], items


def _is_stated_in_total(report: SampleReport, table: TableCode, column: str) -> bool:
    """Whether a jump of a figure is worth a look: not a change, and in tables with totals only a total."""
    columns = FORMS[table, report.editions[table]].columns
    return columns[column].measure is not Measure.SIGNED_COUNT and column == (
        TOTAL_COLUMN if TOTAL_COLUMN in columns else column
    )


def _member(member: SampleReport, government: SampleReport) -> Iterator[_Broken]:
    pairs = {
        key: (value, government.figures[key])
        for key, value in member.figures.items()
        if key[0] in _AGGREGATED and value and member.editions[key[0]] is government.editions[key[0]]
    }
    if any(value <= above for value, above in pairs.values()):
        for key, (value, above) in pairs.items():
            if value > above:
                yield "F2", "warning", key, value, above


def _aggregate(government: SampleReport, members: Sequence[SampleReport]) -> Iterator[_Broken]:
    sums = {
        key: (value, sum((member.figures[key] for member in members), Decimal(0)))
        for key, value in government.figures.items()
        if key[0] in _AGGREGATED and all(key in member.figures for member in members)
    }
    stated = {key: sides for key, sides in sums.items() if any(sides)}
    if any(value >= summed for value, summed in stated.values()):
        for key, (value, summed) in stated.items():
            if value != summed:
                yield "F1", "info", key, value, summed
