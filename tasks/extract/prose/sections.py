"""Sections of the prose that stand without any text, or know nothing of what another tells."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from tasks.chinese import half_width
from tasks.extract.report import Statement

_SECTION_FIVE = re.compile(
    r"^\W*五\W{1,2}(?:政府信息公开工作)?(?:存在的?)?(?:主要)?问题(?:及|和|与)改进(?:情况|措施)?[:：]?$"
)
_SECTION_SIX = re.compile(r"^\W*六\W{1,2}(?:其他|其它)(?:需要|需)报告的?(?:事项|情况)[:：]?")
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_FEE = re.compile(
    r"(?<!未)(?<!没有)(?<!不)收取(?:了)?(?:政府信息公开)?信息处理费(?:用)?(?:\d+笔|[，,]|共计|合计|总计|共|计)*"
    r"(?P<amount>\d{1,9}(?:\.\d{1,6})?)(?P<unit>万?)元"
)
_ANOTHER_YEAR = re.compile(r"\d{4}年|上年|去年|往年|历年|累计|同比")
_NONE = re.compile(r"(?:无|没有|暂无|未有)(?:其他|其它)?(?:需要|需|应当|应)?(?:报告)?的?(?:事项|情况)?(?=[。；;]?$)")
_NO_FEE = re.compile(r"(?:未|没有)(?:发生|产生|收取)(?:政府信息公开)?信息处理费|信息处理费(?:情况)?[：:]?无")


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


def read_untold_fees(paragraphs: Iterable[str]) -> Iterator[Statement]:
    """Yield the fee for processing information, in yuan, that the prose says was charged and section six denies.

    Section six is where such fees are reported (国办函〔2020〕109号). Sentences that name a year are left aside.
    """
    texts = [half_width("".join(paragraph.split())) for paragraph in paragraphs]
    start = next((number for number, text in enumerate(texts) if _SECTION_SIX.match(text)), None)
    if start is None:
        return
    six = [_SECTION_SIX.sub("", texts[start]), *texts[start + 1 :]]
    denies = any(_NO_FEE.search(text) for text in six)
    if not denies and ("费" in "".join(six) or not any(_NONE.search(text) for text in six)):
        return
    for ordinal, text in enumerate(texts[:start]):
        for sentence in _SENTENCE.findall(text) if "处理费" in text else ():
            match = _FEE.search(sentence)
            if match is None or _ANOTHER_YEAR.search(sentence):
                continue
            if amount := Decimal(match["amount"]) * (10_000 if match["unit"] else 1):
                yield Statement("untold_fees", amount, sentence, (), ordinal)
