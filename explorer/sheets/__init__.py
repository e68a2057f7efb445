"""A report as it is printed: its tables laid out again, every figure with its text, its state and its marks."""

from explorer.sheets.layout import Section, sections
from explorer.sheets.marks import Figure, Group, Marks, groups_of, marks_of

__all__ = ["Figure", "Group", "Marks", "Section", "groups_of", "marks_of", "sections"]
