"""The head of a document: the texts before the report's first section, with labels joined to their values."""

import re
from collections.abc import Iterator

from tasks.extract.documents import Document, Table
from tasks.extract.figures import read_figure
from tasks.extract.metadata.titles import ORGAN
from tasks.extract.report import NUMBER
from tasks.extract.vocabulary import meaning_of

_MOST_TEXTS = 80
_MARKDOWN = re.compile(r"^#{1,6}\s+")
_PAPER = "文件"
"""What follows an organ at the head of its paper."""
_FURNITURE = frozenset({"正文", "信息正文", "内容", "首页"})
"""Lines of a page that say nothing of the report."""
_LABEL = re.compile(
    r"\s*(?:发布机构|发布单位|公开主体|公开机构|发文机关|信息来源|来源|发文字号|文号|索引号|信息名称|名称|标题"
    r"|(?:发布|公开|公布|成文|生成|发文|印发)(?:日期|时间))\s*"
)
"""A label of a table of particulars, with or without a colon."""
_SECTION_ONE = re.compile(r"[（(]?一[）)、.．]\s*(?:总体情况|概述|基本情况|工作情况|主动公开)")


def head_texts(document: Document) -> list[str]:
    """Return the texts of a document's head, tables of particulars (索引号, 发布机构 …) included.

    A text that is only a label (``发布机构：``) is joined to the text behind it.
    """
    texts: list[str] = []
    for text in _texts(document):
        text = _MARKDOWN.sub("", text)
        if ORGAN.fullmatch(above := "".join(text.split()).removesuffix(_PAPER)):
            text = above
        if text.strip() in _FURNITURE:
            continue
        if texts and texts[-1].endswith(("：", ":")) and len(texts[-1]) < 12:
            texts[-1] += text
        elif len(texts) >= _MOST_TEXTS or _SECTION_ONE.match(text):
            break
        else:
            texts.append(text)
    return texts


def _texts(document: Document) -> Iterator[str]:
    """Yield texts up to the first statutory row; a form without figures in front of the report is passed over.

    So is a table whose columns alone have the names of such rows, as a list of organs, if another one follows.
    """
    begins = _has_filled_row if any(map(_has_filled_row, document.tables)) else _has_figures
    for block in document.blocks:
        if isinstance(block, str):
            yield block
        elif isinstance(block, Table):
            cells = [text for row in block.rows for text in row if text]
            if any(meaning_of(text).rows for text in cells):
                if begins(block):
                    yield from _above_rows(block)
                    return
                continue
            for row in block.rows:
                yield from _particulars(row)


def _has_filled_row(table: Table) -> bool:
    return any(any(meaning_of(text).only_row for text in row if text) and _has_number(row) for row in table.rows)


def _has_figures(table: Table) -> bool:
    return any(map(_has_number, table.rows))


def _has_number(row: list[str]) -> bool:
    return any(read_figure(text).state is NUMBER for text in row)


def _above_rows(table: Table) -> Iterator[str]:
    """Yield what stands in a table above its first statutory label, as in a page made of a sheet."""
    for row in table.rows:
        if any(meaning_of(text).known for text in row if text):
            return
        yield from _particulars(row)


def _particulars(row: list[str]) -> Iterator[str]:
    """Yield the texts of a row, each label that has no colon with its value."""
    value_of = ""
    for text in row:
        if _LABEL.fullmatch(text):
            value_of = f"{text.strip()}："
        elif text:
            yield value_of + text
            value_of = ""
        else:
            value_of = ""
