"""Where the error likely sits: the fewest figures whose change would mend every broken sum of a report.

Every figure of section three stands in a row sum and in up to two column identities, so that one wrong figure breaks
all of them, and only it, by the same amount. The search solves the sums as equations: it names figures only if exactly
one smallest set of changes (of one figure, then of two) satisfies all equations with figures that are possible at all,
or if exactly one of several is a slip as people make them.

Where every figure stands in one sum only, as in section four, each of them could be the wrong one. There a figure is
named only if its digits tell, if no other one alone can mend the sum, or if totals were evidently not filled in.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from expectations.checks.identity import Identity, Relation
from expectations.findings.equations import MOST_CHANGES, Cell, Changes, Equation, is_possible, solve
from expectations.findings.misplacements import exchanged_rows, shifted_row
from expectations.findings.slips import SLIPS, SLIPS_OF_SEVERAL, is_telling, slip_among
from expectations.model import Assessment, Rule, Side
from expectations.naming import cell_place, figure
from warehouse.forms import EVERY_FORM, TOTAL_COLUMN, Edition, TableCode
from warehouse.store import Connection
from warehouse.text import Text

_Table = tuple[str, TableCode, Edition]
"""One table of one report."""
_Place = tuple[str, str | None, str | None]
"""A rule, and the row and column where it stands."""


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
    broken: defaultdict[_Table, dict[_Place, str]] = defaultdict(dict)
    for finding_id, each in assessments.items():
        if each.rule in identities and each.table:
            broken[each.report_id, each.table, each.edition][each.rule.id, each.row, each.column] = finding_id
    reports = sorted({report_id for report_id, _, _ in broken})
    figures, aside = _figures(connection, reports), _aside(connection, reports)
    diagnoses: dict[str, Diagnosis] = {}
    for (report_id, table, edition), found in broken.items():
        published = figures[report_id, table, edition]
        sums = list(_sums(table, edition, published, found, aside[report_id, table, edition], identities))
        equations = [each for each in sums if isinstance(each, Equation)]
        unread = [each for each in sums if not isinstance(each, Equation)]
        diagnoses |= _diagnose_table(table, edition, published, equations, unread)
    return diagnoses | dict(_joined(assessments, diagnoses))


def _joined(
    assessments: Mapping[str, Assessment], diagnoses: Mapping[str, Diagnosis]
) -> Iterator[tuple[str, Diagnosis]]:
    """Yield findings of other rules that go back to the same error as broken sums.

    They speak of the very cell that is likely wrong, or are another identity of the same row or column.
    """
    errors: dict[tuple[object, ...], Diagnosis] = {}
    for finding_id, diagnosis in diagnoses.items():
        each = assessments[finding_id]
        errors[each.report_id, each.table, each.row, each.column] = diagnosis
        for wrong in diagnosis.corrections:
            errors[each.report_id, wrong.table, wrong.row, wrong.column] = Diagnosis(diagnosis.group_id, (wrong,))
    for finding_id, each in assessments.items():
        is_whole = each.row is not None and each.column is not None
        is_identity = isinstance(each.rule.check, Identity) and not each.rule.check.looks_back
        found = errors.get((each.report_id, each.table, each.row, each.column))
        if found and finding_id not in diagnoses and (is_whole or is_identity):
            yield finding_id, found


def _is_sum(rule: Rule) -> bool:
    check = rule.check
    return isinstance(check, Identity) and check.relation is Relation.EQUAL and not check.looks_back and not check.rows


def _figures(connection: Connection, report_ids: Sequence[str]) -> dict[_Table, dict[Cell, Decimal]]:
    """Return the figures of some reports by table, blanks as zero; what cannot be read is left out."""
    figures: defaultdict[_Table, dict[Cell, Decimal]] = defaultdict(dict)
    rows = connection.execute(_SELECT_FIGURES, [report_ids]).fetchall() if report_ids else []
    for report_id, table, edition, row, column, value in rows:
        figures[report_id, TableCode(table), Edition(edition)][row, column] = value
    return figures


def _aside(connection: Connection, report_ids: Sequence[str]) -> dict[_Table, set[_Place]]:
    """Return the places of some reports that could not be assessed, by table."""
    aside: defaultdict[_Table, set[_Place]] = defaultdict(set)
    rows = connection.execute(_SELECT_ASIDE, [report_ids]).fetchall() if report_ids else []
    for report_id, table, edition, rule_id, row, column in rows:
        aside[report_id, TableCode(table), Edition(edition)].add((rule_id, row, column))
    return aside


def _sums(
    table: TableCode,
    edition: Edition,
    figures: Mapping[Cell, Decimal],
    found: Mapping[_Place, str],
    aside: Container[_Place],
    identities: Iterable[Rule],
) -> Iterator[Equation | Collection[Cell]]:
    """Yield every sum of a table that was assessed, the broken ones with their finding; of one not read its cells."""
    for rule in identities:
        if not isinstance(rule.check, Identity) or rule.check.table != table or edition not in rule.check.editions:
            continue
        formula = rule.check.formula(edition)
        for row, column in _places(rule.check, figures):
            weights: defaultdict[Cell, int] = defaultdict(int)
            for side, term in formula.terms():
                sign = 1 if side is Side.LEFT else -1
                weights[term.row or row or "", term.column or column or ""] += sign * term.weight
            if not weights.keys() <= figures.keys():
                if weights.keys() & figures.keys():
                    yield weights.keys()
            elif (rule.id, row, column) not in aside:
                residual = sum((weight * figures[place] for place, weight in weights.items()), Decimal(0))
                yield Equation(weights, residual, found.get((rule.id, row, column)))


def _places(identity: Identity, figures: Iterable[Cell]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the row and column of every place where an identity stands, in a stable order."""
    yield from dict.fromkeys(
        (None if identity.names_rows else row, None if identity.names_columns else column) for row, column in figures
    )


def _diagnose_table(
    table: TableCode,
    edition: Edition,
    figures: Mapping[Cell, Decimal],
    equations: Sequence[Equation],
    unread: Sequence[Collection[Cell]],
) -> dict[str, Diagnosis]:
    """Diagnose the broken sums of a table, grouped by the figure that explains them, or else by what they share.

    Where figures stand in several sums, nothing is named unless all sums were read: the error may be in one of
    ``unread``, the cells of those that were not.
    """
    failed = [equation for equation in equations if equation.residual]
    chosen: Changes | None = None
    if _stand_alone([*(equation.weights for equation in equations), *unread]):
        chosen = _unfilled_totals(failed, figures) or _told_alone(failed, figures)
    elif not unread:
        form = EVERY_FORM[table, edition]
        chosen = (
            _unambiguous(solve(equations, figures), figures)
            or exchanged_rows(list(form.rows), equations, figures)
            or shifted_row(list(form.rows), list(form.columns), equations, figures)
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


def _stand_alone(sums: Iterable[Collection[Cell]]) -> bool:
    """Whether no figure stands in two sums, so that a broken one says nothing of which figure is wrong."""
    standing = Counter(place for cells in sums for place in cells)
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


def _told_alone(failed: Sequence[Equation], figures: Mapping[Cell, Decimal]) -> Changes:
    """Return the change that mends each broken sum, where just one figure alone can be wrong.

    By its digits, or because every other one would have to become negative.
    """
    found: set[tuple[Cell, Decimal]] = set()
    for equation in failed:
        mends = {(place, -equation.residual / weight) for place, weight in equation.weights.items()}
        possible = {mend for mend in mends if is_possible(frozenset((mend,)), figures)}
        told = {(place, delta) for place, delta in possible if is_telling(figures[place], figures[place] + delta)}
        found |= next((only for only in (told, possible) if len(only) == 1), set())
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


_SELECT_FIGURES = """
    SELECT report_id, table_code, edition, row_code, column_code, coalesce(value, 0)
    FROM temp.assessed_cell WHERE state <> 'unreadable' AND report_id IN (SELECT unnest(?::VARCHAR[]))
"""

_SELECT_ASIDE = """
    SELECT report_id, table_code, edition, rule_id, place.row_code, place.column_code
    FROM (
        SELECT *, unnest(places) AS place FROM temp.aside
        WHERE table_code IS NOT NULL AND report_id IN (SELECT unnest(?::VARCHAR[]))
    )
"""
