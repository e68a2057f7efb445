"""What a printed text can mean in the statutory forms, looked up by its normalised key."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from warehouse.forms import APPLICANT_GROUP, FORMS, STATUTORY_EDITIONS, STATUTORY_TABLES, Edition, TableCode
from warehouse.labels import bare_label_key, label_key

_LONGEST_LABEL, _LONGEST_EXPLAINED = 120, 400
_EXPLANATION = re.compile(r"[:：]\D{2,}")
"""What a label may be explained by: ``规章：地方政府规章``."""
_TRANSLATION = re.compile(r"(?<=\S)[\s/|(（]*[A-Za-z][^\u4e00-\u9fff\d]*$")
"""What a label is in another language, behind it: ``规章 Rules``."""
_LATIN = re.compile("[A-Za-z]")
_NUMERALS = "一二三四五六七八九十0123456789"
_ROW_HEADER_KEYS = frozenset({"信息内容", "申请人情况", "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和"})
DISPUTE_WAYS = tuple(map(label_key, ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")))
"""The keys of what section four's figures stand below: reviews, court cases, and either way to court."""


class RowLabel(NamedTuple):
    """A row of a statutory table, whatever its edition."""

    table: TableCode
    row: str


class Meaning(NamedTuple):
    """Everything that a label can mean: rows of figures, columns, groups that only gather rows, and plain headers.

    ``known`` tells that the forms know it at all, ``only_table`` names the table if just one of them does,
    ``only_row`` the row if the label can mean nothing else.
    """

    rows: tuple[RowLabel, ...] = ()
    columns: frozenset[tuple[TableCode, str]] = frozenset()
    groups: tuple[tuple[TableCode, str], ...] = ()
    known: bool = False
    only_table: TableCode | None = None
    only_row: RowLabel | None = None


NOTHING = Meaning()


def _index() -> dict[str, Meaning]:
    rows: dict[str, dict[RowLabel, None]] = {}
    columns: dict[str, set[tuple[TableCode, str]]] = {}
    groups: dict[str, dict[tuple[TableCode, str], None]] = {}
    headers = set(_ROW_HEADER_KEYS | APPLICANT_GROUP.keys)
    for (table, _), form in FORMS.items():
        for row in form.rows.values():
            for key in row.label.keys:
                rows.setdefault(key, {})[RowLabel(table, row.code)] = None
        for column in form.columns.values():
            for key in column.label.keys:
                columns.setdefault(key, set()).add((table, column.code))
        for group in form.groups:
            for key in group.label.keys:
                groups.setdefault(key, {})[table, group.code] = None
        headers |= {key for block in form.blocks if block.caption for key in block.caption.keys}
        headers |= form.title.keys
    return {
        key: _meaning(rows.get(key, {}), columns.get(key, set()), groups.get(key, {}))
        for key in {*rows, *columns, *groups, *headers} - {""}
    }


def _meaning(
    rows: Iterable[RowLabel], columns: Iterable[tuple[TableCode, str]], groups: Iterable[tuple[TableCode, str]]
) -> Meaning:
    tables = {table for table, _ in (*rows, *columns, *groups)}
    only_table = tables.pop() if len(tables) == 1 else None
    only_row = next(iter(rows)) if len(tuple(rows)) == 1 and not tuple(columns) and not tuple(groups) else None
    return Meaning(tuple(rows), frozenset(columns), tuple(groups), True, only_table, only_row)


_MEANINGS = _index()
_NO_LABEL = re.compile(f"(?![{_NUMERALS}{''.join(sorted({key[0] for key in _MEANINGS}))}])[一-鿿]")
"""A word at the beginning of a text that no label, and no numeral before one, begins with."""


def _merged_rows(table: TableCode) -> tuple[str, ...]:
    merged = list(FORMS[table, Edition.E2021].rows)
    before = None
    for code in FORMS[table, Edition.E2019].rows:
        if code not in merged:
            merged.insert(merged.index(before) + 1 if before else 0, code)
        before = code
    return tuple(merged)


ROW_ORDER: Mapping[TableCode, tuple[str, ...]] = MappingProxyType(
    {table: _merged_rows(table) for table in STATUTORY_TABLES}
)
"""Row codes of both editions of each table, in printed order."""


@lru_cache(maxsize=16384)
def meaning_of(text: str) -> Meaning:
    """Return what a printed text can mean; :data:`NOTHING` for a figure, a blank or a text of no form."""
    if _NO_LABEL.match(text):
        return NOTHING
    if text and len(text) <= _LONGEST_LABEL:
        key = label_key(text)
        meaning = _MEANINGS.get(key) or _on_path(key) or _MEANINGS.get(bare_label_key(text))
        if meaning:
            return meaning
        if _LATIN.search(text) and (translation := _TRANSLATION.search(text)):
            return meaning_of(text[: translation.start()])
    return _explained(text)


def _on_path(key: str) -> Meaning | None:
    """Return the meaning of a label behind that of its group: ``三、本年度办理结果/（七）总计``.

    Only what stands in that group counts; a label such as 其他, which is also that of a column, only right in it.
    """
    if not key.startswith(_GROUP_BEGINS):
        return None
    for group_key, (table, group) in _GROUP_KEYS:
        if not key.startswith(group_key):
            continue
        rest = key[len(group_key) :].lstrip(_NUMERALS)
        below = _MEANINGS.get(rest) or _on_path(rest) or NOTHING
        rows = tuple(
            row
            for row in below.rows
            if row.table is table and (group_of(row) == group if below.columns else stands_in(group_of(row), group))
        )
        groups = tuple(inner for inner in below.groups if inner[0] is table and stands_in(inner[1], group))
        if rows or groups:
            return _meaning(rows, (), groups)
    return None


def _explained(text: str) -> Meaning:
    """Return the meaning of a row's label that is explained behind a colon, or in brackets in the lines below."""
    if len(text) > _LONGEST_EXPLAINED:
        return NOTHING
    explanation = _EXPLANATION.search(text)
    if explanation and explanation.end() == len(text):
        label = text[: explanation.start()]
    else:
        label, _, below = text.partition("\n")
        if not below.lstrip().startswith(("（", "(")):
            return NOTHING
    meaning = _MEANINGS.get(label_key(label), NOTHING)
    return meaning if meaning.only_row else NOTHING


def _column_keys(table: TableCode, edition: Edition) -> frozenset[str]:
    return frozenset(key for column in FORMS[table, edition].columns.values() for key in column.label.keys)


def _only(table: TableCode, edition: Edition) -> frozenset[str]:
    other = Edition.E2021 if edition is Edition.E2019 else Edition.E2019
    others = _column_keys(table, other)
    return frozenset(key for key in _column_keys(table, edition) if not any(key in known for known in others))


_TELLING_COLUMNS = {edition: _only(TableCode.PROACTIVE, edition) for edition in STATUTORY_EDITIONS}


@lru_cache(maxsize=2048)
def editions_told(header: tuple[str, ...]) -> frozenset[Edition]:
    """Return the editions of ``proactive`` whose own column labels stand in a header (also when broken over cells)."""
    joined = "".join(label_key(text) for text in header)
    return frozenset(edition for edition, keys in _TELLING_COLUMNS.items() if any(key in joined for key in keys))


_GROUPS = {RowLabel(table, row.code): row.group for (table, _), form in FORMS.items() for row in form.rows.values()}


def group_of(label: RowLabel) -> str | None:
    """Return the innermost group that a row stands in."""
    return _GROUPS[label]


_PARENTS = {group.code: group.parent for form in FORMS.values() for group in form.groups}
_GROUP_KEYS = sorted(
    ((key, group) for key, meaning in _MEANINGS.items() for group in meaning.groups), key=lambda named: -len(named[0])
)
_GROUP_BEGINS = tuple(key for key, _ in _GROUP_KEYS)


def stands_in(group: str | None, ancestor: str | None) -> bool:
    """Tell whether a group is another one or lies within it; no group lies within a group."""
    while group is not None and group != ancestor:
        group = _PARENTS[group]
    return group is not None and group == ancestor
