"""Conditional formats of a workbook's sheet: the style that they give to a cell, by its value.

Only comparisons with numbers are weighed; whether another condition holds is not told.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from lxml import etree

_COMPARISONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "equal": eq,
    "notEqual": ne,
    "greaterThan": gt,
    "greaterThanOrEqual": ge,
    "lessThan": lt,
    "lessThanOrEqual": le,
}
_COLOUR_ONLY = ("colorScale", "dataBar")
"""Kinds of rules that leave the figure as it is."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Condition(NamedTuple):
    """One rule: the ranges it is for, its kind, and the style (``dxf``) that it gives."""

    ranges: tuple[str, ...]
    kind: str
    comparison: str
    bounds: tuple[str, ...]
    style: int | None
    shows_value: bool

    def holds(self, value: str) -> bool | None:
        """Tell whether it holds for a cell's stored value; ``None`` if that is not told."""
        try:
            number = Decimal(value or "0")
            bounds = [Decimal(bound) for bound in self.bounds if _NUMBER.fullmatch(bound)]
        except InvalidOperation:
            return None
        if self.kind != "cellIs" or len(bounds) != len(self.bounds):
            return None
        if self.comparison in _COMPARISONS and len(bounds) == 1:
            return _COMPARISONS[self.comparison](number, bounds[0])
        if self.comparison in ("between", "notBetween") and len(bounds) == 2:
            return (min(bounds) <= number <= max(bounds)) == (self.comparison == "between")
        return None


def conditions(sheet: etree._Element) -> list[Condition]:
    """Return the conditions of a sheet that may change what a cell shows, the most important first."""
    found = [
        (int(rule.get("priority", "0")), _condition(formatting.get("sqref", ""), rule))
        for formatting in sheet.iterfind("{*}conditionalFormatting")
        for rule in formatting.iterfind("{*}cfRule")
        if rule.get("type") not in _COLOUR_ONLY or _hides_value(rule)
    ]
    return [condition for _, condition in sorted(found, key=lambda pair: pair[0])]


def _condition(ranges: str, rule: etree._Element) -> Condition:
    bounds = tuple((formula.text or "").strip() for formula in rule.iterfind("{*}formula"))
    style = rule.get("dxfId", "")
    return Condition(
        tuple(ranges.split()),
        rule.get("type", ""),
        rule.get("operator", ""),
        bounds,
        int(style) if style.isdigit() else None,
        not _hides_value(rule),
    )


def _hides_value(rule: etree._Element) -> bool:
    """Tell whether icons or bars stand in the place of the figure."""
    return any(part.get("showValue") in ("0", "false") for part in rule)
