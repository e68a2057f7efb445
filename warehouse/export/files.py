"""Rows into Parquet, CSV and sheets of a workbook, batch by batch."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from warehouse.export.datasets import Dataset
from warehouse.snapshots.query import Answer

MOST_SHEET_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""
_WIDTH, _WIDEST = 16, 60


def write_parquet(found: Answer, path: Path) -> int:
    """Write rows to a Parquet file, compressed with zstd; return how many there were."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, found.schema, compression="zstd") as writer:
        return _each(found, writer.write_batch)


def write_csv(found: Answer, path: Path) -> int:
    """Write rows to a CSV file that Excel, too, reads as UTF-8; return how many there were."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(found.schema.names)
        return _each(found, lambda batch: writer.writerows(_texts(batch)))


def write_sheet(found: Answer, workbook: Workbook, dataset: Dataset) -> int:
    """Add rows to a workbook as a sheet with Chinese headers; return how many there were.

    Texts stay texts, whatever they begin with: none becomes a formula. What a sheet cannot hold is left out.
    """
    sheet = workbook.create_sheet(dataset.sheet)
    sheet.freeze_panes = "A2"
    headers = [dataset.header(name) for name in found.schema.names]
    for letter, header in zip(_letters(), headers, strict=False):
        sheet.column_dimensions[letter].width = min(_WIDEST, max(_WIDTH, 2 * len(header)))
    cells = [WriteOnlyCell(sheet, header) for header in headers]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    written = 0

    def write(batch: pa.RecordBatch) -> None:
        nonlocal written
        for row in batch.to_pylist()[: MOST_SHEET_ROWS - written]:
            sheet.append([_sheet_cell(sheet, value) for value in row.values()])
            written += 1

    return _each(found, write)


def _each(found: Answer, write: Callable[[pa.RecordBatch], object]) -> int:
    count = 0
    for batch in found.batches:
        write(batch)
        count += batch.num_rows
    return count


def _texts(batch: pa.RecordBatch) -> Iterator[list[str]]:
    for row in batch.to_pylist():
        yield [text_of(value) for value in row.values()]


def text_of(value: Any) -> str:
    """Write one value as text: decimals without needless zeros, moments in ISO 8601, lists as JSON, NULL as nothing."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return value.isoformat(timespec="seconds")
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=text_of)
    return str(value)


def _sheet_cell(sheet: Any, value: Any) -> Any:
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


def _letters() -> Iterator[str]:
    from openpyxl.utils import get_column_letter

    return (get_column_letter(number) for number in range(1, 16_385))
