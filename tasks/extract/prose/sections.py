"""Sections of the prose that stand without any text."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from tasks.extract.report import Statement

_SECTION_FIVE = re.compile(
    r"^\W*五\W{1,2}(?:政府信息公开工作)?(?:存在的?)?(?:主要)?问题(?:及|和|与)改进(?:情况|措施)?[:：]?$"
)
_SECTION_SIX = re.compile(r"^\W*六\W{1,2}(?:其他|其它)(?:需要|需)报告的?(?:事项|情况)")


def read_empty_sections(paragraphs: Iterable[str]) -> Iterator[Statement]:
    """Yield the heading of section five where that of section six follows upon it, with nothing between them."""
    five: tuple[int, str] | None = None
    for ordinal, paragraph in enumerate(paragraphs):
        text = "".join(paragraph.split())
        if _SECTION_FIVE.match(text):
            five = ordinal, text
        elif five and _SECTION_SIX.match(text):
            yield Statement("shortcomings", Decimal(0), five[1], (), five[0])
            return
        elif text:
            five = None
