"""DOCX and XLSX → document. Legacy DOC, XLS, WPS and RTF go through LibreOffice where it is installed."""

import io
import shutil
import subprocess
import tempfile
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from lxml import etree

from tasks.extract.documents.document import Block, Document, Table, UnreadableDocumentError
from tasks.extract.documents.flat import BLOCK, CELL, PICTURE, ROW, TABLE, TABLE_END, split_blocks, without_marks
from tasks.extract.vocabulary import meaning_of

LARGEST_UNPACKED = 120_000_000
"""Bytes above which what a package unpacks to is refused."""
_MOST_ROWS, _MOST_COLUMNS = 5_000, 100
_CONVERSION_SECONDS = 90

_WORD_STYLESHEET = f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="text()|w:del|w:moveFrom|mc:Fallback"/>
  <xsl:template match="w:r[w:rPr/*[self::w:vanish or self::w:strike or self::w:dstrike]
                       [not(@w:val='0' or @w:val='false' or @w:val='off')]]" priority="2"/>
  <xsl:template match="w:t"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="w:r[w:rPr/w:vertAlign/@w:val='superscript']">(<xsl:apply-templates/>)</xsl:template>
  <xsl:template match="w:tab|w:br"><xsl:text>&#10;</xsl:text></xsl:template>
  <xsl:template match="a:blip|v:imagedata">{PICTURE}</xsl:template>
  <xsl:template match="w:p|w:tbl">
    <xsl:text>{BLOCK}</xsl:text><xsl:apply-templates/><xsl:text>{BLOCK}</xsl:text>
  </xsl:template>
  <xsl:template match="w:tbl[not(.//w:tbl)]" priority="2">
    <xsl:text>{TABLE}</xsl:text><xsl:apply-templates mode="cell"/><xsl:text>{TABLE_END}</xsl:text>
  </xsl:template>
  <xsl:template match="text()|w:del|w:moveFrom" mode="cell"/>
  <xsl:template match="w:tr" mode="cell"><xsl:text>{ROW}</xsl:text><xsl:apply-templates mode="cell"/></xsl:template>
  <xsl:template match="w:tr[w:trPr/w:del or w:trPr/w:hidden]" mode="cell" priority="2"/>
  <xsl:template match="w:tc" mode="cell"><xsl:text>{CELL}</xsl:text><xsl:apply-templates mode="cell"/></xsl:template>
  <xsl:template match="w:tc[w:tcPr/w:vMerge[not(@w:val) or @w:val='continue']]" mode="cell" priority="2"/>
  <xsl:template match="w:p" mode="cell"><xsl:apply-templates/><xsl:text>&#10;</xsl:text></xsl:template>
</xsl:stylesheet>
"""


@cache
def _flatten_word() -> etree.XSLT:
    return etree.XSLT(etree.XML(_WORD_STYLESHEET))


def read_package(data: bytes) -> Document:
    """Read an OOXML package: a DOCX or an XLSX. Raises :class:`UnreadableDocumentError` on anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(member.file_size for member in package.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise UnreadableDocumentError("too_large", f"The package unpacks to {unpacked:,} bytes.")
            names = set(package.namelist())
            if "word/document.xml" in names:
                return _read_word(package.read("word/document.xml"))
            if "xl/workbook.xml" in names:
                return _read_workbook(data)
    except UnreadableDocumentError:
        raise
    except Exception as error:  # zipfile, zlib, lxml and openpyxl each have their own ways to fail on damaged input
        raise UnreadableDocumentError("damaged_file", f"The package cannot be read: {error}.") from error
    raise UnreadableDocumentError("binary_file", "The archive holds neither a Word document nor an Excel workbook.")


def _read_word(markup: bytes) -> Document:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return Document(split_blocks(str(_flatten_word()(etree.fromstring(markup, parser)))))


def _read_workbook(data: bytes) -> Document:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(data))
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


def tables_and_lines(rows: Iterable[list[str]], ordinals: Iterator[int], hidden: bool = False) -> list[Block]:
    """Make tables of rows; a row with one text that the forms do not know is a paragraph between them."""
    blocks: list[Block] = []
    table: Table | None = None
    for row in rows:
        filled = [text for text in row if text]
        if not filled:
            continue
        if len(filled) == 1 and not meaning_of(filled[0]).known:
            blocks.append(filled[0])
            table = None
            continue
        if table is None:
            table = Table(next(ordinals), [], hidden)
            blocks.append(table)
        table.rows.append(row)
    return blocks


def read_legacy(data: bytes, suffix: str) -> Document:
    """Read a legacy DOC, XLS, WPS or RTF file by converting it with LibreOffice."""
    converter = shutil.which("soffice") or shutil.which("libreoffice")
    if converter is None:
        raise UnreadableDocumentError(
            "converter_missing", f"A {suffix} file needs LibreOffice (soffice), which is not installed."
        )
    wanted = "xlsx" if suffix == "xls" else "docx"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"report.{suffix}")
        source.write_bytes(data)
        command = [converter, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", wanted, "--outdir", str(Path(folder, "converted")), str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_CONVERSION_SECONDS)  # noqa: S603
            converted = Path(folder, "converted", f"report.{wanted}").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise UnreadableDocumentError(
                "damaged_file", f"LibreOffice could not convert the file: {error}."
            ) from error
    return read_package(converted)
