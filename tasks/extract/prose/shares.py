"""Shares that the prose states of its own figures: 申请47件，其中公开21件，占44.7%; 21件，占总数（47件）的44.7%."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from tasks.extract.prose.sentences import COUNT, UNIT, decimal_of, written
from tasks.extract.report import Statement

_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_UNIT = "(?:件次|件|宗|条|项|份|次)"
_COUNT = re.compile(rf"(?<![\d.,])(\d{{1,9}}){_UNIT}(?!以上|以下|左右|次数)")
_SHARE = re.compile(
    rf"(?<![\d.,])(?P<part>\d{{1,9}}){_UNIT}[，,]?占(?:比|比例|比重|总数|总量|总申请量|申请总[数量]|全部申请|[的为达到])*"
    r"(?P<share>\d{1,3}(?:\.\d{1,2})?)[%％]"
)

_OF_A_COUNT = re.compile(
    rf"(?<![\d.,])(?P<part>{COUNT}){UNIT}[，,]?仅?占[^，。；\d（）]{{0,14}}（?(?P<whole>{COUNT}){UNIT}）?的?"
    r"(?P<share>\d{1,3}(?:\.\d{1,2})?)%(?!以上|左右)"
)


def read_shares(paragraphs: Iterable[str]) -> Iterator[Statement]:
    """Yield the shares of which a sentence names part and whole: beside it, or first, before 其中.

    Of the latter, a sentence with another count before 其中, or a share of something else, leaves the whole open.
    """
    for ordinal, paragraph in enumerate(paragraphs):
        if "%" not in paragraph and "％" not in paragraph:
            continue
        quoted, text = written(paragraph)
        for quote, sentence in zip(_SENTENCE.findall(quoted), _SENTENCE.findall(text), strict=True):
            for match in _OF_A_COUNT.finditer(sentence):
                yield from _share(match, match["whole"], quote, ordinal)
            before, among, listed = sentence.partition("其中")
            wholes = _COUNT.findall(before)
            if not among or len(wholes) != 1 or "同比" in sentence or "占" in before:
                continue
            for match in _SHARE.finditer(listed):
                yield from _share(match, wholes[0], quote, ordinal)


def _share(match: re.Match[str], whole_told: str, quote: str, ordinal: int) -> Iterator[Statement]:
    part, whole = (decimal_of(digits) for digits in (match["part"], whole_told))
    if 0 < part <= whole:
        yield Statement("share", Decimal(match["share"]), quote, (part, whole), ordinal)
