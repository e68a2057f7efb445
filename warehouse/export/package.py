"""``datapackage.json``: what an export holds, for every tool that reads Frictionless data packages."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.export.datasets import Dataset

FILE_NAME = "datapackage.json"
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".duckdb": "application/octet-stream",
}


@dataclass(frozen=True)
class Written:
    """One written file: its table, year and rows where it holds one table, and the columns of a CSV file."""

    path: Path
    dataset: Dataset | None = None
    year: int | None = None
    rows: int | None = None
    schema: pa.Schema | None = None


def describe_package(folder: Path, files: Iterable[Written], facts: dict[str, Any]) -> None:
    """Write the description of every file of an export into its folder; ``facts`` tell where the data are from."""
    package = {
        "profile": "data-package",
        "name": "gouji",
        "title": "政府信息公开工作年度报告 · Annual reports on government information disclosure",
        **facts,
        "resources": [_resource(folder, file) for file in files],
    }
    (folder / FILE_NAME).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _resource(folder: Path, file: Written) -> dict[str, Any]:
    path = file.path.relative_to(folder).as_posix()
    with file.path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    described: dict[str, Any] = {
        "name": _name(path),
        "path": path,
        "format": file.path.suffix.lstrip("."),
        "mediatype": _MEDIA_TYPES[file.path.suffix],
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{digest}",
    }
    if file.dataset is not None:
        described["title"] = file.dataset.about.chinese
        described["description"] = file.dataset.about.english
        described["rows"] = file.rows
    if file.dataset is not None and file.schema is not None:
        described |= {
            "profile": "tabular-data-resource",
            "encoding": "utf-8-sig",
            "dialect": {"delimiter": ",", "lineTerminator": "\n"},
            "schema": {"fields": [_field(file.dataset, field) for field in file.schema], "missingValues": [""]},
        }
    return described


def _name(path: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in path.lower())


def _field(dataset: Dataset, field: pa.Field) -> dict[str, str]:
    about = dataset.about_column(field.name)
    return {
        "name": field.name,
        "type": _type(field.type),
        "title": dataset.header(field.name),
        "description": str(about),
    }


def _type(kind: pa.DataType) -> str:
    for matches, name in (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
        (pa.types.is_decimal, "number"),
        (pa.types.is_date, "date"),
        (pa.types.is_timestamp, "datetime"),
    ):
        if matches(kind):
            return name
    return "string"
