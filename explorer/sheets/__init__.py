"""A report as it is printed: its tables laid out again, every figure with its text, its state and its marks."""

from explorer.sheets.extent import Extent, extent_of
from explorer.sheets.layout import Section, sections
from explorer.sheets.marks import NO_MARKS, Address, Change, Figure, Group, Marks, groups_of, marks_of
from explorer.sheets.quotes import by_quote

__all__ = [
    "NO_MARKS",
    "Address",
    "Change",
    "Extent",
    "Figure",
    "Group",
    "Marks",
    "Section",
    "by_quote",
    "extent_of",
    "groups_of",
    "marks_of",
    "sections",
]
