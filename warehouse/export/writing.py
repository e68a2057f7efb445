"""Rows into CSV, JSON, Parquet and workbooks, batch by batch."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.files import replaced
from warehouse.snapshots.query import Answer
from warehouse.values import json_text, text_of

MOST_SHEET_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text must not begin with in a CSV file: a spreadsheet would compute it."""


def csv_lines(found: Answer) -> Iterator[str]:
    """Yield rows as CSV, a batch at a time."""
    yield as_csv([found.schema.names])
    for batch in found.batches:
        yield as_csv(_rows(batch))


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV; a text that a spreadsheet would take for a formula gets a ``'`` before it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_csv_cell(value) for value in row] for row in rows)
    return text.getvalue()


def json_lines(found: Answer) -> Iterator[str]:
    """Yield rows as a JSON array of objects, a batch at a time."""
    separator = "["
    for batch in found.batches:
        for row in batch.to_pylist():
            yield separator + json_text(row)
            separator = ",\n"
    yield "[]\n" if separator == "[" else "]\n"


def write_csv(found: Answer, path: Path) -> None:
    """Write rows to a CSV file; the byte-order mark tells Excel, too, that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(csv_lines(found))


def write_json(found: Answer, path: Path) -> None:
    """Write rows to a JSON file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json_lines(found))


def write_parquet(found: Answer, path: Path) -> None:
    """Write rows to a Parquet file, compressed with zstd; decimals as integers or floats, for every reader."""
    schema = pa.schema([field.with_type(_countable(field.type)) for field in found.schema])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in found.batches:
            writer.write_batch(batch.cast(schema))


def write_xlsx(found: Answer, path: Path) -> None:
    """Write rows to a workbook of one sheet."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    write_sheet(found, workbook, "gouji", found.schema.names)
    workbook.save(path)


WRITERS = {"csv": write_csv, "json": write_json, "parquet": write_parquet, "xlsx": write_xlsx}
"""How rows are written to a file, by the suffix of its name."""


def write_answer(found: Answer, form: str, path: Path) -> int:
    """Write rows to a file in one of :data:`WRITERS`, which appears whole or not at all; return how many there were."""
    with replaced(path) as aside:
        WRITERS[form](found, aside)
    return found.count


def write_sheet(found: Answer, workbook: Any, title: str, headers: Sequence[str]) -> bool:
    """Add rows to an openpyxl workbook as a sheet; tell whether it holds them all.

    Texts stay texts, whatever they begin with: none becomes a formula. Control characters are left out, and
    moments stand in China's time.
    """
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    cells = [
        WriteOnlyCell(sheet, header + _zone(kind)) for header, kind in zip(headers, found.schema.types, strict=True)
    ]
    for number, cell in enumerate(cells, start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = min(60, max(16, 2 * len(cell.value)))
    sheet.append(cells)
    written = 0
    try:
        for batch in found.batches:
            for row in _rows(batch.slice(0, MOST_SHEET_ROWS - written)):
                sheet.append([_sheet_cell(sheet, value) for value in row])
                written += 1
    finally:
        sheet.close()
    return written == found.count


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _csv_cell(value: object) -> str:
    text = text_of(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _countable(kind: pa.DataType) -> pa.DataType:
    if not pa.types.is_decimal(kind):
        return kind
    return pa.float64() if kind.scale else pa.int64()


def _zone(kind: pa.DataType) -> str:
    """Say of a column of moments what a sheet's own moments cannot: their zone."""
    return " (+08:00)" if pa.types.is_timestamp(kind) and kind.tz else ""


def _sheet_cell(sheet: Any, value: object) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else value
        case datetime():
            return value.replace(tzinfo=None)
        case str() | list() | dict():
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text_of(value)))
            cell.data_type = "s"
            return cell
    return value
