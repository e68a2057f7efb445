"""Growth that the prose states: 收到申请8件，比上年的6件增长33.3%; 是上年6件的1.3倍; 较上年增加2件; 与上年持平.

Where both figures stand beside it, whatever they count, it is read; where last year's is left to its report, only
behind a claim. Rates have theirs in percentage points. Left out is what is not exact (约, 左右,
基本持平), what is compared with another time than a year before, and what may follow either of two counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial

from tasks.extract.prose.claims import SHORTEST, read_statements
from tasks.extract.prose.sentences import COUNT, UNIT, decimal_of, written
from tasks.extract.report import Statement

_WORTH_READING = re.compile(r"同比|持平|上一?年|去年|20\d\d年[^。；]*[增升降减倍]")
_ANOTHER_YEAR = re.compile(r"同比|[上前]一?年|去年|20\d\d年")
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_COUNTED = re.compile(rf"(?<![\d.,])(?:{COUNT}){UNIT}")
_DOWN = re.compile("减|降|回落|下滑|少")
_NOT_COUNTED = {"report_year", "period_year", "listed_members"}

_ABOUT = r"(?:申请|总?数量?|总?量|件数|收到|新收|受理|接收|办结|答复|政府|信息|公开|数据|[共为是有的则])*"
_NOW = rf"(?<![\d.,])(?P<claim>(?P<now>{COUNT}){UNIT}(?:政府|信息|公开|申请)*)"
_BEFORE = rf"(?<![\d.,])(?P<before>{COUNT})(?:{UNIT})?(?:政府|信息|公开|申请)*"
_THIS_YEAR = r"(?:今年|本年度?|20\d\d年度?)"
_MARK = "[，,（(]?"


def _last(name: str) -> str:
    return rf"(?:(?:上一?|前一)年度?|去年|(?P<{name}>20\d\d)年度?)(?:同期)?"


def _step(name: str) -> str:
    way = "增长率?|增加|上升|提高|增多|上涨|增幅|多|减少|下降率?|降低|回落|下滑|降幅|少"
    amount = (
        rf"(?:(?P<{name}percent>\d{{1,5}}(?:\.\d{{1,3}})?)%|(?P<{name}count>{COUNT}){UNIT}"
        rf"|(?P<{name}multiple>\d{{1,3}}(?:\.\d{{1,2}})?)倍)"
    )
    exactly = "(?!以上|以下|左右|[多余百点])"
    return rf"(?:显著|明显|大幅度?|小幅|略有?)?(?P<{name}way>{way})(?:幅度|[了为达是])*[:：]?{amount}{exactly}"


_STEPS = rf"{_step('')}(?:[，,、（(](?:同比|即)?{_step('also_')})?"
_THAN = rf"(?:同比|[较比与和同]{_last('year')}(?:相比|比较)?)[，,]?"
_SAME = "(?:持平|相同|一致|相等)"
_TO = "(?:增加|增长|上升|提高|减少|下降|降低|增|升|降|减)(?:到|至|为)"
_RATE = r"(?P<now>\d{1,3}(?:\.\d{1,2})?)%"
_RATE_BEFORE = r"(?P<before>\d{1,3}(?:\.\d{1,2})?)%"
_POINTS = r"(?P<way>提高|提升|上升|增加|增长|上涨|下降|降低|回落|减少)了?(?P<points>\d{1,3}(?:\.\d{1,2})?)个百分点"
_RATES = tuple(
    map(
        re.compile,
        (
            rf"{_RATE}[，,（(]而?{_last('year')}[为是的]*{_RATE_BEFORE}[）)]?[，,]?(?:同比|相比|较上年)?{_POINTS}",
            rf"{_RATE}[，,]?[较比]{_last('year')}[为是的]*[（(]?{_RATE_BEFORE}[）)]?{_POINTS}",
            rf"[由从]{_last('year')}[为是的]*{_RATE_BEFORE}{_TO}{_RATE}[，,]?(?:同比|相比)?{_POINTS}",
            rf"{_last('year')}[^，。；\d]{{0,10}}{_RATE_BEFORE}[，,]{_THIS_YEAR}[^，。；\d]{{0,10}}{_RATE}[，,]?(?:同比)?{_POINTS}",
        ),
    )
)
"""Rates of two years, and by how many points they differ."""
_BOTH = (
    rf"{_NOW}{_MARK}{_ABOUT}[较比]{_last('year')}{_ABOUT}[（(]?{_BEFORE}[）)]?(?:相比)?[，,]?(?:同比)?{_STEPS}",
    rf"{_NOW}[，,（(]而?{_last('year')}{_ABOUT}{_BEFORE}[）)]?[，,]?(?:同比|相比)?{_STEPS}",
    rf"{_last('year')}{_ABOUT}{_BEFORE}[，,]{_THIS_YEAR}{_ABOUT}{_NOW}[，,]?(?:同比|相比)?{_STEPS}",
    rf"{_NOW}{_MARK}{_ABOUT}{_THAN}{_STEPS}[，,（(]{_last('last')}{_ABOUT}{_BEFORE}",
    rf"{_NOW}[，,]?(?:是|为|相当于|达到?){_last('year')}{_ABOUT}[（(]?{_BEFORE}[）)]?的(?P<times>\d{{1,3}}(?:\.\d{{1,2}})?)倍"
    rf"(?:[，,](?:同比|比上年)?{_STEPS})?",
    rf"[由从]{_last('year')}{_ABOUT}{_BEFORE}{_TO}{_NOW}[，,]?(?:同比|相比)?{_STEPS}",
    rf"(?P<earlier>20\d\d)年度?[、和](?P<later>20\d\d)年度?[^，。；\d]{{0,16}}?分别[为是有收到]*{_BEFORE}[、和]{_NOW}[，,]?(?:同比)?{_STEPS}",
    rf"{_NOW}[，,（(]而?{_last('year')}{_ABOUT}{_BEFORE}[）)]?[，,]?(?P<level>同比|[与和同](?:上年|去年)(?:相比)?){_SAME}",
)
"""Wordings that name both figures."""
_ONE = (
    rf"{_NOW}{_MARK}{_ABOUT}{_THAN}{_STEPS}",
    rf"{_NOW}{_MARK}{_ABOUT}(?P<level>同比|[与和同]{_last('year')}(?:相比)?){_SAME}",
)
"""Wordings that leave the figure of the year before to its report."""
_GROWTHS = tuple(map(re.compile, (*_BOTH, *_ONE)))

Growth = tuple[str, Decimal, tuple[Decimal, ...]]
"""A measure, its figure, and this year's figure with that of the year before, if it is told."""
_Claimed = Callable[[int], frozenset[tuple[str, Decimal]]]
"""What the text claims up to an offset."""


def read_growth(paragraphs: Iterable[str], year: int | None, organ: str | None = None) -> Iterator[Statement]:
    """Yield the growth of claims of the report of ``organ`` for ``year``: within a sentence, or on the year before.

    ``growth`` is in per cent and ``increase`` in cases, less than zero for a decrease, with both figures in ``parts``;
    ``growth_of_received`` and ``increase_of_received`` leave the second one to the report of the year before.
    """
    for ordinal, paragraph in enumerate(paragraphs):
        if not _WORTH_READING.search(paragraph):
            continue
        quoted, text = written(paragraph)
        claimed = partial(_claimed, text, year, organ)
        for quote, sentence in zip(_SENTENCE.findall(quoted), _SENTENCE.finditer(text), strict=True):
            if not _ANOTHER_YEAR.search(sentence[0]):
                continue
            for growth in _growths(sentence, claimed, year):
                yield Statement(growth[0], growth[1], quote, growth[2], ordinal)
            for match in (match for pattern in _RATES for match in pattern.finditer(sentence[0])):
                points = Decimal(match["points"]) * (-1 if _DOWN.search(match["way"]) else 1)
                yield Statement("points", points, quote, (Decimal(match["now"]), Decimal(match["before"])), ordinal)


def _claimed(text: str, year: int | None, organ: str | None, end: int) -> frozenset[tuple[str, Decimal]]:
    found = read_statements([text[:end].ljust(SHORTEST)], year, organ)
    return frozenset((each.measure, each.value) for each in found if each.measure not in _NOT_COUNTED)


def _growths(sentence: re.Match[str], claimed: _Claimed, year: int | None) -> Iterator[Growth]:
    """Yield the growths of a sentence, each by the first wording that fits."""
    taken = 0
    for pattern in _GROWTHS:
        for match in pattern.finditer(sentence[0]):
            told = match.groupdict()
            start, end = (sentence.start() + offset for offset in match.span("claim"))
            alone = not _COUNTED.search(sentence[0], 0, match.start())
            both = alone and told.get("before") and (not told.get("year") or int(told["year"]) < (year or 0))
            measures = set() if both else {measure for measure, _ in claimed(end) - claimed(start)}
            if not (both or measures) or match.start() < taken:
                continue
            taken = match.end()
            if told.get("earlier") and int(told["later"]) != int(told["earlier"]) + 1:
                continue
            if not told.get("before") and told.get("year") not in (None, str((year or 0) - 1)):
                continue
            if alone or measures == {"received_new"}:
                yield from _growth(told, of_received=measures == {"received_new"})


def _growth(told: dict[str, str | None], *, of_received: bool) -> Iterator[Growth]:
    """Yield what a wording states: per cent and cases, held against both figures or against this year's alone."""
    now, before = _figure(told["now"]), _figure(told.get("before"))
    percent = count = None
    times = _figure(told.get("times"))
    for name in ("", "also_"):
        sign = -1 if _DOWN.search(told.get(f"{name}way") or "") else 1
        percent = percent if (stated := _figure(told.get(f"{name}percent"))) is None else sign * stated
        count = count if (stated := _figure(told.get(f"{name}count"))) is None else sign * stated
        if multiple := _figure(told.get(f"{name}multiple")):
            times = 1 + sign * multiple
    if told.get("level"):
        count = Decimal(0)
    if now is None:
        return
    if before and times is not None:
        yield "multiple", times, (now, before)
    if of_received and before is None and percent is not None:
        yield "growth_of_received", percent, (now,)
    if of_received and before is None and count is not None:
        yield "increase_of_received", count, (now,)
    if before is not None and count is not None:
        yield "increase", count, (now, before)
    if percent is not None and (before := now - count if before is None and count is not None else before):
        yield "growth", percent, (now, before)


def _figure(digits: str | None) -> Decimal | None:
    return decimal_of(digits) if digits else None
