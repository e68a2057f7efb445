"""HTML → document. A stylesheet flattens the page at C speed; what it yields is split at its separators."""

from collections.abc import Iterator
from functools import cache

from lxml import etree

from tasks.extract.document import Document, Table, TableCell, UnreadableDocumentError

_TABLE, _TABLE_END, _HIDDEN, _ROW, _CELL, _SPAN, _BLOCK = map(chr, range(0xE0F0, 0xE0F7))
_SEPARATORS = dict.fromkeys(map(ord, (_TABLE, _TABLE_END, _HIDDEN, _ROW, _CELL, _SPAN, _BLOCK)))
"""Marks in the flattened page, from the private-use area; taken out of the page beforehand."""

_STYLESHEET = f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="head|script|style|noscript|template|select|textarea|comment()|processing-instruction()"/>
  <xsl:template match="p|div|br|h1|h2|h3|h4|h5|h6|li|ul|ol|dl|dt|dd|hr|section|article|header|footer|center|pre
                       |blockquote|form|fieldset|table|caption|tr|td|th">
    <xsl:text>{_BLOCK}</xsl:text><xsl:apply-templates/><xsl:text>{_BLOCK}</xsl:text>
  </xsl:template>
  <xsl:template match="table[not(.//table)]" priority="2">
    <xsl:text>{_TABLE}</xsl:text>
    <xsl:if test="ancestor-or-self::*[@hidden
                  or contains(translate(@style, 'DISPLAYNOE ', 'displaynoe'), 'display:none')]">{_HIDDEN}</xsl:if>
    <xsl:apply-templates mode="cell"/>
    <xsl:text>{_TABLE_END}</xsl:text>
  </xsl:template>
  <xsl:template match="script|style|del|s|strike|comment()|processing-instruction()" mode="cell"/>
  <xsl:template match="tr" mode="cell"><xsl:text>{_ROW}</xsl:text><xsl:apply-templates mode="cell"/></xsl:template>
  <xsl:template match="td|th" mode="cell">
    <xsl:value-of select="concat('{_CELL}', @colspan, '{_SPAN}', @rowspan, '{_SPAN}')"/>
    <xsl:apply-templates mode="cell"/>
  </xsl:template>
  <xsl:template match="p|div|br|li" mode="cell">
    <xsl:apply-templates mode="cell"/><xsl:text>&#10;</xsl:text>
  </xsl:template>
  <xsl:template match="sup" mode="cell">(<xsl:value-of select="."/>)</xsl:template>
</xsl:stylesheet>
"""
_OFFICE_SUFFIXES = (".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".et", ".ofd", ".rar", ".zip")
_LARGEST_SPAN = 100


@cache
def _flatten() -> etree.XSLT:
    return etree.XSLT(etree.XML(_STYLESHEET))


def read_html(text: str) -> Document:
    """Read a page. Scripts, styles and comments are left out; a table around other tables is layout.

    Raises :class:`UnreadableDocumentError` if nothing can be made of the markup.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    clean = text.translate(_SEPARATORS) if any(chr(mark) in text for mark in _SEPARATORS) else text
    try:
        root = etree.fromstring(clean.encode("utf-8", "replace"), parser)
        flat = str(_flatten()(root)) if root is not None else ""
    except etree.LxmlError as error:
        raise UnreadableDocumentError("damaged_file", f"The markup cannot be read: {error}.") from error
    if root is None:
        raise UnreadableDocumentError("empty_file", "The page holds no markup.")
    return Document(
        blocks=list(_blocks(flat)),
        title=" ".join((root.findtext(".//title") or "").split()),
        fields={meta.get("name", "").lower(): meta.get("content", "").strip() for meta in root.iter("meta")},
        images=sum(1 for _ in root.iter("img")),
        attachments=tuple(
            link for a in root.iter("a") if (link := a.get("href", "")).lower().endswith(_OFFICE_SUFFIXES)
        ),
    )


def _blocks(flat: str) -> Iterator[str | Table]:
    before, *pieces = flat.split(_TABLE)
    yield from _paragraphs(before)
    for ordinal, piece in enumerate(pieces):
        inside, _, after = piece.partition(_TABLE_END)
        yield _table(ordinal, inside)
        yield from _paragraphs(after)


def _paragraphs(flat: str) -> Iterator[str]:
    return (text for part in flat.split(_BLOCK) if (text := " ".join(part.split())))


def _table(ordinal: int, flat: str) -> Table:
    hidden = flat.startswith(_HIDDEN)
    rows = [[_cell(cell) for cell in row.split(_CELL)[1:]] for row in flat.split(_ROW)]
    return Table(ordinal, [row for row in rows if row], hidden)


def _cell(flat: str) -> TableCell:
    columns, rows, text = flat.split(_SPAN, 2)
    return TableCell(text.strip(), _span(columns), _span(rows))


def _span(text: str) -> int:
    return min(int(text), _LARGEST_SPAN) or 1 if text.isascii() and text.isdigit() else 1
