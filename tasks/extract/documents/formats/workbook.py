"""XLSX → document: every sheet's rows."""

import io
import warnings
from collections.abc import Iterator
from itertools import count
from typing import Any

from tasks.extract.documents.document import Block, Document
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import without_marks
from tasks.extract.documents.lines import tables_and_lines

_MOST_ROWS, _MOST_COLUMNS = 5_000, 100


def recognise(file: File) -> Evidence:
    """Tell by the package's main part."""
    return Evidence.CONTENT if file.is_package and file.package.main_element == "workbook" else Evidence.NONE


def read_workbook(file: File) -> Document:
    """Read an Excel workbook."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shown = openpyxl.load_workbook(io.BytesIO(file.data), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(file.data))
    ordinals = count()
    blocks: list[Block] = []
    for sheet, formulas in zip(shown.worksheets, written.worksheets, strict=True):
        blocks += tables_and_lines(_sheet_rows(sheet, formulas), ordinals, hidden=sheet.sheet_state != "visible")
    return Document(blocks)


def _sheet_rows(sheet: Any, formulas: Any) -> Iterator[list[str]]:
    """Yield the texts of a sheet's rows, hidden rows, hidden columns and the covered cells of merged ones left out."""
    from openpyxl.cell.cell import MergedCell

    hidden = {
        column
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min, dimension.max + 1)
    }
    reach = {"max_row": min(sheet.max_row, _MOST_ROWS), "max_col": min(sheet.max_column, _MOST_COLUMNS)}
    for number, row in enumerate(zip(sheet.iter_rows(**reach), formulas.iter_rows(**reach), strict=True), 1):
        if not sheet.row_dimensions[number].hidden:
            yield [
                _cell_text(cell, formula.value)
                for cell, formula in zip(*row, strict=True)
                if not isinstance(cell, MergedCell) and cell.column not in hidden
            ]


def _cell_text(cell: Any, formula: object) -> str:
    """Write what a cell shows. A formula whose value was not saved is given as it is: it is no figure."""
    value = cell.value
    if value is None:
        return "" if formula is None else str(formula)
    if isinstance(value, float):
        value = int(value) if value.is_integer() else repr(value)
    percent = "%" if "%" in cell.number_format and not isinstance(cell.value, str) else ""
    return without_marks(f"{value}{percent}").strip()


FORMAT = Format(recognise, read_workbook)
