"""Lists as files: CSV and JSON as they are computed, workbooks whole, columns by code or by what they are called."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.naming import figure
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


def streamed(snapshots: Snapshots, listing: Listing, form: str, labels: str | None, site: str) -> Iterator[str]:
    """Yield a whole list as CSV or JSON while it is computed; the snapshot is held until it is sent.

    ``site`` is put before addresses of its pages.
    """
    with snapshots.reading() as (_, lease), lease.answer(listing.sql, _SECONDS, **listing.parameters) as answer:
        found = _addressed(answer, site)
        if form == "csv":
            yield "\ufeff"
            yield from csv_lines(labelled(found, listing, labels))
        else:
            yield from json_lines(found)


def workbook(snapshots: Snapshots, listing: Listing, labels: str | None, site: str) -> bytes:
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
            write_xlsx(labelled(_addressed(found, site), listing, labels), path)
        return path.read_bytes()


def labelled(found: Answer, listing: Listing, lang: str | None) -> Answer:
    """Return rows with columns and codes in the words of a language; as they are where none is asked for."""
    if lang is None:
        return found
    columns = found.schema.names
    texts = [names.COLUMNS.get(name) or about_column(listing.relation, name) for name in columns]
    called = headers([text.wording(lang) for text in texts], "：" if lang == "zh" else " - ")
    types = [pa.string() if name in _PLACES else field.type for name, field in zip(columns, found.schema, strict=True)]
    schema = pa.schema(list(zip(called, types, strict=True)))
    return Answer(schema, (_worded(batch, columns, schema, lang) for batch in found.batches))


def _worded(batch: pa.RecordBatch, columns: list[str], schema: pa.Schema, lang: str) -> pa.RecordBatch:
    arrays = []
    for name, array in zip(columns, batch.columns, strict=True):
        if (known := _CODES.get(name)) is not None:
            values = (known[code].wording(lang) if code in known else code for code in array.to_pylist())
            array = pa.array(values, array.type)
        elif (say := _PLACES.get(name)) is not None:
            separator = "；" if lang == "zh" else "; "
            listed = (each if isinstance(each, list) else [each] for each in array.to_pylist())
            array = pa.array([separator.join(say(one, lang) for one in each) for each in listed], pa.string())
        arrays.append(array)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _place(code: str | None, lang: str) -> str:
    return names.cell_words(code).wording(lang) if code and not code.startswith("/") else ""


_PLACES: Mapping[str, Callable[[Any, str], str]] = {
    "place": _place,
    "suspected": _place,
    "should_be": lambda value, lang: figure(value),
}
"""Columns of cells, and of lists of cells or of their values, in words."""


def _addressed(found: Answer, site: str) -> Answer:
    """Return rows with whole addresses of the site's own pages."""
    place = found.schema.get_field_index("address")
    if place < 0:
        return found

    def whole(batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.set_column(place, found.schema.field(place), pc.binary_join_element_wise(site, batch[place], ""))

    return Answer(found.schema, map(whole, found.batches))
