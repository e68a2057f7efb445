"""Which column stands where, told by the header of a table."""

from collections.abc import Sequence
from functools import lru_cache

from tasks.extract.vocabulary import meaning_of
from warehouse.forms import APPLICANT_GROUP, FORMS, Edition, TableCode
from warehouse.labels import label_key

_ALL_APPLICANTS = "申请人情况"
"""The heading of all columns of section three."""
_APPLICANTS = tuple(FORMS[TableCode.APPLICATIONS, Edition.E2021].columns)


def column_order(header: Sequence[Sequence[str]], table: TableCode) -> tuple[str | None, ...] | None:
    """Return the column codes that a header gives its values, ``None`` for columns it does not name.

    Returns ``None`` where the header is the form's own, is lost, or does not tell.
    """
    if not header or table is TableCode.DISPUTES:
        return None
    if table is TableCode.PROACTIVE:
        return _columns_of_block(header[-1])
    if any(_is_displaced(line) for line in header):
        return None
    columns = _without_labels(_applicant_columns(header))
    return None if columns == _APPLICANTS else columns


def _columns_of_block(line: Sequence[str]) -> tuple[str | None, ...] | None:
    """Return the columns of a block of section two, those of the office's own before them included."""
    codes = [_code(text, TableCode.PROACTIVE) for text in line]
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
        codes = [(_code(text, TableCode.APPLICATIONS), text) for text in line if text]
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


def _further_columns(line: Sequence[str]) -> list[None]:
    """Return a ``None`` for each column, such as 备注, that a line has behind the heading of all those of the form."""
    heading = _heading_of_all(line)
    behind = line[heading + 1 :] if heading is not None else ()
    return [None for text in behind if text and not meaning_of(text).known]


def _heading_of_all(line: Sequence[str]) -> int | None:
    return next((index for index, text in enumerate(line) if label_key(text) == _ALL_APPLICANTS), None)


def _is_displaced(line: Sequence[str]) -> bool:
    """Tell whether a text that heads the labels of rows stands behind a column: spans have moved the line's cells."""
    columns = [_code(text, TableCode.APPLICATIONS) is not None for text in line]
    behind = line[columns.index(True) :] if any(columns) else ()
    return any(
        meaning_of(text).known and _code(text, TableCode.APPLICATIONS) is None and not _is_applicant_group(text)
        for text in behind
    )


def _is_applicant_group(text: str) -> bool:
    return label_key(text) in APPLICANT_GROUP.keys


@lru_cache(maxsize=4096)
def _code(text: str, table: TableCode) -> str | None:
    return next((code for owner, code in meaning_of(text).columns if owner is table), None)


def _without_labels(codes: list[str | None]) -> tuple[str | None, ...] | None:
    start = next((index for index, code in enumerate(codes) if code), None)
    return tuple(codes[start:]) if start is not None else None
