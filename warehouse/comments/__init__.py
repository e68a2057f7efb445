"""What every table, view, macro and column holds: declared in ``comments.yaml`` and by the forms' labels."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from warehouse.forms import FORMS, STATUTORY_EDITIONS, Edition, Label, Measure, TableCode
from warehouse.forms.model import CellAddress
from warehouse.text import Text

_FILE = Path(__file__).parent / "comments.yaml"
_BETWEEN_LANGUAGES = " | "


class MissingCommentError(KeyError):
    """Nothing is declared for a table, view, macro or column."""


def about_schema(schema: str) -> Text:
    """Say what a schema holds."""
    return _parsed(_declared()["schemas"], schema)


def about_table(table: str) -> Text:
    """Say what a table or view holds, one row of it being what; ``table`` with its schema."""
    return _parsed(_declared()["tables"].get(table, {}), "about", table)


def about_macro(macro: str) -> Text:
    """Say what a macro computes; ``macro`` with its schema."""
    return _parsed(_declared()["macros"], macro)


@cache
def about_column(table: str, column: str) -> Text:
    """Say what a column holds: as its table declares, else as the forms label it, else as its name always means.

    A table of ``mart`` says of its columns what the view of the same name in ``main`` does.
    """
    for name in (table, f"main.{table.removeprefix('mart.')}"):
        own = _declared()["tables"].get(name, {}).get("columns", {})
        if column in own:
            return _parsed(own, column)
        if label := _labels_by_table().get(name, {}).get(column):
            return label
    return _parsed(_declared()["columns"], column, f"{table}.{column}")


@cache
def declarations_sha256() -> str:
    """Return a digest of all that is declared here."""
    return hashlib.sha256(_FILE.read_bytes() + repr(_labels_by_table()).encode()).hexdigest()


@cache
def _declared() -> Mapping[str, Any]:
    declared: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return declared


def _parsed(texts: Mapping[str, object], key: str, name: str | None = None) -> Text:
    chinese, between, english = str(texts.get(key, "")).partition(_BETWEEN_LANGUAGES)
    if not (chinese and between and english):
        raise MissingCommentError(f"{name or key} has no comment in both languages in {_FILE.name}")
    return Text(chinese, english)


@cache
def _labels_by_table() -> Mapping[str, Mapping[str, Text]]:
    applications = FORMS[TableCode.APPLICATIONS, Edition.E2021]
    disputes = FORMS[TableCode.DISPUTES, Edition.E2021]
    applicants = {column.code: _cases(column.label) for column in applications.columns.values()}
    outcomes = {
        **{group.code: _cases(group.label) for group in applications.groups},
        **{row.code: _cases(row.label) for row in applications.rows.values()},
    }
    return {
        "main.applications": applicants,
        "main.applicant_mix": applicants,
        "main.outcomes": outcomes,
        "main.carry_over": outcomes,
        **dict.fromkeys(("mart.report", "mart.region", "mart.organ"), outcomes),
        "main.disputes": {column.code: _cases(column.label) for column in disputes.columns.values()},
        "main.applications_wide": dict(_wide(TableCode.APPLICATIONS, *STATUTORY_EDITIONS)),
        "main.disputes_wide": dict(_wide(TableCode.DISPUTES, Edition.E2021)),
        "main.proactive_2019": dict(_wide(TableCode.PROACTIVE, Edition.E2019)),
        "main.proactive_2021": dict(_wide(TableCode.PROACTIVE, Edition.E2021)),
    }


def _cases(label: Label) -> Text:
    return Text(f"{label.chinese}（件）", f"{label.english} (cases)")


def _wide(table: TableCode, *editions: Edition) -> Iterator[tuple[str, Text]]:
    for edition in editions:
        for (row, column), address in FORMS[table, edition].cells.items():
            yield f"{row}_{column}", _cell(table, address)


def _cell(table: TableCode, address: CellAddress) -> Text:
    row, column = address.row.label, address.column.name
    if address.column.measure is Measure.MONEY:
        units = ("元", "yuan")
    else:
        units = ("件", "cases") if table is not TableCode.PROACTIVE else ("件、项", "count")
    return Text(f"{row.chinese}·{column.chinese}（{units[0]}）", f"{row.english}, {column.english} ({units[1]})")
