"""Which column each value of a row stands in: told by the header, else by position where nothing contradicts it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tasks.extract.figures import read_figure
from tasks.extract.report import BLANK, DASH, NUMBER, UNREADABLE
from tasks.extract.tables.alignment import ValueRow, align, is_begin_told, without_running_numbers
from tasks.extract.tables.headers import APPLICANT_GROUP_CODE, column_order, heading_of, is_order_lost
from tasks.extract.tables.readings import PlacedText, RowReading
from tasks.extract.vocabulary import editions_told, meaning_of
from warehouse.forms import APPLICANT_PARTS, STATUTORY_EDITIONS, Block, Column, Form, TableCode

Rows = Mapping[str, RowReading]
"""The rows of one table by row code."""
Placed = dict[str, list[tuple[Column, PlacedText]]]
"""The values of rows with their columns, by row code."""
_LONGEST_HEADING = 8
"""Characters of a text among headings above which it heads no column, but the labels of rows, moved there by spans."""
_OUTER_COLUMNS = 3
"""Cells of a row of section three in which those of all organisations are one."""
_NOTHING = frozenset({BLANK, DASH, NUMBER})
_AGREEING = 4
"""Rows whose sums agree, for each whose do not, where these alone tell which of the cells are the form's."""


class Placement:
    """The values of one table in their columns, the rows whose columns stay unclear, and those of another edition."""

    def __init__(self, form: Form, rows: Rows) -> None:
        self._form = form
        self.values: Placed = {}
        self.unclear: list[str] = []
        self.of_another_edition: list[str] = []
        readings = without_running_numbers([rows[code] for code in form.rows if code in rows])
        readings = [_with_group_spread(reading) for reading in _without_additions(form, readings)]
        by_position = self._place_by_name(readings)
        self._place_by_position(by_position)

    def take_columns_from(self, others: Sequence["Placement"]) -> None:
        """Add the columns of section three that stand in tables of their own, if they are all that lack and add up."""
        if self._form.table is not TableCode.APPLICATIONS or not others:
            return
        columns = list(self._form.columns.values())
        whole = dict(self.values)
        for other in others:
            if other.values.keys() != whole.keys():
                return
            if not all(_has_other_columns(row, other.values[code]) for code, row in whole.items()):
                return
            whole = {code: [*row, *other.values[code]] for code, row in whole.items()}
        whole = {code: sorted(row, key=lambda pair: columns.index(pair[0])) for code, row in whole.items()}
        if all(len(row) == len(columns) for row in whole.values()) and _sums_surely_agree(whole.values()):
            self.values = whole

    def _place_by_name(self, readings: Sequence[RowReading]) -> list[ValueRow]:
        """Place the rows whose header names every column; return the others."""
        is_applications = self._form.table is TableCode.APPLICATIONS
        is_lost = is_applications and any(is_order_lost(reading.header) for reading in readings)
        remarks = _ends_in_remarks(readings)
        others: list[ValueRow] = []
        for reading in readings:
            block = self._form.block_of(reading.row)
            columns = block.columns
            if _is_of_another_edition(self._form, reading):
                self.of_another_edition.append(reading.label)
            elif by_name := _by_name(block, reading):
                self.values[reading.row] = by_name
            elif reading.unclear or is_lost or remarks or _names_twice(reading) or _contradicts(columns, reading):
                self.unclear.append(reading.label)
            else:
                others.append(ValueRow(reading, _in_order_of_header(columns, reading)))
        return others

    def _place_by_position(self, rows: Sequence[ValueRow]) -> None:
        """Place rows in the order of the form; where no header says that it holds, only if the sums agree.

        Where cells are left over, and rows tell by no figure where they begin, what they end in may be a sign of a
        further column.
        """
        unconfirmed: Placed = {}
        tells_begin: list[bool] = []
        for row, starts in zip(rows, align(rows), strict=True):
            if len(starts) == 1:
                values = row.reading.values[starts[0] : starts[0] + len(row.columns)]
                of_form = self._form.block_of(row.reading.row).columns
                pairs = sorted(zip(row.columns, values, strict=True), key=lambda pair: of_form.index(pair[0]))
                is_told = is_begin_told(row, starts[0])
                confirmed = is_told and row.reading.columns == tuple(column.code for column in row.columns)
                (self.values if confirmed else unconfirmed)[row.reading.row] = pairs
                if not is_told and any(text for text, *_ in values):
                    tells_begin.append(bool(values[0][0]) or any(_sums([pairs])))
            elif starts:
                self.unclear.append(row.reading.label)
        is_open = bool(tells_begin) and not any(tells_begin)
        if self._form.table is TableCode.PROACTIVE or (_sums_agree(unconfirmed.values()) and not is_open):
            self.values |= unconfirmed
        else:
            self.unclear += (row.reading.label for row in rows if row.reading.row in unconfirmed)


def _has_other_columns(row: Sequence[tuple[Column, PlacedText]], other: Sequence[tuple[Column, PlacedText]]) -> bool:
    return not {column.code for column, _ in row} & {column.code for column, _ in other}


def _without_additions(form: Form, readings: Sequence[RowReading]) -> Sequence[RowReading]:
    """Leave out what stands behind the columns of section three, if these are named first, once, and their sums agree.

    Columns that check the figures (校验, 差额) are often headed in the line below 法人或其他组织, as if within it. Rows
    that have no sum, and have something else behind the columns than those with one, may begin elsewhere.
    """
    columns = tuple(form.columns.values())
    of_form = tuple(column.code for column in columns)
    if form.table is not TableCode.APPLICATIONS or not readings:
        return readings
    named = [[code for code in reading.columns or () if code] for reading in readings]
    added = [len(reading.columns or ()) > len(columns) < len(reading.values) for reading in readings]
    if not all(added) or any(tuple(codes) != of_form for codes in named):
        return readings
    first = [replace(reading, values=reading.values[: len(columns)], columns=of_form) for reading in readings]
    rows = [list(zip(columns, reading.values, strict=True)) for reading in first]
    if not _sums_surely_agree(rows):
        return readings
    behind = [tuple(text for text, *_ in reading.values[len(columns) :]) for reading in readings]
    usual = {texts for texts, row in zip(behind, rows, strict=True) if _sums([row])[0]}
    return [
        left if texts in usual or any(_sums([row])) else reading
        for reading, left, texts, row in zip(readings, first, behind, rows, strict=True)
    ]


def _with_group_spread(reading: RowReading) -> RowReading:
    """Give each column of organisations the one cell that stands for all of them and holds nothing, or nought.

    It stands below the heading of them all, in a row with as many cells as the line of that heading.
    """
    named, values = reading.columns or (), reading.values
    if len(named) <= len(values) or len(values) != _OUTER_COLUMNS:
        return reading
    lines = ([cell for cell in map(heading_of, line) if cell] for line in reading.header_lines)
    line = next((line for line in lines if APPLICANT_GROUP_CODE in line), [])
    by_code = dict(zip(line, values, strict=False))
    state, value, _ = read_figure(by_code.get(APPLICANT_GROUP_CODE, ("?",))[0])
    if len(line) != len(values) or len(by_code) != len(line) or (value or state not in _NOTHING):
        return reading
    spread = [by_code.get(code or "", by_code[APPLICANT_GROUP_CODE]) for code in named]
    is_whole = {*named} >= {*APPLICANT_PARTS} and None not in named
    return replace(reading, values=spread) if is_whole else reading


def _by_name(block: Block, reading: RowReading) -> list[tuple[Column, PlacedText]]:
    """Use a header that names every column, or one of another length; else it is another block's and says nothing."""
    named, columns, in_order = reading.columns, block.columns, block.codes
    if named == in_order and len(named) == len(reading.values):
        return list(zip(columns, reading.values, strict=True))
    values = _below_columns(reading)
    if named and {*in_order} <= set(named) and _fills(values, len(named)):
        values = values[: len(named)]
    if not named or len(named) != len(values):
        return []
    if named == in_order:
        return list(zip(columns, values, strict=True))
    codes = set(in_order)
    if _names_twice(reading) or not (codes <= set(named) or (len(named) != len(columns) and codes & set(named))):
        return []
    by_code = dict(zip(named, values, strict=True))
    return [(column, by_code[column.code]) for column in columns if column.code in by_code]


def _below_columns(reading: RowReading) -> list[PlacedText]:
    """Return the values below the columns that the header names last, where the row has as many cells as the header.

    What stands before them, no figure, is below the headings of labels.
    """
    values, named = reading.values, reading.columns or ()
    line = reading.header_lines[-1] if reading.header_lines else ()
    before = len(values) - len(named)
    if before <= 0 or not named or values[0][1].cell + len(values) != len(line) or not all(line[-len(named) :]):
        return values
    heads_labels = values[0][1].cell + before
    if column_order((line,), reading.table) != named or any(meaning_of(text).columns for text in line[:heads_labels]):
        return values
    if any(read_figure(text).state is NUMBER for text, *_ in values[:before]):
        return values
    return values[before:]


def _fills(values: Sequence[PlacedText], count: int) -> bool:
    """Tell whether the first values, and they alone, are written."""
    return all(text for text, *_ in values[:count]) and not any(text for text, *_ in values[count:])


def _in_order_of_header(columns: tuple[Column, ...], reading: RowReading) -> tuple[Column, ...]:
    """Return the form's columns in the order in which a header names each of them once, else in the form's."""
    by_code = {column.code: column for column in columns}
    named = [by_code[code] for code in reading.columns or () if code in by_code]
    return tuple(named) if len(named) == len(by_code) == len(reading.columns or ()) else columns


def _contradicts(columns: tuple[Column, ...], reading: RowReading) -> bool:
    """Tell whether a header that does not name all columns has those that it names in another order than the form."""
    if _in_order_of_header(columns, reading) is not columns:
        return False
    named, places = reading.columns or (), {column.code: place for place, column in enumerate(columns)}
    found = [places[code] for code in named if code in places]
    unknown = [text for line in reading.header_lines for text in line if not meaning_of(text).known]
    is_moved = any(len(text) > _LONGEST_HEADING for text in unknown)
    in_place = is_moved or all(code is None or places.get(code) == at for at, code in enumerate(named))
    return found != sorted(found) or (len(named) == len(columns) and bool(found) and not in_place)


def _names_twice(reading: RowReading) -> bool:
    """Tell whether the header has a column twice, as where two years stand side by side, with different figures."""
    named = reading.columns or ()
    if len(named) != len(reading.values):
        codes = [code for code in named if code]
        return len(codes) > len(set(codes))
    texts: dict[str, str] = {}
    return any(
        code and texts.setdefault(code, placed[0]) != placed[0]
        for code, placed in zip(named, reading.values, strict=True)
    )


def _sums_agree(rows: Iterable[Sequence[tuple[Column, PlacedText]]]) -> bool:
    """Tell whether the last figure is the sum of those before it in at least half of the rows that have figures."""
    agreeing, contradicting = _sums(rows)
    return agreeing >= contradicting


def _sums_surely_agree(rows: Iterable[Sequence[tuple[Column, PlacedText]]]) -> bool:
    """Tell whether the sums agree in so many rows that they alone tell which of the cells are the form's."""
    agreeing, contradicting = _sums(rows)
    return agreeing >= _AGREEING * max(contradicting, 1)


def _sums(rows: Iterable[Sequence[tuple[Column, PlacedText]]]) -> tuple[int, int]:
    """Return in how many rows the last figure is the sum, not zero, of those before it, and in how many it is not."""
    agreeing = contradicting = 0
    for row in rows:
        figures = [read_figure(placed[0]) for _, placed in row]
        if any(figure.state is UNREADABLE for figure in figures):
            continue
        *parts, total = (figure.value or 0 for figure in figures)
        agreeing += total != 0 and sum(parts) == total
        contradicting += sum(parts) != total
    return agreeing, contradicting


def _ends_in_remarks(readings: Sequence[RowReading]) -> bool:
    """Tell whether a column that is not of the form, such as 备注, says the same behind the figures of every row.

    Where the header does not tell how far it reaches, its cells could be taken for figures.
    """
    if not readings or not all(each.columns and each.columns[-1] is None for each in readings):
        return False
    written = [figures for each in readings if (figures := each.figures)]
    remarks = {figures[-1] for figures in written}
    return len(remarks) == 1 and any(text not in remarks for figures in written for text in figures)


def _is_of_another_edition(form: Form, reading: RowReading) -> bool:
    if form.table is not TableCode.PROACTIVE:
        return False
    return form.edition not in (editions_told(reading.header) or set(STATUTORY_EDITIONS))
