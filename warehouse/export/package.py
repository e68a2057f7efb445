"""``datapackage.json``: what an export holds, for every tool that reads Frictionless data packages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warehouse.export.datasets import Dataset
from warehouse.files import sha256_of
from warehouse.snapshots.manifest import read_manifest
from warehouse.snapshots.query import rows

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


_LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0, as far as there are rights in the compilation",
}
"""The reports themselves are official documents, in which there is no copyright (著作权法 art. 5)."""

_SOURCES = "SELECT title, home_url AS path FROM core.source ORDER BY source_id"
_STATE = "SELECT max(finished_at) AS finished_at FROM audit.run"


def describe_package(folder: Path, files: Sequence[Written], held: Path, published: Path) -> None:
    """Write the description of every file of an export into its folder: what it holds, whence, and how to cite it.

    ``held`` is the copy of the snapshot that was exported, ``published`` where it was published.
    """
    digest = sha256_of(held)
    identity = next((entry.identity for entry in read_manifest(published.parent) if entry.sha256 == digest), None)
    (state,) = rows(held, _STATE)
    package = {
        "profile": "data-package",
        "name": "gouji",
        "id": f"sha256:{digest}",
        "title": "政府信息公开工作年度报告 · Annual reports on government information disclosure",
        "version": identity or f"sha256:{digest[:12]}",
        **({"created": state["finished_at"].isoformat()} if state["finished_at"] else {}),
        "licenses": [_LICENCE],
        "sources": [{name: text for name, text in row.items() if text} for row in rows(held, _SOURCES)],
        "resources": [_resource(folder, file) for file in files],
    }
    (folder / FILE_NAME).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _resource(folder: Path, file: Written) -> dict[str, object]:
    path = file.path.relative_to(folder).as_posix()
    described: dict[str, object] = {
        "name": _name(path),
        "path": path,
        "format": file.path.suffix.lstrip("."),
        "mediatype": _MEDIA_TYPES[file.path.suffix],
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{sha256_of(file.path)}",
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
            "schema": {"fields": _fields(file.dataset, file.schema), "missingValues": [""]},
        }
    return described


def _name(path: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in path.lower())


def _fields(dataset: Dataset, schema: pa.Schema) -> list[dict[str, str]]:
    return [
        {
            "name": field.name,
            "type": _type(field.type),
            "title": header,
            "description": str(dataset.about_column(field.name)),
        }
        for field, header in zip(schema, dataset.headers(schema.names), strict=True)
    ]


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
