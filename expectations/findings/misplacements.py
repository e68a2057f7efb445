"""Whole rows of figures in the wrong place: two neighbouring rows exchanged, or a row typed one column off."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from expectations.findings.equations import Cell, Changes, Equation, after, is_possible
from warehouse.forms import TOTAL_COLUMN


def exchanged_rows(
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


def shifted_row(
    rows: Sequence[str], columns: Sequence[str], equations: Sequence[Equation], figures: Mapping[Cell, Decimal]
) -> Changes | None:
    """Return what puts one row's figures back by one column and mends all equations, if just one row's does.

    The total may have been shifted with its parts or not. The figure that was pushed out follows from its sum.
    """
    parts = [column for column in columns if column != TOTAL_COLUMN]
    found = {
        changes
        for row in rows
        for shifted in (columns, parts)
        if all((row, column) in figures for column in shifted)
        for changes in _put_back([(row, column) for column in shifted], equations, figures)
        if is_possible(changes, figures) and not any(after(each, dict(changes)) for each in equations)
    }
    return found.pop() if len(found) == 1 else None


def _put_back(
    places: Sequence[Cell], equations: Sequence[Equation], figures: Mapping[Cell, Decimal]
) -> Iterator[Changes]:
    """Yield the changes that move figures one place to the left or the right, off the empty end."""
    for moved in (places, places[::-1]):
        if figures[moved[0]]:
            continue
        steps = {here: figures[beyond] - figures[here] for here, beyond in pairwise(moved)}
        last = moved[-1]
        sums = (
            equation for equation in equations if last in equation.weights and steps.keys() & equation.weights.keys()
        )
        if equation := next(sums, None):
            steps[last] = -after(equation, steps) / equation.weights[last]
            yield frozenset((place, step) for place, step in steps.items() if step)
