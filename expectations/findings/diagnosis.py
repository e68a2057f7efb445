"""Where the error likely sits: the fewest figures whose change would mend every broken sum of a report.

Every figure of section three stands in a row sum and in up to two column identities, so that one wrong figure breaks
all of them, and only it, by the same amount. The search solves the sums as equations: it names figures only if exactly
one smallest set of changes (of one figure, then of two) satisfies all equations with figures that are possible at all,
or if exactly one of several is a slip as people make them.

Where every figure stands in one sum only, as in section four, each of them could be the wrong one. There a figure is
named only if its digits tell, or if totals were evidently not filled in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from expectations.checks import Identity, Relation
from expectations.model import Rule, Side, Verdict
from expectations.naming import cell_place, figure
from expectations.wording import Assessment
from warehouse.forms import EVERY_FORM, TOTAL_COLUMN, Edition, TableCode
from warehouse.store import Connection
from warehouse.text import Text

Place = tuple[str, str]
"""Row and column code of a figure in one table."""

_MOST_CHANGES = 2
_FIRST_OF_TWO_DIGITS = 10


@dataclass(frozen=True)
class Correction:
    """One figure that was likely mistyped: what was ``published``, the ``value`` that would mend the sums, and the
    kind of ``slip`` where one fits."""

    table: TableCode
    edition: Edition
    row: str
    column: str
    published: Decimal
    value: Decimal
    slip: str | None

    def sentence(self) -> Text:
        """Say it in both languages."""
        place = cell_place(EVERY_FORM[self.table, self.edition], self.row, self.column)
        kind = SLIPS[self.slip] if self.slip else None
        chinese = f"（{kind.chinese}）" if kind else ""
        english = f" ({kind.english})" if kind else ""
        return Text(
            f"疑为{place.chinese}误填：填报 {figure(self.published)}，应为 {figure(self.value)}{chinese}。",
            f"The error likely sits in {place.english}: {figure(self.published)} should be "
            f"{figure(self.value)}{english}.",
        )


@dataclass(frozen=True)
class Diagnosis:
    """The findings that one error explains share a ``group_id``; no ``corrections`` mean that its place is unknown."""

    group_id: str | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Equation:
    """One sum of a table: the weight of every figure in it, and by how much it does not come out."""

    weights: Mapping[Place, int]
    residual: Decimal
    finding_id: str | None


Changes = frozenset[tuple[Place, Decimal]]
"""Figures and what would have to be added to each."""


def diagnose(
    connection: Connection, assessments: Mapping[str, Assessment], rules: Iterable[Rule]
) -> dict[str, Diagnosis]:
    """Return a diagnosis for every finding that says a sum of one report's table does not come out."""
    identities = [rule for rule in rules if _is_sum(rule)]
    tables: defaultdict[tuple[str, TableCode, Edition], dict[str, Assessment]] = defaultdict(dict)
    for finding_id, assessment in assessments.items():
        if assessment.rule in identities and assessment.table:
            tables[assessment.report_id, assessment.table, assessment.edition][finding_id] = assessment
    broken = {
        key: found for key, found in tables.items() if any(each.verdict is Verdict.FAIL for each in found.values())
    }
    figures = _figures(connection, {report_id for report_id, _, _ in broken})
    diagnoses: dict[str, Diagnosis] = {}
    for (report_id, table, edition), found in broken.items():
        published = figures[report_id, table, edition]
        equations = list(_equations(table, edition, published, found, identities))
        diagnoses |= _diagnose_table(table, edition, published, equations)
    return diagnoses


def solve(equations: Sequence[Equation], figures: Mapping[Place, Decimal]) -> list[Changes]:
    """Return every smallest set of changes, of at most two figures, that mends all equations."""
    sums = _Sums(equations)
    residuals = {position: each.residual for position, each in enumerate(equations) if each.residual}
    for count in range(1, _MOST_CHANGES + 1):
        found = {changes for changes in sums.solutions(residuals, count) if _is_possible(changes, figures)}
        if found:
            return sorted(found, key=sorted)
    return []


class _Sums:
    """Equations, and for every figure those that it stands in."""

    def __init__(self, equations: Sequence[Equation]) -> None:
        self._equations = equations
        self._standing: defaultdict[Place, list[tuple[int, int]]] = defaultdict(list)
        for position, equation in enumerate(equations):
            for place, weight in equation.weights.items():
                self._standing[place].append((position, weight))
        self._most = max((len(standing) for standing in self._standing.values()), default=0)

    def solutions(self, residuals: Mapping[int, Decimal], count: int) -> Iterator[Changes]:
        """Yield sets of at most ``count`` changes that bring all residuals to zero."""
        if not residuals:
            yield frozenset()
        if not residuals or len(residuals) > count * self._most:
            return
        for position, residual in residuals.items():
            for place, weight in self._equations[position].weights.items():
                delta = -residual / weight
                for rest in self.solutions(self._after(residuals, place, delta), count - 1):
                    if all(place != changed for changed, _ in rest):
                        yield rest | {(place, delta)}

    def _after(self, residuals: Mapping[int, Decimal], place: Place, delta: Decimal) -> dict[int, Decimal]:
        after = dict(residuals)
        for position, weight in self._standing[place]:
            after[position] = after.get(position, Decimal(0)) + weight * delta
            if not after[position]:
                del after[position]
        return after


def slip_of(published: Decimal, value: Decimal) -> str | None:
    """Name the kind of slip that turns ``value`` into ``published``, if it is one that people make."""
    wrong, right = figure(published), figure(value)
    if not (wrong.isdigit() and right.isdigit()):
        return "sign" if published == -value else None
    if len(wrong) == len(right) and wrong in _transpositions(right):
        return "transposed_digits"
    if right != "0" and wrong == "0":
        return "left_at_zero"
    if wrong in _without_one(right):
        return "missing_digit"
    if right in _without_one(wrong):
        return "extra_digit"
    return None


SLIPS: Mapping[str, Text] = {
    "transposed_digits": Text("数字颠倒", "digits transposed"),
    "missing_digit": Text("漏打一位", "a digit missing"),
    "extra_digit": Text("多打一位", "a digit too many"),
    "left_at_zero": Text("漏填", "left at zero"),
    "sign": Text("正负号错误", "wrong sign"),
    "swapped": Text("两数互换", "two figures swapped"),
    "shifted": Text("错行错栏", "typed into the wrong place"),
    "misplaced_total": Text("总计错行", "a total typed into the wrong row"),
    "shifted_row": Text("整行错位", "a whole row typed into the wrong one"),
}
"""The kinds of slip, in words."""

_SLIPS_OF_SEVERAL = ("swapped", "shifted", "misplaced_total", "shifted_row")


def _is_sum(rule: Rule) -> bool:
    check = rule.check
    return isinstance(check, Identity) and check.relation is Relation.EQUAL and not check.looks_back and not check.rows


def _figures(
    connection: Connection, report_ids: set[str]
) -> dict[tuple[str, TableCode, Edition], dict[Place, Decimal]]:
    """Return the figures of some reports by table, blanks as zero; what cannot be read is left out."""
    figures: defaultdict[tuple[str, TableCode, Edition], dict[Place, Decimal]] = defaultdict(dict)
    rows = connection.execute(_SELECT_FIGURES, [sorted(report_ids)]).fetchall() if report_ids else []
    for report_id, table, edition, row, column, value in rows:
        figures[report_id, TableCode(table), Edition(edition)][row, column] = value
    return figures


def _equations(
    table: TableCode,
    edition: Edition,
    figures: Mapping[Place, Decimal],
    found: Mapping[str, Assessment],
    identities: Iterable[Rule],
) -> Iterator[Equation]:
    """Yield every sum of a table that was assessed, the broken ones with their finding."""
    findings = {(each.rule.id, each.row, each.column): finding_id for finding_id, each in found.items()}
    for rule in identities:
        if not isinstance(rule.check, Identity) or rule.check.table != table or edition not in rule.check.editions:
            continue
        formula = rule.check.formula(edition)
        for row, column in _places(rule.check, figures):
            weights: defaultdict[Place, int] = defaultdict(int)
            for side, term in formula.terms():
                sign = 1 if side is Side.LEFT else -1
                weights[term.row or row or "", term.column or column or ""] += sign * term.weight
            finding_id = findings.get((rule.id, row, column))
            if (
                finding_id and found[finding_id].verdict is Verdict.NOT_ASSESSABLE
            ) or not weights.keys() <= figures.keys():
                continue
            residual = sum((weight * figures[place] for place, weight in weights.items()), Decimal(0))
            yield Equation(weights, residual, finding_id)


def _places(identity: Identity, figures: Iterable[Place]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the row and column of every place where an identity stands, in a stable order."""
    yield from dict.fromkeys(
        (None if identity.names_rows else row, None if identity.names_columns else column) for row, column in figures
    )


def _diagnose_table(
    table: TableCode, edition: Edition, figures: Mapping[Place, Decimal], equations: Sequence[Equation]
) -> dict[str, Diagnosis]:
    """Diagnose the broken sums of a table, grouped by the figure that explains them, or else by what they share."""
    failed = [equation for equation in equations if equation.residual]
    chosen: Changes | None
    if _stand_alone(equations):
        chosen = _unfilled_totals(failed, figures) or _told_by_digits(failed, figures)
    else:
        chosen = _unambiguous(solve(equations, figures), figures) or _exchanged_rows(
            list(EVERY_FORM[table, edition].rows), equations, figures
        )
    changes = dict(chosen or ())
    corrections = {
        place: Correction(
            table, edition, *place, figures[place], figures[place] + delta, _slip(place, changes, figures)
        )
        for place, delta in changes.items()
    }
    diagnoses: dict[str, Diagnosis] = {}
    is_one_slip = any(correction.slip in _SLIPS_OF_SEVERAL for correction in corrections.values())
    for group in [failed] if is_one_slip else _groups(failed, set(changes) if changes else None):
        named = tuple(corrections[place] for place in sorted(changes) if any(place in each.weights for each in group))
        finding_ids = sorted(each.finding_id for each in group if each.finding_id)
        diagnoses |= {finding_id: Diagnosis(finding_ids[0], named) for finding_id in finding_ids}
    return diagnoses


def _stand_alone(equations: Iterable[Equation]) -> bool:
    """Whether no figure stands in two sums, so that a broken one says nothing of which figure is wrong."""
    standing = Counter(place for equation in equations for place in equation.weights)
    return all(count == 1 for count in standing.values())


def _unfilled_totals(failed: Sequence[Equation], figures: Mapping[Place, Decimal]) -> Changes | None:
    """Return the totals of all broken sums if every one was left at zero beside figures.

    Only if otherwise more figures would have to be wrong than are ever supposed to be.
    """
    totals = [place for equation in failed for place in equation.weights if place[1] == TOTAL_COLUMN]
    filled = [place for equation in failed for place in equation.weights if figures[place]]
    if len(totals) < len(failed) or any(figures[place] for place in totals) or len(filled) <= _MOST_CHANGES:
        return None
    changes = frozenset(
        (place, -equation.residual / equation.weights[place])
        for equation in failed
        for place in totals
        if place in equation.weights
    )
    return changes if _is_possible(changes, figures) else None


def _told_by_digits(failed: Sequence[Equation], figures: Mapping[Place, Decimal]) -> Changes:
    """Return the one change of every broken sum that mends it by a slip of the digits, where there is just one."""
    found: set[tuple[Place, Decimal]] = set()
    for equation in failed:
        mends = {(place, -equation.residual / weight) for place, weight in equation.weights.items()}
        told = {(place, delta) for place, delta in mends if _is_telling(figures[place], figures[place] + delta)}
        if len(told) == 1:
            found |= told
    return frozenset(found)


def _is_telling(published: Decimal, value: Decimal) -> bool:
    """Whether the digits hardly turn one figure into the other by chance, as single digits often do."""
    return published >= _FIRST_OF_TWO_DIGITS and slip_of(published, value) in ("transposed_digits", "missing_digit")


def _groups(failed: Sequence[Equation], places: set[Place] | None) -> list[list[Equation]]:
    """Join the broken sums that share one of ``places`` (any figure at all if ``None``)."""
    groups: list[list[Equation]] = []
    for equation in failed:
        shared = equation.weights.keys() if places is None else equation.weights.keys() & places
        joined = [group for group in groups if any(shared & each.weights.keys() for each in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([equation, *(each for group in joined for each in group)])
    return groups


def _is_possible(changes: Changes, figures: Mapping[Place, Decimal]) -> bool:
    """Whether every figure would still be a count."""
    values = [figures[place] + delta for place, delta in changes]
    return all(value >= 0 and value == value.to_integral_value() for value in values)


def _unambiguous(solutions: Sequence[Changes], figures: Mapping[Place, Decimal]) -> Changes | None:
    """Return the only solution, or the only one that is a slip throughout; ``None`` if there is no such one."""

    def is_slip(changes: Changes) -> bool:
        return all(_slip(place, dict(changes), figures) for place, _ in changes)

    if len(solutions) == 1:
        return solutions[0]
    slips = [changes for changes in solutions if is_slip(changes)]
    return slips[0] if len(slips) == 1 else None


def _exchanged_rows(
    rows: Sequence[str], equations: Sequence[Equation], figures: Mapping[Place, Decimal]
) -> Changes | None:
    """Return the exchange of two neighbouring rows' figures that mends all equations, if exactly one does."""
    found = []
    for pair in pairwise(rows):
        changes = _exchange(*pair, figures)
        if changes and all(not _after(equation, dict(changes)) for equation in equations):
            found.append(changes)
    return found[0] if len(found) == 1 else None


def _exchange(first: str, second: str, figures: Mapping[Place, Decimal]) -> Changes:
    columns = [column for row, column in figures if row == first and (second, column) in figures]
    steps = {column: figures[second, column] - figures[first, column] for column in columns}
    return frozenset(
        change
        for column, step in steps.items()
        if step
        for change in (((first, column), step), ((second, column), -step))
    )


def _after(equation: Equation, changes: Mapping[Place, Decimal]) -> Decimal:
    """Return by how much an equation does not come out once some figures are changed."""
    added = (equation.weights[place] * step for place, step in changes.items() if place in equation.weights)
    return equation.residual + sum(added, Decimal(0))


def _slip(place: Place, changes: Mapping[Place, Decimal], figures: Mapping[Place, Decimal]) -> str | None:
    published = {each: figures[each] for each in changes}
    values = {each: figures[each] + delta for each, delta in changes.items()}
    if len(changes) > _MOST_CHANGES and sorted(published.values()) == sorted(values.values()):
        return "shifted_row"
    if len(changes) == _MOST_CHANGES:
        first, second = changes
        if published[first] == values[second] and published[second] == values[first]:
            if first[1] == second[1] == TOTAL_COLUMN:
                return "misplaced_total"
            return "shifted" if 0 in published.values() else "swapped"
    return slip_of(published[place], values[place])


def _transpositions(digits: str) -> set[str]:
    swapped = (digits[:at] + right + left + digits[at + 2 :] for at, (left, right) in enumerate(pairwise(digits)))
    return {each for each in swapped if each != digits}


def _without_one(digits: str) -> set[str]:
    return {digits[:at] + digits[at + 1 :] for at in range(len(digits)) if len(digits) > 1}


_SELECT_FIGURES = """
    SELECT report_id, table_code, edition, row_code, column_code, coalesce(value, 0)
    FROM temp.assessed_cell WHERE state <> 'unreadable' AND list_contains(?, report_id)
"""
