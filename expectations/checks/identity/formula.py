"""What an identity is made of: the terms of its two sides, and what must hold between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from expectations.model import Side
from warehouse.forms import Edition


class Relation(StrEnum):
    """What must hold between the left sum and the right one; the value is its SQL condition."""

    EQUAL = "left_value = right_value"
    AT_LEAST = "left_value >= right_value"
    AT_MOST = "left_value <= right_value"
    ZERO_TOGETHER = "(left_value = 0) = (right_value = 0)"
    """Both are zero, or neither."""
    NOT_ALONE = "left_value = 0 OR right_value <> 0"
    """Left is zero, or right is not."""


@dataclass(frozen=True)
class Term:
    """One cell of an identity, with its weight.

    A code that is ``None`` is that of the place where the identity is assessed: a term with only a row stands
    in every column. ``is_result`` marks a stated total: blank means "not stated" there, not zero. ``years_back``
    takes the cell from the organ's report of so many years before.
    """

    row: str | None = None
    column: str | None = None
    weight: int = 1
    is_result: bool = False
    years_back: int = 0


@dataclass(frozen=True)
class Formula:
    """The two sides of an identity in one edition of its table. An empty side is zero."""

    edition: Edition
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    def terms(self) -> Iterator[tuple[Side, Term]]:
        """Yield every term with its side, left before right."""
        for term in self.left:
            yield Side.LEFT, term
        for term in self.right:
            yield Side.RIGHT, term
