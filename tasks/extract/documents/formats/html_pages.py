"""HTML → document."""

import re
from functools import cache

from lxml import etree

from tasks.extract.documents.document import Document, Table, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import (
    BLOCK,
    CELL,
    HIDDEN,
    LOWERED,
    PICTURE,
    PLAIN,
    RAISED,
    ROW,
    STRUCK,
    TABLE,
    TABLE_END,
    split_blocks,
    without_marks,
)
from tasks.extract.documents.layout import of_markup
from tasks.extract.documents.markdown import front_matter, with_tables_as_markup
from tasks.extract.documents.scripted_pages import unwrapped
from tasks.extract.documents.visible import show_as_seen
from tasks.web.links import names_document

_NO_TEXT = (
    "head|script|style|noscript|noembed|noframes|title|template|datalist|dialog[not(@open)]|rt|rp|audio|video|meter"
    "|progress|iframe|comment()"
)
_BREAKS = (
    "p|div|br|h1|h2|h3|h4|h5|h6|li|ul|ol|dl|dt|dd|hr|section|article|header|footer|center|pre|blockquote|form|fieldset"
    "|table|caption|tr|td|th|summary"
)
_OBJECTS = "object|embed|canvas|svg|math[.//*[not(self::mn or self::mo or self::mi or self::mrow or self::mtext)]]"
_LEFT_OPEN = re.compile(
    r"<(?:a|b|i|u|s|em|strong|span|font|small|big|del|ins|sup|sub|p|div|label)\b[^<>]*\Z", re.IGNORECASE
)
"""Tags up to the sign that closes them in XML; browsers leave them open."""
_STYLESHEET = f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="{_NO_TEXT}|canvas|select|textarea|processing-instruction()"/>
  <xsl:template match="{_BREAKS}">
    <xsl:text>{BLOCK}</xsl:text><xsl:apply-templates/><xsl:text>{BLOCK}</xsl:text>
  </xsl:template>
  <xsl:template match="table[not(.//table)]" priority="2">
    <xsl:text>{TABLE}</xsl:text>
    <xsl:if test="ancestor::hidden or ancestor::details[not(@open)]">{HIDDEN}</xsl:if>
    <xsl:apply-templates mode="cell"/>
    <xsl:text>{TABLE_END}</xsl:text>
  </xsl:template>
  <xsl:template match="hidden"><xsl:apply-templates select=".//table"/></xsl:template>
  <xsl:template match="{_NO_TEXT}|hidden|processing-instruction()" mode="cell" priority="2"/>
  <xsl:template match="tr" mode="cell"><xsl:text>{ROW}</xsl:text><xsl:apply-templates mode="cell"/></xsl:template>
  <xsl:template match="td|th" mode="cell"><xsl:text>{CELL}</xsl:text><xsl:apply-templates mode="cell"/></xsl:template>
  <xsl:template match="p|div|br|li" mode="cell">
    <xsl:apply-templates mode="cell"/><xsl:text>&#10;</xsl:text>
  </xsl:template>
  <xsl:template match="pre//text()"><xsl:value-of select="translate(., '&#10;', '{BLOCK}')"/></xsl:template>
  <xsl:template match="img">{PICTURE}</xsl:template>
  <xsl:template match="img|{_OBJECTS}" mode="cell">{PICTURE}</xsl:template>
  <xsl:template match="bdo[translate(@dir, 'RTL', 'rtl')='rtl']" mode="cell">
    <xsl:text>\u202e</xsl:text><xsl:apply-templates mode="cell"/><xsl:text>\u202c</xsl:text>
  </xsl:template>
  <xsl:template match="img[@width &lt; 4 or @height &lt; 4]" mode="cell" priority="1"/>
  <xsl:template match="input" mode="cell"><xsl:value-of select="@value"/></xsl:template>
  <xsl:template match="input[translate(@type, 'HIDEN', 'hiden')='hidden']" mode="cell" priority="1"/>
  <xsl:template match="input[translate(@type, 'CHEKBOX', 'chekbox')='checkbox']" mode="cell" priority="1">
    <xsl:text>{PICTURE}</xsl:text>
  </xsl:template>
  <xsl:template match="input[translate(@type, 'RADIO', 'radio')='radio']" mode="cell" priority="1">
    <xsl:text>{PICTURE}</xsl:text>
  </xsl:template>
  <xsl:template match="select" mode="cell">
    <xsl:value-of select="(.//option[@selected]|.//option[not(../option[@selected])])[1]"/>
  </xsl:template>
  <xsl:template match="select[@multiple or @size > 1]" mode="cell" priority="1">{PICTURE}</xsl:template>
{
    "".join(
        f'''
  <xsl:template match="{tags}">{mark}<xsl:apply-templates/>{PLAIN}</xsl:template>
  <xsl:template match="{tags}" mode="cell">{mark}<xsl:apply-templates mode="cell"/>{PLAIN}</xsl:template>'''
        for tags, mark in (("del|s|strike", STRUCK), ("sup", RAISED), ("sub", LOWERED))
    )
}
</xsl:stylesheet>
"""
_LEAD = TABLE.encode()[:1]
_MARK = re.compile(TABLE.encode()[:2] + rb"[\x80-\xbf]")
"""What the marks are in UTF-8, and how they begin: hardly any other character does."""
_PIPED_LINE = re.compile(r"^\|.*\|\s*$", re.MULTILINE)
_MARKDOWN_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n\s*\n")
_TABLE_WITHIN, _FEWEST_PIPED = 1_000_000, 5
"""Lines of pipes that make a text with tags, but without a table of them, Markdown."""
_TAG = re.compile(r"<(?:!doctype html|html|head|body|table|div|p|td|span|meta|br)[\s/>]", re.IGNORECASE)


@cache
def _flatten() -> etree.XSLT:
    return etree.XSLT(etree.XML(_STYLESHEET))


def recognise(file: File) -> Evidence:
    """Tell by a tag among the first bytes, or by what the server said."""
    if not file.is_text:
        return Evidence.NONE
    beginning = file.beginning
    if "<table" not in file.text[:_TABLE_WITHIN] and len(_PIPED_LINE.findall(file.text)) >= _FEWEST_PIPED:
        return Evidence.NONE
    is_page = _TAG.search(beginning) or ("html" in (file.content_type or "") and "<" in beginning)
    return Evidence.LOOKS if is_page else Evidence.NONE


def read_html(file: File) -> Document:
    """Read a page. Scripts, styles and comments are left out; a table around other tables is layout.

    Raises :class:`UnreadableDocumentError` if nothing can be made of the markup.
    """
    named, text = front_matter(file.text)
    page = _page(file, text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(_without_marks(page), parser)
        if root is not None:
            show_as_seen(root)
            _open_boxes(root)
        flat = str(_flatten()(root)) if root is not None else ""
    except etree.LxmlError as error:
        raise UnreadableDocumentError("damaged_file", f"The markup cannot be read: {error}.") from error
    if root is None:
        raise UnreadableDocumentError("empty_file", "The page holds no markup.")
    if parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT):
        raise UnreadableDocumentError("too_large", "The page's markup is nested deeper than any browser shows.")
    blocks = split_blocks(flat)
    return Document(
        blocks=blocks,
        title=" ".join((root.findtext(".//title") or "").split()),
        fields=named | {meta.get("name", "").lower(): meta.get("content", "").strip() for meta in root.iter("meta")},
        attachments=tuple(link for a in root.iter("a") if names_document(link := a.get("href", ""))),
        layout=lambda: of_markup(root, (block for block in blocks if isinstance(block, Table))),
    )


def _page(file: File, text: str) -> bytes:
    """Return the text of a page in UTF-8, as a script would show it, with Markdown's paragraphs and tables as such."""
    page = unwrapped(text) if "_CONFIG" in text else text
    if text is not file.text or (not page.lstrip("\ufeff \r\n\t").startswith("<") and _MARKDOWN_HEADING.search(page)):
        page = _BLANK_LINE.sub("<br>", _MARKDOWN_HEADING.sub("<br>", with_tables_as_markup(page)))
    if "/>" in page:
        page = _as_browsers_close(page)
    return file.data if file.encoding == "utf-8" and page is file.text else page.encode("utf-8", "replace")


def _as_browsers_close(page: str) -> str:
    """Return a page in which only those elements close themselves that do so in browsers: often the page itself."""
    *parts, rest = page.split("/>")
    ends = [">" if _LEFT_OPEN.match(part, part.rfind("<")) else "/>" for part in parts]
    return "".join(map("".join, zip(parts, ends, strict=True))) + rest if ">" in ends else page


def _open_boxes(root: etree._Element) -> None:
    """Make mere divisions of tables of one cell inside another table's cell."""
    for table in root.iter("table"):
        cells = table.iter("td", "th")
        is_box = next(cells, None) is not None and next(cells, None) is None
        if is_box and next(table.iterancestors("table"), None) is not None:
            for part in list(table.iter("table", "tbody", "thead", "tr", "td", "th")):
                part.tag = "div"


def _without_marks(page: bytes) -> bytes:
    page = page.replace(b"\0", b"")
    return without_marks(page.decode("utf-8", "replace")).encode() if _LEAD in page and _MARK.search(page) else page


FORMAT = Format(recognise, read_html)
