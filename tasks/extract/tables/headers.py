"""Which column stands where, told by the header of a table."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tasks.extract.vocabulary import meaning_of
from warehouse.forms import APPLICANT_GROUP, FORMS, Edition, TableCode
from warehouse.labels import label_key

APPLICANTS = "申请人情况"
"""The heading of all columns of section three."""
_APPLICANTS = tuple(FORMS[TableCode.APPLICATIONS, Edition.E2021].columns)
_OUTER = (_APPLICANTS[0], _APPLICANTS[-1])
_SUBTOTAL = "小计"
APPLICANT_GROUP_CODE = "group"
"""Stands for 法人或其他组织 among the columns of section three."""
DISPUTE_ORDER = tuple(FORMS[TableCode.DISPUTES, Edition.E2021].columns)


def _codes_by_key(table: TableCode) -> dict[str, str]:
    codes = {key: column.code for column in FORMS[table, Edition.E2021].columns.values() for key in column.label.keys}
    return codes | (
        dict.fromkeys(APPLICANT_GROUP.keys, APPLICANT_GROUP_CODE) if table is TableCode.APPLICATIONS else {}
    )


_CODES = {table: _codes_by_key(table) for table in (TableCode.APPLICATIONS, TableCode.DISPUTES)}
_KEYS = {
    table: re.compile("|".join(map(re.escape, sorted(codes, key=len, reverse=True)))) for table, codes in _CODES.items()
}


def columns_in_text(texts: Sequence[str], table: TableCode) -> tuple[str, ...]:
    """Return the columns of section three or four that texts name in reading order, wherever their labels are broken.

    The columns of organizations stand in the place of their common heading, 法人或其他组织.
    """
    named = _named(tuple(texts), table)
    if APPLICANT_GROUP_CODE not in named:
        return named
    if is_order_lost(texts):
        return ()
    at = named.index(APPLICANT_GROUP_CODE)
    if at == 0 and named[1 : len(_APPLICANTS)] == _APPLICANTS[:-1]:
        return named[1:]
    below = [code for code in named[at + 1 :] if code in _APPLICANTS[1:-1]]
    others = [code for code in named[at + 1 :] if code not in _APPLICANTS[1:-1]]
    return (*named[:at], *below, *others)


def is_order_lost(texts: Sequence[str]) -> bool:
    """Tell whether texts name 法人或其他组织 first of all columns, and others between it and its own.

    So it is where headings over two lines stand between these: on which side of the others, the text does not say.
    """
    first, *others = (*_named(tuple(texts), TableCode.APPLICATIONS), "")
    return (
        first == APPLICANT_GROUP_CODE and sorted(others[: len(_OUTER)]) == sorted(_OUTER) and _APPLICANTS[1] in others
    )


def may_be_in_order(texts: Sequence[str]) -> bool:
    """Tell whether texts name columns of section three, as far as they name them whole, in the order of the form.

    The columns of organizations stand in the place of 法人或其他组织, or on one line between the others, below it.
    """
    named = _named(tuple(texts), TableCode.APPLICATIONS)
    end = named.index(_APPLICANTS[-1]) + 1 if _APPLICANTS[-1] in named else 0
    on_line = [code for code in named[:end] if code != APPLICANT_GROUP_CODE]
    orders = [columns_in_text(texts, TableCode.APPLICATIONS), *([on_line] if len(on_line) > len(_OUTER) else [])]
    places = [[_APPLICANTS.index(code) for code in order if code in _APPLICANTS] for order in orders]
    return APPLICANT_GROUP_CODE not in named or any(at and at == sorted(set(at)) for at in places)


@lru_cache(maxsize=512)
def _named(texts: tuple[str, ...], table: TableCode) -> tuple[str, ...]:
    """Return the columns that texts name in reading order, and where 法人或其他组织 stands among them."""
    joined = "".join(map(label_key, texts))
    if table is TableCode.APPLICATIONS:
        joined = joined[max(joined.rfind(APPLICANTS), 0) :]
    return tuple([_CODES[table][match[0]] for match in _KEYS[table].finditer(joined)])


def order_in_text(texts: Sequence[str], table: TableCode) -> tuple[str, ...] | None:
    """Return the order of a table's columns as the texts before its first row name it, if they name each once."""
    if table is TableCode.PROACTIVE:
        return None
    form = _APPLICANTS if table is TableCode.APPLICATIONS else DISPUTE_ORDER
    named = columns_in_text(texts, table)
    named = named[-len(form) :] if table is TableCode.DISPUTES else named
    return named if sorted(named) == sorted(form) else None


@lru_cache(maxsize=512)
def column_order(header: tuple[tuple[str, ...], ...], table: TableCode) -> tuple[str | None, ...] | None:
    """Return the column codes that a header gives its values, ``None`` for columns it does not name.

    Returns ``None`` where the header is lost or does not tell.
    """
    if not header:
        return None
    if table is not TableCode.APPLICATIONS:
        return _columns_of_line(header[-1], table)
    if any(_is_displaced(line) for line in header):
        return None
    return _without_labels(_applicant_columns(header))


def _columns_of_line(line: Sequence[str], table: TableCode) -> tuple[str | None, ...] | None:
    """Return the columns that one line names, those of the office's own before them included."""
    codes = [_code(text, table) for text in line]
    first = next((index for index, code in enumerate(codes) if code), None)
    if first is None:
        return None
    labels = [index for index, text in enumerate(line[:first]) if meaning_of(text).known]
    start = labels[-1] + 1 if labels else first
    return tuple(codes[start if all(line[start:first]) else first :])


def _applicant_columns(header: Sequence[Sequence[str]]) -> list[str | None]:
    """Put the columns of the line below in the place of their common heading 法人或其他组织.

    A column that both lines name stands where the line with that heading has it. Of a header printed twice, the
    last counts.
    """
    columns: list[str | None] = []
    begins = [index for index, line in enumerate(header) if _heading_of_all(line) is not None]
    if begins:
        header = header[begins[-1] :]
    for line in reversed(header):
        below = _without_labels(columns) or ()
        codes = [(_applicant_column(text), text) for text in line if text]
        if any(code is None and _is_applicant_group(text) for code, text in codes):
            named = {code for code, _ in codes if code}
            if below and codes[-1][0] is None and below[-1] is None:
                below = below[:-1]
            columns = []
            for code, text in codes:
                if code is None and _is_applicant_group(text):
                    columns += [column for column in below if column not in named]
                    below = ()
                else:
                    columns.append(code)
        else:
            columns = [code for code, _ in codes if code is None or code not in below]
        columns = columns if any(columns) else [*below, *(_further_columns(line) if below and below[-1] else ())]
    return columns


def _applicant_column(text: str) -> str | None:
    """Return the column that a text names; a subtotal, which the form has not, has a name of its own."""
    return _SUBTOTAL if label_key(text) == _SUBTOTAL else _code(text, TableCode.APPLICATIONS)


def _further_columns(line: Sequence[str]) -> list[None]:
    """Return a ``None`` for each column, such as 备注, that a line has behind the heading of all those of the form."""
    heading = _heading_of_all(line)
    behind = line[heading + 1 :] if heading is not None else ()
    return [None for text in behind if text and not meaning_of(text).known]


def _heading_of_all(line: Sequence[str]) -> int | None:
    return next((index for index, text in enumerate(line) if label_key(text) == APPLICANTS), None)


def _is_displaced(line: Sequence[str]) -> bool:
    """Tell whether a text that heads the labels of rows stands behind a column: spans have moved the line's cells."""
    columns = [_code(text, TableCode.APPLICATIONS) is not None for text in line]
    behind = line[columns.index(True) :] if any(columns) else ()
    return any(
        meaning_of(text).known and _code(text, TableCode.APPLICATIONS) is None and not _is_applicant_group(text)
        for text in behind
    )


def heading_of(text: str) -> str | None:
    """Return the column of section three that a text heads, :data:`APPLICANT_GROUP_CODE` for those of organizations."""
    return APPLICANT_GROUP_CODE if _is_applicant_group(text) else _applicant_column(text)


def _is_applicant_group(text: str) -> bool:
    return label_key(text) in APPLICANT_GROUP.keys


@lru_cache(maxsize=4096)
def _code(text: str, table: TableCode) -> str | None:
    return next((code for owner, code in meaning_of(text).columns if owner is table), None)


def _without_labels(codes: list[str | None]) -> tuple[str | None, ...] | None:
    start = next((index for index, code in enumerate(codes) if code), None)
    return tuple(codes[start:]) if start is not None else None
