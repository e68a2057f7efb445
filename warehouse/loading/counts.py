"""Figures that add up."""

from typing import Self


class Counts:
    """A dataclass of figures, and of names that say whose they are: two of the same names add up figure by figure."""

    def __add__(self, other: Self) -> Self:
        total = {name: mine if isinstance(mine, str) else mine + theirs for name, mine, theirs in self._beside(other)}
        return type(self)(**total)

    def _beside(self, other: Self) -> list[tuple[str, str | float, float]]:
        return [(name, mine, getattr(other, name)) for name, mine in vars(self).items()]
