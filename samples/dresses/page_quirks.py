"""What pages do around the tables: headings, titles, dates."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from samples.dresses.document import Document, Heading, Paragraph, PrintedTable, Quirk, each_heading

_OTHER_HEADINGS = {
    "三、收到和处理政府信息公开申请情况": "三、收到的处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况": "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "五、存在的主要问题及改进情况": "五、政府信息公开工作存在的主要问题及改进措施",
}


def headings_lost(document: Document, random: Random) -> Document:
    """No section headings at all."""
    return replace(document, blocks=tuple(block for block in document.blocks if not isinstance(block, Heading)))


def headings_drifted(document: Document, random: Random) -> Document:
    """Headings in the wordings that have crept in."""
    return each_heading(document, lambda text: _OTHER_HEADINGS.get(text, text))


def empty_paragraphs(document: Document, random: Random) -> Document:
    """Empty paragraphs around every table."""
    blocks = [
        piece
        for block in document.blocks
        for piece in ((Paragraph(""), block, Paragraph("")) if isinstance(block, PrintedTable) else (block,))
    ]
    return replace(document, blocks=tuple(blocks))


def unit_lines(document: Document, random: Random) -> Document:
    """A line 单位：件 above every table."""
    blocks = [
        piece
        for block in document.blocks
        for piece in ((Paragraph("单位：件"), block) if isinstance(block, PrintedTable) else (block,))
    ]
    return replace(document, blocks=tuple(blocks))


def signed_at_the_end(document: Document, random: Random) -> Document:
    """The organ and the day of signing, some days before publication, below everything."""
    signed = document.published_on - timedelta(days=random.randint(1, 9))
    closing = (Paragraph(document.organ), Paragraph(f"{signed.year}年{signed.month}月{signed.day}日"))
    return replace(document, blocks=(*document.blocks, *closing))


def title_as(pattern: str) -> Quirk:
    """Another wording of the title: ``pattern`` takes ``{organ}`` and ``{year}``."""

    def quirk(document: Document, random: Random) -> Document:
        return replace(document, title=pattern.format(organ=document.organ, year=document.year))

    return quirk


def title_without_organ(document: Document, random: Random) -> Document:
    """A title that says the year only; the organ stands as the publishing source."""
    return replace(document, title=f"{document.year}年政府信息公开工作年度报告", source=document.organ)


def title_without_year(document: Document, random: Random) -> Document:
    """A title that says the organ only; the year stands in the statistics period."""
    return replace(document, title=f"{document.organ}政府信息公开工作年度报告")


def date_as(pattern: str) -> Quirk:
    """Write the date of publication in another way: ``pattern`` takes ``{year}``, ``{month}``, ``{day}``."""

    def quirk(document: Document, random: Random) -> Document:
        day: date = document.published_on
        return replace(document, published=pattern.format(year=day.year, month=day.month, day=day.day))

    return quirk
