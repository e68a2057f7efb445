"""What a form is made of: labels, groups, rows, columns, blocks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from warehouse.labels import bare_label_key, label_key
from warehouse.text import Text

_PRINTED_UNIT = re.compile(r"[（(]单位[^）)]*[）)]$")


class TableCode(StrEnum):
    """The tables of a report: three statutory ones, and the appendix of the reports before them."""

    PROACTIVE = "proactive"
    APPLICATIONS = "applications"
    DISPUTES = "disputes"
    STATISTICS = "statistics"


STATUTORY_TABLES = (TableCode.PROACTIVE, TableCode.APPLICATIONS, TableCode.DISPUTES)
"""The tables of every report since 2019."""


class Edition(StrEnum):
    """The editions of the national template."""

    E2014 = "2014"
    E2019 = "2019"
    E2021 = "2021"


STATUTORY_EDITIONS = (Edition.E2019, Edition.E2021)
"""The editions of the statutory tables; the appendix has one of its own."""


class Measure(StrEnum):
    """What the figures of a column measure."""

    COUNT = "count"
    """A whole number, never negative."""
    SIGNED_COUNT = "signed_count"
    """A whole number that may be negative (本年增/减)."""
    MONEY = "money"
    """An amount in yuan (元), as an exact decimal, whatever unit the page used."""


@dataclass(frozen=True)
class Label(Text):
    """A printed label: its canonical Chinese wording, an English translation, and known other wordings."""

    variants: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every normalised key under which this label is recognised."""
        wordings = (self.chinese, *self.variants)
        return frozenset(key for wording in wordings for key in (label_key(wording), bare_label_key(wording)))


@dataclass(frozen=True)
class Group:
    """A label that only gathers rows, such as (三)不予公开; it carries no figures of its own."""

    code: str
    label: Label
    parent: str | None = None


@dataclass(frozen=True)
class Row:
    """A row of figures. ``group`` is the code of the innermost group it stands in."""

    code: str
    label: Label
    group: str | None = None


@dataclass(frozen=True)
class Column:
    """A column of figures."""

    code: str
    label: Label
    measure: Measure = Measure.COUNT

    @property
    def name(self) -> Text:
        """The label without the printed unit of money, which the warehouse keeps in yuan."""
        return Text(_PRINTED_UNIT.sub("", self.label.chinese), self.label.english)


@dataclass(frozen=True)
class Block:
    """Rows that share one header. ``caption`` is the line above it (第二十条第（一）项), where the form has one."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    caption: Label | None = None

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of its columns."""
        return tuple(column.code for column in self.columns)


@dataclass(frozen=True)
class CellAddress:
    """One statutory cell of a form."""

    row: Row
    column: Column


@dataclass(frozen=True)
class Form:
    """One statutory table in one edition."""

    table: TableCode
    edition: Edition
    title: Label
    blocks: tuple[Block, ...]
    groups: tuple[Group, ...] = ()

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Rows by code, in printed order."""
        return MappingProxyType({row.code: row for block in self.blocks for row in block.rows})

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """Columns by code, in the order of their first appearance."""
        columns: dict[str, Column] = {}
        for block in self.blocks:
            for column in block.columns:
                columns.setdefault(column.code, column)
        return MappingProxyType(columns)

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], CellAddress]:
        """Every statutory cell by (row code, column code), in printed order."""
        return MappingProxyType(
            {
                (row.code, column.code): CellAddress(row, column)
                for block in self.blocks
                for row in block.rows
                for column in block.columns
            }
        )

    @cached_property
    def group_by_code(self) -> Mapping[str, Group]:
        """Groups by code."""
        return MappingProxyType({group.code: group for group in self.groups})

    @cached_property
    def _block_by_row(self) -> Mapping[str, Block]:
        return {row.code: block for block in self.blocks for row in block.rows}

    def block_of(self, row_code: str) -> Block:
        """Return the block that a row stands in; ``KeyError`` if the form has no such row."""
        return self._block_by_row[row_code]

    def groups_of(self, row: Row) -> Iterator[Group]:
        """Yield the groups a row stands in, innermost first."""
        code = row.group
        while code is not None:
            group = self.group_by_code[code]
            yield group
            code = group.parent

    def rows_in(self, group_code: str) -> tuple[Row, ...]:
        """Return the rows of figures under a group, at any depth, in printed order."""
        return tuple(
            row for row in self.rows.values() if any(group.code == group_code for group in self.groups_of(row))
        )


TOTAL_COLUMN = "total"
"""The code of the column (and of the role) 总计, in every table that has one."""
