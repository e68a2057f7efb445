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

from expectations.checks.identity import Identity, Relation
from expectations.findings.equations import MOST_CHANGES, Cell, Changes, Equation, after, is_possible, solve
from expectations.findings.slips import SLIPS, SLIPS_OF_SEVERAL, is_telling, slip_among
from expectations.model import Assessment, Rule, Side, Verdict
from expectations.naming import cell_place, figure
from warehouse.forms import EVERY_FORM, TOTAL_COLUMN, Edition, TableCode
from warehouse.store import Connection
from warehouse.text import Text


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


def _is_sum(rule: Rule) -> bool:
    check = rule.check
    return isinstance(check, Identity) and check.relation is Relation.EQUAL and not check.looks_back and not check.rows


def _figures(connection: Connection, report_ids: set[str]) -> dict[tuple[str, TableCode, Edition], dict[Cell, Decimal]]:
    """Return the figures of some reports by table, blanks as zero; what cannot be read is left out."""
    figures: defaultdict[tuple[str, TableCode, Edition], dict[Cell, Decimal]] = defaultdict(dict)
    rows = connection.execute(_SELECT_FIGURES, [sorted(report_ids)]).fetchall() if report_ids else []
    for report_id, table, edition, row, column, value in rows:
        figures[report_id, TableCode(table), Edition(edition)][row, column] = value
    return figures


def _equations(
    table: TableCode,
    edition: Edition,
    figures: Mapping[Cell, Decimal],
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
            weights: defaultdict[Cell, int] = defaultdict(int)
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


def _places(identity: Identity, figures: Iterable[Cell]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the row and column of every place where an identity stands, in a stable order."""
    yield from dict.fromkeys(
        (None if identity.names_rows else row, None if identity.names_columns else column) for row, column in figures
    )


def _diagnose_table(
    table: TableCode, edition: Edition, figures: Mapping[Cell, Decimal], equations: Sequence[Equation]
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
            table, edition, *place, figures[place], figures[place] + delta, slip_among(place, changes, figures)
        )
        for place, delta in changes.items()
    }
    diagnoses: dict[str, Diagnosis] = {}
    is_one_slip = any(correction.slip in SLIPS_OF_SEVERAL for correction in corrections.values())
    for group in [failed] if is_one_slip else _groups(failed, set(changes) if changes else None):
        named = tuple(corrections[place] for place in sorted(changes) if any(place in each.weights for each in group))
        finding_ids = sorted(each.finding_id for each in group if each.finding_id)
        diagnoses |= {finding_id: Diagnosis(finding_ids[0], named) for finding_id in finding_ids}
    return diagnoses


def _stand_alone(equations: Iterable[Equation]) -> bool:
    """Whether no figure stands in two sums, so that a broken one says nothing of which figure is wrong."""
    standing = Counter(place for equation in equations for place in equation.weights)
    return all(count == 1 for count in standing.values())


def _unfilled_totals(failed: Sequence[Equation], figures: Mapping[Cell, Decimal]) -> Changes | None:
    """Return the totals of all broken sums if every one was left at zero beside figures.

    Only if otherwise more figures would have to be wrong than are ever supposed to be.
    """
    totals = [place for equation in failed for place in equation.weights if place[1] == TOTAL_COLUMN]
    filled = [place for equation in failed for place in equation.weights if figures[place]]
    if len(totals) < len(failed) or any(figures[place] for place in totals) or len(filled) <= MOST_CHANGES:
        return None
    changes = frozenset(
        (place, -equation.residual / equation.weights[place])
        for equation in failed
        for place in totals
        if place in equation.weights
    )
    return changes if is_possible(changes, figures) else None


def _told_by_digits(failed: Sequence[Equation], figures: Mapping[Cell, Decimal]) -> Changes:
    """Return the one change of every broken sum that mends it by a slip of the digits, where there is just one."""
    found: set[tuple[Cell, Decimal]] = set()
    for equation in failed:
        mends = {(place, -equation.residual / weight) for place, weight in equation.weights.items()}
        told = {(place, delta) for place, delta in mends if is_telling(figures[place], figures[place] + delta)}
        if len(told) == 1:
            found |= told
    return frozenset(found)


def _groups(failed: Sequence[Equation], places: set[Cell] | None) -> list[list[Equation]]:
    """Join the broken sums that share one of ``places`` (any figure at all if ``None``)."""
    groups: list[list[Equation]] = []
    for equation in failed:
        shared = equation.weights.keys() if places is None else equation.weights.keys() & places
        joined = [group for group in groups if any(shared & each.weights.keys() for each in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([equation, *(each for group in joined for each in group)])
    return groups


def _unambiguous(solutions: Sequence[Changes], figures: Mapping[Cell, Decimal]) -> Changes | None:
    """Return the only solution, or the only one that is a slip throughout; ``None`` if there is no such one."""

    def is_slip(changes: Changes) -> bool:
        return all(slip_among(place, dict(changes), figures) for place, _ in changes)

    if len(solutions) == 1:
        return solutions[0]
    slips = [changes for changes in solutions if is_slip(changes)]
    return slips[0] if len(slips) == 1 else None


def _exchanged_rows(
    rows: Sequence[str], equations: Sequence[Equation], figures: Mapping[Cell, Decimal]
) -> Changes | None:
    """Return the exchange of two neighbouring rows' figures that mends all equations, if exactly one does."""
    found = []
    for pair in pairwise(rows):
        changes = _exchange(*pair, figures)
        if changes and all(not after(equation, dict(changes)) for equation in equations):
            found.append(changes)
    return found[0] if len(found) == 1 else None


def _exchange(first: str, second: str, figures: Mapping[Cell, Decimal]) -> Changes:
    columns = [column for row, column in figures if row == first and (second, column) in figures]
    steps = {column: figures[second, column] - figures[first, column] for column in columns}
    return frozenset(
        change
        for column, step in steps.items()
        if step
        for change in (((first, column), step), ((second, column), -step))
    )


_SELECT_FIGURES = """
    SELECT report_id, table_code, edition, row_code, column_code, coalesce(value, 0)
    FROM temp.assessed_cell WHERE state <> 'unreadable' AND list_contains(?, report_id)
"""
