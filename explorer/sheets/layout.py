"""The statutory tables as the national template prints them, from the declared forms: headers, groups, spans."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from explorer.sheets.marks import Address, Figure, Marks
from warehouse.forms import APPLICANT_GROUP, EVERY_FORM, Edition, Form, Row, TableCode
from warehouse.text import Text

_APPLICANTS = Text("申请人情况", "Applicants")


@dataclass(frozen=True)
class Box:
    """One box of a printed table: a label, or a figure. ``scope`` is that of a header."""

    label: Text | None = None
    figure: Figure | None = None
    columns: int = 1
    rows: int = 1
    scope: str | None = None


Line = tuple[Box, ...]


@dataclass(frozen=True)
class Grid:
    """One printed table: its lines of headers, then its lines of figures."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """A statutory table of a report: the form it follows, and how much of it was read."""

    form: Form
    grids: tuple[Grid, ...]
    counts: Mapping[str, Any]

    @property
    def is_whole(self) -> bool:
        """Whether every cell of it was read without doubt."""
        counts = self.counts
        return bool(
            counts["cells_read"] >= counts["cells_expected"]
            and not counts["cells_unreadable"]
            and not counts["is_doubtful"]
        )


def sections(
    tables: Mapping[str, Mapping[str, Any]], figures: Mapping[Address, Figure], marks: Marks
) -> tuple[Section, ...]:
    """Lay a report's tables out as they are printed.

    ``tables`` are the rows of ``core.report_table`` by table code. A cell of the form that ``figures`` lacks is absent.
    """
    marked = {address: marks.on(figure) for address, figure in figures.items()}
    found = []
    for table in (TableCode.PROACTIVE, TableCode.APPLICATIONS, TableCode.DISPUTES):
        if (counts := tables.get(table)) is not None:
            form = EVERY_FORM[table, Edition(counts["edition"])]
            found.append(Section(form, tuple(_LAYOUTS[table](_Sheet(form, marked, marks))), counts))
    return tuple(found)


@dataclass(frozen=True)
class _Sheet:
    form: Form
    figures: Mapping[Address, Figure]
    marks: Marks

    def figure(self, row: str, column: str) -> Box:
        address = (str(self.form.table), row, column)
        absent = Figure(address, "", "absent", None, None, "", self.marks.numbers.get(address, ()))
        return Box(figure=self.figures.get(address, absent))


def _head(label: Text, columns: int = 1, rows: int = 1) -> Box:
    return Box(label, columns=columns, rows=rows, scope="colgroup" if columns > 1 else "col")


def _side(label: Text, columns: int = 1, rows: int = 1) -> Box:
    return Box(label, columns=columns, rows=rows, scope="rowgroup" if rows > 1 else "row")


def _proactive(sheet: _Sheet) -> Iterator[Grid]:
    """Each block under its caption, with a header of its own."""
    for block in sheet.form.blocks:
        width = 1 + len(block.columns)
        caption = ((_head(block.caption, columns=width),),) if block.caption else ()
        names = (_head(_CONTENT), *(_head(column.label) for column in block.columns))
        body = tuple(
            (_side(row.label), *(sheet.figure(row.code, column.code) for column in block.columns)) for row in block.rows
        )
        yield Grid((*caption, names), body)


def _applications(sheet: _Sheet) -> Iterator[Grid]:
    """Seven columns under 申请人情况; the groups of outcomes stand before their rows."""
    columns = tuple(sheet.form.columns.values())
    natural, *middle, total = columns
    head = (
        (_head(_MATTER, columns=3, rows=3), _head(_APPLICANTS, columns=len(columns))),
        (
            _head(natural.label, rows=2),
            _head(APPLICANT_GROUP, columns=len(middle)),
            _head(total.label, rows=2),
        ),
        tuple(_head(column.label) for column in middle),
    )
    yield Grid(head, tuple(_application_lines(sheet)))


def _application_lines(sheet: _Sheet) -> Iterator[Line]:
    """Rows with their groups before them: the outer group spans all its rows, an inner one its own."""
    rows = tuple(sheet.form.rows.values())
    for _, outer in groupby(rows, key=lambda row: _groups(sheet.form, row)[-1:]):
        within = tuple(outer)
        first = True
        for inner, members in groupby(within, key=lambda row: _groups(sheet.form, row)):
            for position, row in enumerate(gathered := tuple(members)):
                before: list[Box] = []
                if inner and first:
                    before.append(_side(sheet.form.group_by_code[inner[-1]].label, rows=len(within)))
                if len(inner) > 1 and position == 0:
                    before.append(_side(sheet.form.group_by_code[inner[0]].label, rows=len(gathered)))
                width = {0: 3, 1: 2}.get(len(inner), 1)
                first = False
                figures = (sheet.figure(row.code, column) for column in sheet.form.columns)
                yield (*before, _side(row.label, columns=width), *figures)


def _groups(form: Form, row: Row) -> tuple[str, ...]:
    """The groups of a row as codes, the innermost first."""
    return tuple(group.code for group in form.groups_of(row))


def _disputes(sheet: _Sheet) -> Iterator[Grid]:
    """One line of fifteen figures under three lines of headers."""
    (block,) = sheet.form.blocks
    width = len(block.columns)
    alone = [row for row in block.rows if row.group is None]
    grouped = [row for row in block.rows if row.group is not None]
    group = sheet.form.groups[0]
    head = (
        (
            *(_head(row.label, columns=width, rows=2) for row in alone),
            _head(group.label, columns=width * len(grouped)),
        ),
        tuple(_head(row.label, columns=width) for row in grouped),
        tuple(_head(column.label) for _ in block.rows for column in block.columns),
    )
    line = tuple(sheet.figure(row.code, column.code) for row in (*alone, *grouped) for column in block.columns)
    yield Grid(head, (line,))


_CONTENT = Text("信息内容", "Content")
_MATTER = Text(
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "First plus second item equal third plus fourth",
)
_LAYOUTS = {
    TableCode.PROACTIVE: _proactive,
    TableCode.APPLICATIONS: _applications,
    TableCode.DISPUTES: _disputes,
}
