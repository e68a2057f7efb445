"""The slips that people make with figures: how one that was published came of the one that was meant."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from expectations.findings.equations import MOST_CHANGES, Cell
from expectations.naming import figure
from warehouse.forms import TOTAL_COLUMN
from warehouse.text import Text

_FIRST_OF_TWO_DIGITS = 10

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
    "shifted_columns": Text("整行错栏", "a whole row typed one column off"),
}
"""The kinds of slip, in words."""

SLIPS_OF_SEVERAL = ("swapped", "shifted", "misplaced_total", "shifted_row", "shifted_columns")
"""The kinds that wrong figures make together."""


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


def is_telling(published: Decimal, value: Decimal) -> bool:
    """Whether the digits hardly turn one figure into the other by chance, as single digits often do."""
    return published >= _FIRST_OF_TWO_DIGITS and slip_of(published, value) in ("transposed_digits", "missing_digit")


def slip_among(place: Cell, changes: Mapping[Cell, Decimal], figures: Mapping[Cell, Decimal]) -> str | None:
    """Name the kind of slip at one place, given all that would have to change."""
    published = {each: figures[each] for each in changes}
    values = {each: figures[each] + delta for each, delta in changes.items()}
    if len(changes) > MOST_CHANGES and len({row for row, _ in changes}) == 1:
        return "shifted_columns"
    if len(changes) > MOST_CHANGES and sorted(published.values()) == sorted(values.values()):
        return "shifted_row"
    if len(changes) == MOST_CHANGES:
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
