"""The first reading: by the rows of the tables.

The rows of all tables are one stream, because pages split, join and nest the statutory tables at will. A row's
values are told by their ordinal behind its label; the spans of cells matter only where ordinals do not suffice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from tasks.extract.documents import Document, Table
from tasks.extract.figures import read_figure
from tasks.extract.report import BLANK, UNREADABLE
from tasks.extract.tables.beside import COMPARISON, YearColumns, year_named
from tasks.extract.tables.column_numbers import numbers_columns
from tasks.extract.tables.disputes import DISPUTE_FIGURES, dispute_rows, figures_of_line
from tasks.extract.tables.headers import column_order
from tasks.extract.tables.parted_rows import with_nameless_lines_joined
from tasks.extract.tables.readings import FEWEST_VALUES, WRITTEN, PlacedText, RowReading
from tasks.extract.tables.rows import ROWS_KEPT, Row
from tasks.extract.tables.similarity import name_unknown_rows
from tasks.extract.tables.unlabelled import name_by_order
from tasks.extract.vocabulary import Meaning, RowLabel, group_of, meaning_of, stands_in
from warehouse.forms import APPLICANT_PARTS, TableCode
from warehouse.labels import compact, is_numbered

_UNIT_LINE = re.compile(r"^.{0,12}单位\s*[:：].{1,12}$")
"""A line above a table that gives the unit of its amounts."""
_HEADING_OF_DISPUTES = re.compile(r"^.{0,14}行政复议.{0,5}行政诉讼.{0,6}$")
_CHECK = re.compile("[校核审]|检查|差额|平衡")
"""What a line that checks figures is called: 校验, 核对, 审核 …"""
_APPLICANT_COLUMNS = len(APPLICANT_PARTS) + 1


def read_grid(document: Document, rows: Mapping[int, Sequence[Row]], year: int | None = None) -> list[RowReading]:
    """Read every row of figures of the statutory tables, in printed order, copies included.

    ``rows`` are those of each table, in the form's shape, by its ordinal. Where years stand side by side in a table,
    its figures are those of ``year``.
    """
    reader = _GridReader(year)
    readings: list[RowReading] = []
    line = ""
    for block in document.blocks:
        if isinstance(block, str):
            line = block
            reader.heading = block if _HEADING_OF_DISPUTES.search(block) else reader.heading
        elif isinstance(block, Table):
            reader.caption = line if _UNIT_LINE.search(line) else ""
            readings += reader.read_table(block, rows[block.ordinal])
    return with_nameless_lines_joined(name_by_order(name_unknown_rows([*readings, *reader.rest()])))


class _GridReader:
    """Walks the rows and remembers the table, the group and the header in force."""

    def __init__(self, year: int | None) -> None:
        self.caption = self.heading = ""
        self._years = YearColumns(year)
        self._table: TableCode | None = None
        self._group: str | None = None
        self._header: tuple[tuple[str, ...], ...] = ()
        self._header_texts: tuple[str, ...] = ()
        self._order: tuple[str | None, ...] | None = None
        self._header_complete = False
        self._disputes: list[PlacedText] = []
        self._above: tuple[str, ...] = ()
        """The header of section four, below whose figures further lines may stand."""

    def read_table(self, table: Table, rows: Sequence[Row]) -> Iterator[RowReading]:
        """Yield the rows of figures of one table."""
        self._above = ()
        if self.caption and self._header_complete:
            self._header_texts = (self.caption, *self._header_texts)
        for line in self._years.rows_of_year(rows):
            end, meanings, known, damaged, number_columns = _labels_of(line.texts)
            if number_columns:
                continue
            if not known:
                yield from self._unlabelled(table, line)
                continue
            line = line if end == len(line.texts) else line.until(end)
            row, last = line.texts, known[-1]
            at, label = self._row_label(meanings, known)
            if self._table and damaged is not None:
                self._remember_groups(meanings)
                yield self._reading(table, line, damaged, RowLabel(self._table, ""))
            elif label and self._plausible(label, row[last], row[last + 1 :]):
                self._table = label.table
                self._group = next((group for _, group in meanings[at].groups), group_of(label))
                yield self._reading(table, line, last, label)
            elif self._table is TableCode.APPLICATIONS and _is_numbered_other(row, last, meanings[last]):
                yield self._without_name(table, line, last)
            elif self._header_complete and all(map(_only_gathers, (meanings[index] for index in known))):
                self._remember_groups(meanings)
            else:
                self._remember_header(row, meanings)

    def rest(self) -> list[RowReading]:
        """Return the rows of a section four that breaks off before its last figure: found, but not to be read."""
        return dispute_rows([], self._header_texts) if self._disputes else []

    def _row_label(self, meanings: Sequence[Meaning], known: Sequence[int]) -> tuple[int, RowLabel | None]:
        """Tell which row the labels of a row mean: the innermost, whatever groups are printed around it.

        ``其他`` and ``总计`` are rows only in their group and table; two different rows make a header.
        """
        if len(known) == 1 and (row := meanings[known[0]].only_row):
            return known[0], row
        with_rows = [index for index in reversed(known) if meanings[index].rows]
        at = next((index for index in with_rows if not meanings[index].groups), with_rows[0] if with_rows else -1)
        if at < 0:
            return at, None
        behind = [group for index in known if index > at for _, group in meanings[index].groups]
        if any(not stands_in(group_of(meanings[at].rows[0]), group) for group in behind):
            return at, None
        for other in [meanings[index] for index in known if index != at]:
            if (other.columns and not other.rows) or (other.rows and not other.groups and other != meanings[at]):
                return at, None
        printed = [group for index in known if index != at for _, group in meanings[index].groups]
        innermost = [group for group in printed if all(stands_in(group, other) for other in printed)]
        self._group = next(iter(innermost or printed), self._group)
        rows = meanings[at].rows
        if meanings[at].columns:
            rows = tuple(row for row in rows if row.table is self._table and stands_in(self._group, group_of(row)))
        return at, next(iter(rows), None)

    @staticmethod
    def _plausible(label: RowLabel, printed: str, values: Sequence[str]) -> bool:
        """Tell whether a row may be one of the form: a mere 总计 or 其他 without a full row of values is any's."""
        if len(values) >= FEWEST_VALUES[label] and label.table is not TableCode.DISPUTES:
            return True
        if meaning_of(printed).columns and not is_numbered(printed):
            return False
        return any(read_figure(text).state in WRITTEN for text in values)

    def _reading(self, table: Table, line: Row, at: int, label: RowLabel) -> RowReading:
        self._complete_header()
        return RowReading(
            label.table,
            label.row,
            line.texts[at],
            line.placed(since=at + 1),
            self._header_texts,
            self._order,
            table.hidden,
            self._header,
            beside=line.beside,
        )

    def _remember_header(self, row: tuple[str, ...], meanings: Sequence[Meaning]) -> None:
        if self._header_complete:
            self._header, self._header_complete = (), False
        self._header = (*self._header, row)
        self._table = next((meaning.only_table for meaning in meanings if meaning.only_table), self._table)
        self._remember_groups(meanings)

    def _remember_groups(self, meanings: Sequence[Meaning]) -> None:
        for meaning in meanings:
            for _, group in meaning.groups:
                self._group = group

    def _complete_header(self) -> None:
        if self._header_complete or self._table is None:
            return
        self._header_complete = True
        self._header_texts = (*(text for row in self._header for text in row), self.caption)
        self._order = column_order(self._header, self._table)

    def _unlabelled(self, table: Table, line: Row) -> Iterator[RowReading]:
        """Read a row without any known label: the figures of section four, or a label that lost characters."""
        if not self._has_header_of_disputes() and self._opens_disputes(line.texts):
            self._table, self._header, self._header_complete = TableCode.DISPUTES, ((),), False
        if self._has_header_of_disputes():
            yield from self._line_of_disputes(table, line)
        elif self._above and (values := _further_line(line)):
            yield from dispute_rows(values, self._above, table.hidden)
        elif self._table is not None:
            at = _unknown_label(line.texts, 1 if self._table is TableCode.PROACTIVE else _APPLICANT_COLUMNS)
            if at is not None:
                yield self._reading(table, line, at, RowLabel(self._table, ""))
            elif self._table is TableCode.APPLICATIONS and _is_full(line.texts):
                yield self._without_name(table, line, -1)

    def _without_name(self, table: Table, line: Row, at: int) -> RowReading:
        """Read a row of section three whose label, at ``at``, does not tell it, or stands elsewhere."""
        reading = self._reading(table, line, at, RowLabel(TableCode.APPLICATIONS, ""))
        return replace(reading, label=line.texts[at] if at >= 0 else "")

    def _has_header_of_disputes(self) -> bool:
        return self._table is TableCode.DISPUTES and bool(self._header) and not self._header_complete

    def _opens_disputes(self, texts: Sequence[str]) -> bool:
        """Tell whether figures stand below the heading of section four without any header."""
        heading, self.heading = self.heading, ""
        return bool(heading) and len(texts) >= DISPUTE_FIGURES and _unknown_label(texts, 0) is None

    def _line_of_disputes(self, table: Table, line: Row) -> list[RowReading]:
        texts = line.texts
        if len(texts) < DISPUTE_FIGURES and all(read_figure(text).state is BLANK for text in texts):
            return []
        if len(texts) < DISPUTE_FIGURES and texts[0] and year_named(texts[0]) is not None:
            return []
        self._disputes += line.placed()
        if len(self._disputes) < DISPUTE_FIGURES:
            return []
        self._complete_header()
        reading = RowReading(TableCode.DISPUTES, "", "", self._disputes, header_lines=self._header)
        self._table, self._disputes, self._above = None, [], self._header_texts
        values = figures_of_line(reading)
        return dispute_rows(values, self._header_texts, table.hidden, beside=line.beside)


class _Labels(NamedTuple):
    """What the texts of a row can mean, up to ``end``, which of them the forms know, and where a damaged one stands.

    ``number_columns`` tells that they are no more than the numbers of columns.
    """

    end: int
    meanings: tuple[Meaning, ...]
    known: tuple[int, ...]
    damaged: int | None
    number_columns: bool


@lru_cache(maxsize=ROWS_KEPT)
def _labels_of(texts: tuple[str, ...]) -> _Labels:
    meanings, end = tuple(map(meaning_of, texts)), len(texts)
    known = tuple([index for index, meaning in enumerate(meanings) if meaning.known])
    if len(known) > 1 and _ends_in_stray_header(texts, meanings, known):
        end, known = known[-1], known[:-1]
    damaged = _damaged_label(texts[:end], known[-1], meanings[known[-1]]) if known else None
    return _Labels(end, meanings[:end], known, damaged, numbers_columns(texts))


def _further_line(line: Row) -> list[PlacedText]:
    """Return the figures of another line below those of section four: what it counts is not told, nor which holds.

    One that compares years, or checks the figures, or is another year's says nothing.
    """
    at = next((cell for cell, text in enumerate(line.texts) if read_figure(text).state in WRITTEN), len(line.texts))
    label = compact("".join(line.texts[:at]))
    values = line.placed(since=at)[:DISPUTE_FIGURES]
    is_aside = _CHECK.search(label) or COMPARISON.fullmatch(label) or year_named(label) is not None
    is_whole = len(values) == DISPUTE_FIGURES and all(read_figure(value[0]).state in WRITTEN for value in values)
    return values if is_whole and not is_aside else []


def _is_full(texts: Sequence[str]) -> bool:
    """Tell whether texts begin with a figure, or a sign for none, for every column of section three."""
    return len(texts) >= _APPLICANT_COLUMNS and all(
        read_figure(text).state in WRITTEN for text in texts[:_APPLICANT_COLUMNS]
    )


def _is_numbered_other(row: Sequence[str], last: int, meaning: Meaning) -> bool:
    """Tell whether a row of figures is labelled 3.其他, which is a row in its group only."""
    return bool(meaning.rows and meaning.columns) and is_numbered(row[last]) and _is_full(row[last + 1 :])


def _only_gathers(meaning: Meaning) -> bool:
    """Tell whether a label is that of a group of outcomes: on a row without figures, it leaves the header in force."""
    return meaning.only_table is TableCode.APPLICATIONS and bool(meaning.groups) and not meaning.columns


def _ends_in_stray_header(row: Sequence[str], meanings: Sequence[Meaning], known: Sequence[int]) -> bool:
    """Tell whether a column's label stands behind the figures, pushed down there by spans that do not meet.

    A label that is a row of the group printed before it (3.其他 in (六)其他处理) has a running number before it.
    """
    before, end = known[-2:]
    groups = {group for _, group in meanings[before].groups}
    if (
        not meanings[end].columns
        or any(row[end + 1 :])
        or any(group_of(label) in groups for label in meanings[end].rows)
    ):
        return False
    return read_figure(row[end - 1]).state in WRITTEN or end - before > _APPLICANT_COLUMNS


def _damaged_label(row: Sequence[str], last: int, meaning: Meaning) -> int | None:
    """Return the place of an unknown label between the label of a group or block and figures, if one stands there.

    A group may have further texts behind it: only a full row of figures tells a label.
    """
    if not meaning.groups and (meaning.rows or meaning.columns):
        return None
    at = _unknown_label(row[last + 1 :])
    if at is None or (meaning.groups and len(row) - (last + 1 + at) <= _APPLICANT_COLUMNS):
        return None
    return last + 1 + at


def _unknown_label(row: Sequence[str], blanks: int = _APPLICANT_COLUMNS) -> int | None:
    """Return the place of the text right before the row's figures, or before at least so many blanks.

    Behind a full row of figures a remark may stand.
    """
    states = [read_figure(text).state for text in row]
    unreadable = [at for at, state in enumerate(states) if state is UNREADABLE]
    if len(unreadable) > 1 and unreadable[-1] == len(row) - 1 and len(row) - 2 - unreadable[-2] >= _APPLICANT_COLUMNS:
        unreadable.pop()
    at = unreadable[-1] if unreadable else None
    if at is None or not (len(states) - at > blanks or WRITTEN & set(states[at:])):
        return None
    return at
