"""What the prose tells of section two: documents made, repealed and in force, decisions taken, fees collected.

Notices for 2025 ask the prose to state these counts. A clause is read only if every word of it is known: documents
reviewed, filed or published, cases handled and items of power are other figures.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from tasks.extract.prose.scope import Figure
from tasks.extract.prose.sentences import COUNT, Claim, Sentence, decimal_of, value_of
from tasks.extract.prose.vocabulary import PLAIN
from warehouse.prose import DECISIONS

_VERBS = {
    "issued": "(?:新?制[定发](?:出台|印发)?|出台|制定并?(?:印发|公布))(?:了)?",
    "repealed": "(?:清理)?(?:后)?废止(?:了)?(?:失效)?",
    "in_force": "(?:截[至止][^，。；]{0,8}?)?现行有效的?",
}
_DOCUMENTS = {
    "regulations": "(?:地方)?(?:人民)?(?:政府)?规章",
    "normative_documents": "(?:行政)?规范性文件",
}
_NOUNS = {**_DOCUMENTS, **DECISIONS}
_SECTION_TWO = re.compile("规章|规范性文件|行政(?:许可|处罚|强制|事业性?收费)")
_VERB = "|".join(f"(?P<{column}>{words})" for column, words in _VERBS.items())
_NOUN = "|".join(f"(?P<{row}>{words})" for row, words in _NOUNS.items())
_LEAD = rf"(?:{PLAIN}|年底|年末|目前|新|(?:[省市区县州旗镇]|街道)(?:人民)?政府(?=制|出))*?"
_COUNTED = re.compile(
    rf"{_LEAD}(?:{_VERB}|作出|下达|实施|办理)?(?:{PLAIN})*?(?:{_NOUN})?(?:决定|数量?|总数|件数|[的为共计有])*"
    rf"(?P<number>{COUNT})[件部个项份](?:决定)?(?:行政许可|行政处罚|行政强制|(?:行政)?规范性文件|规章)?"
)
_OF_ITEMS = re.compile(r"\d[项部个]")
"""Items of power are no decisions."""
_OF_AN_AREA = re.compile("全[省市区县州旗]")
_DENIED = re.compile(
    rf"{_LEAD}(?:未|没有|无)(?:{_VERB}|作出|下达|实施|新增)?(?:任何|过)*(?:{_NOUN})(?:决定|的?情[况形]|[的件])*"
)
_SEGMENT = re.compile(r"(?:[^，。；：:;、（）()\d]|\d[\d,]*|(?<!件)、(?!\d))+")
_FEE = re.compile(
    rf"{_LEAD}(?:收取|征收|收缴)?(?:了|的)*行政事业性?收费(?:项目)?(?:收入|金额|总额|资金|合计|共计|数额|[共计为是达])*"
    r"(?P<amount>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?)(?P<unit>亿|万)?元(?!左右|以上)"
)
_NO_FEE = re.compile(rf"{_LEAD}(?:未|没有|无)(?:收取|征收|发生|产生)?(?:任何)?行政事业性?收费(?:项目|收入|[的为])*")
_UNITS = {"亿": 100_000_000, "万": 10_000, None: 1}


def published_claims(sentence: Sentence) -> Iterator[Claim]:
    """Yield what a sentence claims of section two; a noun or a verb holds for the figures that follow without one."""
    if not _SECTION_TWO.search(sentence.text):
        return
    row = column = None
    unknown = False
    for segment in _SEGMENT.finditer(sentence.text):
        listed = sentence.text[segment.start() - 1 : segment.start()] == "、"
        unknown = (unknown and listed) or not (_COUNTED.fullmatch(segment[0]) or _DENIED.fullmatch(segment[0]))
        for pattern in (_COUNTED, _DENIED):
            match = pattern.fullmatch(segment[0])
            if match is None:
                continue
            told = {name for name, words in match.groupdict().items() if words}
            row = next((each for each in _NOUNS if each in told), row)
            column = next((each for each in _VERBS if each in told), column)
            measure = _measure(row, column)
            if measure is None or not (told - {"number"}) or unknown or not _is_own(sentence, segment):
                continue
            if row in DECISIONS and _OF_ITEMS.search(segment[0]):
                continue
            yield Claim(measure, value_of(match) if "number" in told else Decimal(0))
    yield from _fees(sentence)


def _measure(row: str | None, column: str | None) -> str | None:
    if row in DECISIONS:
        return f"{row}_decisions"
    return f"{row}_{column}" if row and column else None


def _fees(sentence: Sentence) -> Iterator[Claim]:
    """Yield fees in yuan, with the digit to which they were rounded."""
    for clause in re.finditer(r"[^，。；：:（）()]+(?:(?<=\d),\d[^，。；：:（）()]*)*", sentence.text):
        if not _is_own(sentence, clause):
            continue
        if match := _FEE.fullmatch(clause[0]):
            amount, worth = decimal_of(match["amount"]), _UNITS[match["unit"]]
            last_digit = Decimal(1).scaleb(int(amount.as_tuple().exponent)) * worth
            yield Claim("fees_amount", amount * worth, (last_digit,))
        elif _NO_FEE.fullmatch(clause[0]):
            yield Claim("fees_amount", Decimal(0), (Decimal(1),))


def _is_own(sentence: Sentence, clause: re.Match[str]) -> bool:
    figure = Figure(sentence.paragraph, sentence.at, sentence.at + clause.start(), sentence.at + clause.end())
    if _OF_AN_AREA.search(clause[0]) and not sentence.paragraph.of_area:
        return False
    return figure.is_own() and figure.is_of_year(sentence.year) and not figure.is_of_sample() and not figure.is_help()
