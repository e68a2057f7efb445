"""The head of a document: the texts before the report's first section, with labels joined to their values."""

import re
from collections.abc import Iterator

from tasks.extract.documents import Document, Table
from tasks.extract.vocabulary import meaning_of

_MOST_TEXTS = 80
_SECTION_ONE = re.compile(r"[（(]?一[）)、.．]\s*(?:总体情况|概述|基本情况|工作情况|主动公开)")


def head_texts(document: Document) -> list[str]:
    """Return the texts of a document's head, tables of particulars (索引号, 发布机构 …) included.

    A text that is only a label (``发布机构：``) is joined to the text behind it.
    """
    texts: list[str] = []
    for text in _texts(document):
        if texts and texts[-1].endswith(("：", ":")) and len(texts[-1]) < 12:
            texts[-1] += text
        elif len(texts) >= _MOST_TEXTS or _SECTION_ONE.match(text):
            break
        else:
            texts.append(text)
    return texts


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, str):
            yield block
        elif isinstance(block, Table):
            cells = [text for row in block.rows for text in row if text]
            if any(meaning_of(text).rows for text in cells):
                return
            yield from cells
