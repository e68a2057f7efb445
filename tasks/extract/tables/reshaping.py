"""Tables printed in another shape than that of the form, brought into it: each row a label and its figures.

Only what labels name is moved; of a table that is no plain instance of a shape, nothing is.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tasks.extract.documents import Table
from tasks.extract.figures import MONEY_UNITS, read_figure
from tasks.extract.report import UNREADABLE, Place
from tasks.extract.tables.readings import WRITTEN
from tasks.extract.tables.rows import ROWS_KEPT, Row
from tasks.extract.vocabulary import RowLabel, group_of, meaning_of, stands_in
from warehouse.forms import FORMS, Edition, TableCode
from warehouse.labels import is_numbered

_APPLICANTS = frozenset(
    (TableCode.APPLICATIONS, column) for column in FORMS[TableCode.APPLICATIONS, Edition.E2021].columns
)
_WAYS = tuple(RowLabel(TableCode.DISPUTES, row) for row in FORMS[TableCode.DISPUTES, Edition.E2021].rows)
_RESULTS = tuple(FORMS[TableCode.DISPUTES, Edition.E2021].columns)
_UNITS = frozenset({*MONEY_UNITS, "件", "条", "项", "个", "宗"})
_OF_APPLICANT = re.compile(r"[(（]申请人(?:类型|类别|情况)?[:：]\s*([^()（）]+)[)）]\s*$")
_LABEL_AND_FIGURE = 2
_FEWEST_COLUMNS = 4
"""Cells that a half of a folded table has at least."""


def rows_of(table: Table) -> list[Row]:
    """Return the rows of a table in the shape of the form."""
    rows = [Row.of(table.ordinal, ordinal, texts) for ordinal, texts in enumerate(table.rows)]
    signs = [_signs(row.texts) for row in rows]
    if not any(sign.of_another_shape for sign in signs) and sum(sign.of_column for sign in signs) < len(_RESULTS):
        return rows
    rows = [part for row in rows for part in _parted_by_lines(row)]
    return _disputes_turned(_transposed(_one_figure_a_row(_unfolded(_under_its_applicant(rows)))))


class _Signs(NamedTuple):
    """What tells of another shape: a row alone, or that as many as there are results begin with a column's label."""

    of_another_shape: bool
    of_column: bool


@lru_cache(maxsize=ROWS_KEPT)
def _signs(texts: tuple[str, ...]) -> _Signs:
    """Ask a row what each shape begins with; without any sign no row is moved."""
    row = Row.of(0, 0, texts)
    named = _named_figure(row, None)
    of_another_shape = (
        len(_parted_by_lines(row)) > 1
        or _OF_APPLICANT.search("".join(texts)) is not None
        or _half_of_header(texts) > 0
        or (named is not None and bool(named.labels.texts))
        or _applicant_line(row) is not None
    )
    return _Signs(of_another_shape, bool(texts) and bool(meaning_of(texts[0]).columns))


def _under_its_applicant(rows: list[Row]) -> list[Row]:
    """Head the one column of a table of section three by the applicant that its title names: （申请人：自然人）."""
    title = "".join(rows[0].texts) if rows else ""
    named = _OF_APPLICANT.search(title)
    applicant = named and next((code for code in meaning_of(named[1]).columns if code in _APPLICANTS), None)
    if not named or not applicant or len(rows) < _FEWEST_COLUMNS:
        return rows
    head, *below = rows[1:]
    if len(head.texts) != _LABEL_AND_FIGURE or any(meaning_of(text).columns for text in head.texts):
        return rows
    return [rows[0], head._replace(texts=(head.texts[0], named[1])), *below]


def _parted_by_lines(row: Row) -> list[Row]:
    """Part a row whose label is as many labels of rows, a line each, as all its figures have lines."""
    if "\n" not in "".join(row.texts):
        return [row]
    lines = [text.split("\n") for text in row.texts]
    at = next((at for at, texts in enumerate(lines) if len(texts) > 1 and all(_is_row(text) for text in texts)), None)
    if at is None or any(len(texts) != len(lines[at]) for texts in lines[at:]) or at + 1 == len(lines):
        return [row]
    before = row.only(range(at))
    places = row.places[at:]
    parts = [Row(tuple([texts[line].strip() for texts in lines[at:]]), places) for line in range(len(lines[at]))]
    return [Row((*before.texts, *parts[0].texts), [*before.places, *parts[0].places]), *parts[1:]]


def _is_row(text: str) -> bool:
    return bool(meaning_of(text).rows)


def _unfolded(rows: list[Row]) -> list[Row]:
    """Put the right half of a folded table, under the same header, behind the left one."""
    left: list[Row] = []
    right: list[Row] = []
    half = 0
    for row in rows:
        half = _half_of_header(row.texts) or half
        if half and len(row.texts) == 2 * half:
            left.append(row.until(half))
            right.append(row.only(range(half, 2 * half)))
        else:
            left += (*right, row)
            right, half = [], 0
    return [*left, *(row for row in right if any(row.texts))]


def _half_of_header(texts: Sequence[str]) -> int:
    """Return how long the half of a header is whose other half says the same, 0 of any other line."""
    half, rest = divmod(len(texts), 2)
    if half < _FEWEST_COLUMNS or rest or texts[:half] != texts[half:]:
        return 0
    columns = [column for text in texts[:half] for column in meaning_of(text).columns & _APPLICANTS]
    return half if len(columns) == len(_APPLICANTS) == len(set(columns)) else 0


class _NamedFigure(NamedTuple):
    """A line with one figure: the labels of its row, if the line has them, that of its column, and the figure."""

    line: Row
    table: TableCode
    labels: Row
    column: Row
    figure: Row


def _one_figure_a_row(rows: list[Row]) -> list[Row]:
    """Gather the figures of a row that stand one below another, each behind the label of its column."""
    gathered: list[Row] = []
    waiting: list[_NamedFigure] = []
    for row in rows:
        found = _named_figure(row, waiting[-1].table if waiting else None)
        if waiting and not (found and found.table is waiting[0].table and _is_of_row(found, waiting[0])):
            gathered += _in_one_row(waiting)
            waiting = []
        if found is None or not (waiting or found.labels.texts):
            gathered.append(row)
        else:
            waiting.append(found)
    return [*gathered, *_in_one_row(waiting)]


def _is_of_row(found: _NamedFigure, first: _NamedFigure) -> bool:
    return not found.labels.texts or found.labels.texts == first.labels.texts


def _named_figure(row: Row, table: TableCode | None) -> _NamedFigure | None:
    """Take apart a line that ends in the label of a column and one figure, below lines of a table or none.

    A label that may be a row's as well (总计, 其他) is a column's only behind that of a row, or below others, and
    without a running number (3.其他) or a whole row of cells behind it.
    """
    texts = row.texts
    filled = [cell for cell, text in enumerate(texts) if text]
    unit = texts[filled.pop()] if len(filled) > 2 and texts[filled[-1]] in _UNITS else ""
    if len(filled) < 2 or read_figure(texts[filled[-1]]).state not in WRITTEN:
        return None
    *before, column, figure = filled
    meant = meaning_of(texts[column])
    if not meant.columns or (meant.rows and (is_numbered(texts[column]) or len(texts) - column > len(_APPLICANTS))):
        return None
    for of in {code: None for code, _ in meant.columns}:
        labels = [cell for cell in before if any(label.table is of for label in meaning_of(texts[cell]).rows)]
        if (labels or not before) and (not meant.rows or labels or table is of):
            groups = [cell for cell in before if any(code is of for code, _ in meaning_of(texts[cell]).groups)]
            printed = row.only([figure])
            if unit in MONEY_UNITS:
                printed = printed._replace(texts=(texts[figure] + unit,))
            return _NamedFigure(row, of, row.only(sorted({*groups, *labels})), row.only([column]), printed)
    return None


def _in_one_row(waiting: Sequence[_NamedFigure]) -> list[Row]:
    if not waiting:
        return []
    if len(waiting) == 1 and waiting[0].table is not TableCode.PROACTIVE:
        return [waiting[0].line]
    labels = waiting[0].labels
    header, figures = Row(("",), [labels.places[0]]), labels
    for *_, column, figure in waiting:
        header = Row((*header.texts, *column.texts), [*header.places, *column.places])
        figures = Row((*figures.texts, *figure.texts), [*figures.places, *figure.places])
    return [header, figures]


def _transposed(rows: list[Row]) -> list[Row]:
    """Turn section three where its columns are the rows, and its rows the columns, of a table."""
    begin = next((at for at, row in enumerate(rows) if _applicant_line(row)), None)
    if begin is None or begin == 0:
        return rows
    end = begin + len(_APPLICANTS)
    lines = [_applicant_line(row) for row in rows[begin:end]]
    labels = _labels_across([row.texts for row in rows[:begin]])
    columns = {line[0] for line in lines if line}
    if (
        len(columns) < len(_APPLICANTS)
        or not labels
        or any(line and len(line[2].texts) != len(labels) for line in lines)
    ):
        return rows
    corner = Place(rows[begin].places[0].table, 0, 0)
    header = Row(
        ("", *(line[1].texts[0] for line in lines if line)), [corner, *(line[1].places[0] for line in lines if line)]
    )
    turned = [
        Row(
            (label, *(line[2].texts[at] for line in lines if line)),
            [corner, *(line[2].places[at] for line in lines if line)],
        )
        for at, label in enumerate(labels)
    ]
    return [header, *turned, *rows[end:]]


def _applicant_line(row: Row) -> tuple[str, Row, Row] | None:
    """Return the column that a line of many figures has as its label, this label, and the figures behind it."""
    first = len(row.texts) - len(_APPLICANTS) - 1
    if first <= 0 or any(map(_is_unreadable, row.texts[first:])):
        return None
    at = next((cell for cell in reversed(range(first)) if _is_unreadable(row.texts[cell])), None)
    if at is None:
        return None
    column = next((code for table, code in meaning_of(row.texts[at]).columns if table is TableCode.APPLICATIONS), None)
    return (column, row.only([at]), row.only(range(at + 1, len(row.texts)))) if column else None


def _is_unreadable(text: str) -> bool:
    return read_figure(text).state is UNREADABLE


def _labels_across(header: Sequence[Sequence[str]]) -> list[str]:
    """Return the labels of the rows of section three that a header names across, all of one edition, or none.

    The labels of a group's rows, and of groups in it, stand in the line below, in its place.
    """
    lines = [[text for text in line if meaning_of(text).rows or meaning_of(text).groups] for line in header]
    found = _named_below(lines, 0, None)
    codes = [row.row for _, row in found]
    is_whole = any(table is TableCode.APPLICATIONS and codes == list(form.rows) for (table, _), form in FORMS.items())
    return [label for label, _ in found] if is_whole and not any(lines) else []


def _named_below(lines: Sequence[list[str]], depth: int, group: str | None) -> list[tuple[str, RowLabel]]:
    """Take from a line the labels that stand in a group, and for each that is one itself those in it."""
    found: list[tuple[str, RowLabel]] = []
    line = lines[depth] if depth < len(lines) else []
    while line:
        meaning = meaning_of(line[0])
        row = next((row for row in meaning.rows if row.table is TableCode.APPLICATIONS and _is_in(row, group)), None)
        groups = [code for table, code in meaning.groups if table is TableCode.APPLICATIONS]
        inner = next((code for code in groups if group is None or (code != group and stands_in(code, group))), None)
        if row is None and inner is None:
            break
        label = line.pop(0)
        below = _named_below(lines, depth + 1, inner) if inner else []
        found += below or ([(label, row)] if row else [])
    return found


def _is_in(row: RowLabel, group: str | None) -> bool:
    return group is None or stands_in(group_of(row), group)


def _disputes_turned(rows: list[Row]) -> list[Row]:
    """Turn section four where results are the rows, and its ways the columns, of a table; further columns are left out.

    What stands in it is one line of figures, below the ways and the results that they are of.
    """
    for begin, head in enumerate(rows):
        ways = {label.row: at for at, text in enumerate(head.texts) if (label := meaning_of(text).only_row) in _WAYS}
        body = rows[begin + 1 : begin + 1 + len(_RESULTS)]
        if len(ways) == len(_WAYS) and all(len(row.texts) == len(head.texts) for row in body):
            named = {code: row for row in body for table, code in meaning_of(row.texts[0]).columns if code in _RESULTS}
            if len(named) == len(_RESULTS) == len(body):
                cells = [(ways[way.row], result) for way in _WAYS for result in _RESULTS]
                above = head.only([ways[way.row] for way in _WAYS])
                results = Row(
                    tuple([named[one].texts[0] for _, one in cells]), [named[one].places[0] for _, one in cells]
                )
                line = Row(
                    tuple([named[one].texts[at] for at, one in cells]), [named[one].places[at] for at, one in cells]
                )
                return [*rows[:begin], above, results, line, *rows[begin + 1 + len(body) :]]
    return rows
