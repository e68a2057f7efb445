"""Which column stands where, told by the header of a table."""

from collections.abc import Sequence

from tasks.extract.vocabulary import meaning_of
from warehouse.forms import APPLICANT_GROUP, FORMS, Edition, TableCode
from warehouse.labels import label_key

_APPLICANTS = tuple(FORMS[TableCode.APPLICATIONS, Edition.E2021].columns)


def column_order(header: Sequence[Sequence[str]], table: TableCode) -> tuple[str | None, ...] | None:
    """Return the column codes that a header gives its values, ``None`` for columns it does not name.

    Returns ``None`` where the header is the form's own, is lost, or does not tell.
    """
    if not header or table is TableCode.DISPUTES:
        return None
    if table is TableCode.PROACTIVE:
        return _without_labels([_code(text, table) for text in header[-1]])
    columns = _without_labels(_applicant_columns(header))
    return None if columns == _APPLICANTS else columns


def _applicant_columns(header: Sequence[Sequence[str]]) -> list[str | None]:
    """Put the columns of the line below in the place of their common heading 法人或其他组织."""
    columns: list[str | None] = []
    for line in reversed(header):
        below, columns = columns, []
        for text in line:
            code = _code(text, TableCode.APPLICATIONS)
            if code is None and label_key(text) in APPLICANT_GROUP.keys:
                columns += below
                below = []
            elif code or text:
                columns.append(code)
        columns = columns if any(columns) else below
    return columns


def _code(text: str, table: TableCode) -> str | None:
    return next((code for owner, code in meaning_of(text).columns if owner is table), None)


def _without_labels(codes: list[str | None]) -> tuple[str | None, ...] | None:
    start = next((index for index, code in enumerate(codes) if code), None)
    return tuple(codes[start:]) if start is not None else None
