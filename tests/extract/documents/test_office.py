"""Word and Excel files: what their user sees is read; what he deleted, struck, hid or never computed is not."""

import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement

from tasks.extract.documents import read_document

ROWS = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "1", "2", "3"],
    ["规范性文件", "4", "5", "6"],
]


def word(change: Callable[[Any], None]) -> list[list[str]]:
    file = docx.Document()
    table = file.add_table(len(ROWS), 4)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    change(table)
    return rows_of(file)


def workbook(change: Callable[[Any], None]) -> list[list[str]]:
    file = openpyxl.Workbook()
    sheet = file.active
    for texts in ROWS:
        sheet.append([int(text) if text.isdigit() else text for text in texts])
    change(sheet)
    return rows_of(file)


def rows_of(file: Any) -> list[list[str]]:
    buffer = io.BytesIO()
    file.save(buffer)
    return [row for table in read_document(buffer.getvalue()).tables for row in table.rows]


@pytest.mark.parametrize("style", ["strike", "double_strike", "hidden"])
def test_struck_and_hidden_runs_are_left_out(style: str) -> None:
    def change(table: Any) -> None:
        setattr(table.cell(1, 1).paragraphs[0].add_run("7").font, style, True)
        setattr(table.cell(1, 2).paragraphs[0].add_run("7").font, style, False)

    assert word(change)[1] == ["规章", "1", "27", "3"]


def test_tracked_deletions_are_left_out() -> None:
    def change(table: Any) -> None:
        deleted, run, text = (OxmlElement(name) for name in ("w:del", "w:r", "w:delText"))
        text.text = "7"
        run.append(text)
        deleted.append(run)
        table.cell(1, 1).paragraphs[0]._p.append(deleted)
        properties = table.rows[2]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:del"))

    assert word(change) == ROWS[:2]


def test_hidden_rows_and_columns_of_a_sheet_are_left_out() -> None:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    assert workbook(change) == [[*row[:2], row[3]] for row in (ROWS[0], ROWS[2])]


def test_a_formula_that_was_never_computed_and_a_share_are_no_figures() -> None:
    def change(sheet: Any) -> None:
        sheet["B2"] = "=1+2"
        sheet["C2"].number_format = "0%"
        sheet["D2"] = 3.0
        sheet["D2"].number_format = "#,##0.00"

    assert workbook(change)[1] == ["规章", "=1+2", "2%", "3"]
