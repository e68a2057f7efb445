"""The cookbook's answers: every question's SQL asked of the sample warehouse, its rows written below it."""

import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from samples.warehouse import build
from warehouse.snapshots.query import query

YEARS = range(2022, 2025)
"""Report years of the sample warehouse that the cookbook asks."""

_RECIPE = re.compile(r"^(## .+?\n```sql\n(.+?)```\n)(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def answered(cookbook: str, snapshot: Path) -> str:
    """Return the cookbook with what every question's SQL answers today below it."""

    def answer(recipe: re.Match[str]) -> str:
        return f"{recipe[1]}\n{as_table(query(snapshot, recipe[2]))}\n"

    return _RECIPE.sub(answer, cookbook).rstrip("\n") + "\n"


def questions(cookbook: str) -> Iterator[tuple[str, str]]:
    """Yield every question with its SQL."""
    for recipe in _RECIPE.finditer(cookbook):
        yield recipe[1].splitlines()[0].removeprefix("## "), recipe[2]


def rewrite(path: Path) -> None:
    """Answer a cookbook anew, from a sample warehouse made for it."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = build(Path(folder), YEARS)
        path.write_text(answered(path.read_text(encoding="utf-8"), snapshot.path), encoding="utf-8")


def as_table(found: pa.Table) -> str:
    """Write rows as a Markdown table, figures to the right."""
    rows = [[_text(value) for value in row.values()] for row in found.to_pylist()]
    rules = ["---:" if _is_number(field.type) else "---" for field in found.schema]
    return "\n".join("| " + " | ".join(row) + " |" for row in ([*found.column_names], rules, *rows)) + "\n"


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value).replace("|", "\\|").replace("\n", " ")
