"""Lists as files: CSV and JSON as they are computed, workbooks whole, columns by code or by what they are called."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from explorer import names
from explorer.asking import BadQuestionError, Parameter, choice
from explorer.pages.page import Listing
from explorer.snapshots import Snapshots
from warehouse.comments import about_column
from warehouse.export.datasets import headers
from warehouse.export.writing import csv_lines, json_lines, write_xlsx
from warehouse.snapshots.query import Answer
from warehouse.text import Text

MOST_SHEET_ROWS = 20_000
"""More rows are no workbook to be made while somebody waits."""

LABELS: Mapping[str, Parameter] = {"labels": choice("zh", "en")}
"""What CSV files and workbooks may be asked beside what their page may: columns and codes in words."""

_SECONDS = 120.0
_CODES: Mapping[str, Mapping[str, Text]] = {
    "severity": names.SEVERITIES,
    "level": names.LEVELS,
    "kind": names.KINDS,
    "quality": names.QUALITIES,
    "status": names.STATUSES,
}
"""Columns whose codes have names."""


def streamed(snapshots: Snapshots, listing: Listing, form: str, labels: str | None) -> Iterator[str]:
    """Yield a whole list as CSV or JSON while it is computed; the snapshot is held until it is sent."""
    with snapshots.reading() as (_, lease), lease.answer(listing.sql, _SECONDS, **listing.parameters) as found:
        if form == "csv":
            yield "\ufeff"
            yield from csv_lines(labelled(found, listing, labels))
        else:
            yield from json_lines(found)


def workbook(snapshots: Snapshots, listing: Listing, labels: str | None) -> bytes:
    """Return a whole list as a workbook. Raises :class:`BadQuestionError` where it is too long for one."""
    with snapshots.reading() as (_, lease), TemporaryDirectory() as folder:
        with lease.answer(f"SELECT count(*) AS n FROM ({listing.sql})", _SECONDS, **listing.parameters) as counted:
            (rows,) = counted.table().column("n").to_pylist()
        if rows > MOST_SHEET_ROWS:
            raise BadQuestionError(
                Text(
                    f"共 {rows:,} 行；工作簿至多 {MOST_SHEET_ROWS:,} 行：请缩小范围，或下载 CSV",
                    f"{rows:,} rows; a workbook holds {MOST_SHEET_ROWS:,} at most: narrow the list, or take the CSV",
                )
            )
        path = Path(folder, "list.xlsx")
        with lease.answer(listing.sql, _SECONDS, **listing.parameters) as found:
            write_xlsx(labelled(found, listing, labels), path)
        return path.read_bytes()


def labelled(found: Answer, listing: Listing, lang: str | None) -> Answer:
    """Return rows with columns and codes in the words of a language; as they are where none is asked for."""
    if lang is None:
        return found
    columns = found.schema.names
    texts = [names.COLUMNS.get(name) or about_column(listing.relation, name) for name in columns]
    called = headers([text.wording(lang) for text in texts], "：" if lang == "zh" else " - ")
    schema = pa.schema([field.with_name(name) for field, name in zip(found.schema, called, strict=True)])
    return Answer(schema, (_worded(batch, columns, schema, lang) for batch in found.batches))


def _worded(batch: pa.RecordBatch, columns: list[str], schema: pa.Schema, lang: str) -> pa.RecordBatch:
    arrays = []
    for name, array in zip(columns, batch.columns, strict=True):
        if (known := _CODES.get(name)) is not None:
            values = (known[code].wording(lang) if code in known else code for code in array.to_pylist())
            array = pa.array(values, array.type)
        arrays.append(array)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
