"""The sums of a table as equations, and the fewest changes of figures that solve them all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Cell = tuple[str, str]
"""Row and column code of a figure in one table."""

MOST_CHANGES = 2
"""More figures than these are never supposed to be wrong at once."""


@dataclass(frozen=True)
class Equation:
    """One sum of a table: the weight of every figure in it, and by how much it does not come out."""

    weights: Mapping[Cell, int]
    residual: Decimal
    finding_id: str | None


Changes = frozenset[tuple[Cell, Decimal]]
"""Figures and what would have to be added to each."""


def solve(equations: Sequence[Equation], figures: Mapping[Cell, Decimal]) -> list[Changes]:
    """Return every smallest set of changes, of at most two figures, that mends all equations."""
    sums = _Sums(equations)
    residuals = {position: each.residual for position, each in enumerate(equations) if each.residual}
    for count in range(1, MOST_CHANGES + 1):
        found = {changes for changes in sums.solutions(residuals, count) if is_possible(changes, figures)}
        if found:
            return sorted(found, key=sorted)
    return []


class _Sums:
    """Equations, and for every figure those that it stands in."""

    def __init__(self, equations: Sequence[Equation]) -> None:
        self._equations = equations
        self._standing: defaultdict[Cell, list[tuple[int, int]]] = defaultdict(list)
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

    def _after(self, residuals: Mapping[int, Decimal], place: Cell, delta: Decimal) -> dict[int, Decimal]:
        after = dict(residuals)
        for position, weight in self._standing[place]:
            after[position] = after.get(position, Decimal(0)) + weight * delta
            if not after[position]:
                del after[position]
        return after


def is_possible(changes: Changes, figures: Mapping[Cell, Decimal]) -> bool:
    """Whether every figure would still be a count."""
    values = [figures[place] + delta for place, delta in changes]
    return all(value >= 0 and value == value.to_integral_value() for value in values)


def after(equation: Equation, changes: Mapping[Cell, Decimal]) -> Decimal:
    """Return by how much an equation does not come out once some figures are changed."""
    added = (equation.weights[place] * step for place, step in changes.items() if place in equation.weights)
    return equation.residual + sum(added, Decimal(0))
