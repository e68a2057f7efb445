"""Shares that the prose states of its own figures: 收到申请47件，其中予以公开21件，占44.7%."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from tasks.extract.prose.sentences import written
from tasks.extract.report import Statement

_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_UNIT = "(?:件次|件|宗|条|项|份|次)"
_COUNT = re.compile(rf"(?<![\d.,])(\d{{1,9}}){_UNIT}(?!以上|以下|左右|次数)")
_SHARE = re.compile(
    rf"(?<![\d.,])(?P<part>\d{{1,9}}){_UNIT}[，,]?占(?:比|比例|比重|总数|总量|总申请量|申请总[数量]|全部申请|[的为达到])*"
    r"(?P<share>\d{1,3}(?:\.\d{1,2})?)[%％]"
)


def read_shares(paragraphs: Iterable[str]) -> Iterator[Statement]:
    """Yield the shares of which one sentence names part and whole, the whole first and 其中 between them.

    A sentence with another count before 其中, or with a share of something else, leaves open what the whole is.
    """
    for ordinal, paragraph in enumerate(paragraphs):
        if "%" not in paragraph and "％" not in paragraph:
            continue
        quoted, text = written(paragraph)
        for quote, sentence in zip(_SENTENCE.findall(quoted), _SENTENCE.findall(text), strict=True):
            before, among, listed = sentence.partition("其中")
            wholes = _COUNT.findall(before)
            if not among or len(wholes) != 1 or "同比" in sentence or "占" in before:
                continue
            for match in _SHARE.finditer(listed):
                part, whole = Decimal(match["part"]), Decimal(wholes[0])
                if 0 < part <= whole:
                    yield Statement("share", Decimal(match["share"]), quote, (part, whole), ordinal)
