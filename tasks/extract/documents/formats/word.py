"""DOCX → document."""

from functools import cache

from lxml import etree

from tasks.extract.documents.document import Document, Table
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import (
    BLOCK,
    CELL,
    LOWERED,
    PICTURE,
    PLAIN,
    RAISED,
    ROW,
    STRUCK,
    TABLE,
    TABLE_END,
    split_blocks,
)
from tasks.extract.documents.layout import of_word
from tasks.extract.documents.runs import show_as_seen

_MANNERS = "".join(
    f"""
  <xsl:template match="w:r[@seen='{manner}']" priority="2">
    <xsl:text>{mark}</xsl:text><xsl:apply-templates/><xsl:text>{PLAIN}</xsl:text>
  </xsl:template>"""
    for manner, mark in (("raised", RAISED), ("lowered", LOWERED), ("struck", STRUCK))
)
_STYLESHEET = f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="text()|w:del|w:moveFrom|w:rt|w:r[@seen='hidden']"/>
  {_MANNERS}
  <xsl:template match="w:t|m:t"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="w:noBreakHyphen">-</xsl:template>
  <xsl:template match="w:tab|w:br|w:cr|w:ptab"><xsl:text>&#10;</xsl:text></xsl:template>
  <xsl:template match="w:footnoteReference|w:endnoteReference">{RAISED}注{PLAIN}</xsl:template>
  <xsl:template match="a:blip|v:imagedata|w:object|m:oMath[*[not(self::m:r)]]">
    <xsl:text>{PICTURE}</xsl:text>
  </xsl:template>
  <xsl:template match="w:p|w:tbl">
    <xsl:text>{BLOCK}</xsl:text><xsl:apply-templates/><xsl:text>{BLOCK}</xsl:text>
  </xsl:template>
  <xsl:template match="w:tbl[not(.//w:tbl)]" priority="2">
    <xsl:text>{TABLE}</xsl:text><xsl:apply-templates mode="cell"/><xsl:text>{TABLE_END}</xsl:text>
  </xsl:template>
  <xsl:template match="w:bdo[@w:val='rtl']">
    <xsl:text>\u202e</xsl:text><xsl:apply-templates/><xsl:text>\u202c</xsl:text>
  </xsl:template>
  <xsl:template match="text()|w:del|w:moveFrom" mode="cell"/>
  <xsl:template match="w:r|w:bdo|m:oMath" mode="cell"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="w:tr" mode="cell"><xsl:text>{ROW}</xsl:text><xsl:apply-templates mode="cell"/></xsl:template>
  <xsl:template match="w:tr[w:trPr/w:del or w:trPr/w:hidden[not(@w:val='0' or @w:val='false' or @w:val='off')]]"
    mode="cell" priority="2"/>
  <xsl:template match="w:tc" mode="cell"><xsl:text>{CELL}</xsl:text><xsl:apply-templates mode="cell"/></xsl:template>
  <xsl:template match="w:tc[w:tcPr/w:vMerge[not(@w:val) or @w:val='continue']
                          or w:tcPr/w:hMerge[not(@w:val) or @w:val='continue'] or w:tcPr/w:cellDel]"
    mode="cell" priority="2"/>
  <xsl:template match="w:p" mode="cell"><xsl:apply-templates/><xsl:text>&#10;</xsl:text></xsl:template>
</xsl:stylesheet>
"""


@cache
def _flatten() -> etree.XSLT:
    return etree.XSLT(etree.XML(_STYLESHEET))


def recognise(file: File) -> Evidence:
    """Tell by the package's main part."""
    return Evidence.CONTENT if file.is_package and file.package.main_element == "document" else Evidence.NONE


def read_word(file: File) -> Document:
    """Read a Word document."""
    package = file.package
    document = package.markup(package.main_part)
    styles = package.related(package.main_part, "styles")
    show_as_seen(document, package.markup(styles) if styles else None)
    blocks = split_blocks(str(_flatten()(document)))
    return Document(blocks, layout=lambda: of_word(document, (block for block in blocks if isinstance(block, Table))))


FORMAT = Format(recognise, read_word)
