"""DOCX → document."""

from functools import cache

from lxml import etree

from tasks.extract.documents.document import Document
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import BLOCK, CELL, PICTURE, ROW, TABLE, TABLE_END, split_blocks

_STYLESHEET = f"""
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
def _flatten() -> etree.XSLT:
    return etree.XSLT(etree.XML(_STYLESHEET))


def recognise(file: File) -> Evidence:
    """Tell by the package's main part."""
    return Evidence.CONTENT if file.is_package and file.package.main_element == "document" else Evidence.NONE


def read_word(file: File) -> Document:
    """Read a Word document."""
    return Document(split_blocks(str(_flatten()(file.package.markup(file.package.main_part)))))


FORMAT = Format(recognise, read_word)
