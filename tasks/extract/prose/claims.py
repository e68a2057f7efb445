"""What the prose claims: figures that the rules E1 to E9 compare with the tables, each with its sentence.

A claim is read only where the wording leaves one meaning. Figures of another year or of a part of one, of a part
(其中 …, by one channel, on one subject), of a joint count (行政复议、行政诉讼共 3 件), of other organs or of other
business (letters, proposals, reviews not about disclosure), and figures that are not exact (120余件) are left out.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from tasks.extract.prose.among import EVERY_CHANNEL, ONE_CHANNEL, figures_among
from tasks.extract.prose.disputes import dispute_claims
from tasks.extract.prose.named import named_claims
from tasks.extract.prose.parts import listed_claims
from tasks.extract.prose.published import published_claims
from tasks.extract.prose.scope import OTHER_BUSINESS, Figure, Paragraph
from tasks.extract.prose.sentences import (
    ABOUT_DISCLOSURE,
    COUNTED_AS,
    GAP,
    NUMBER,
    Claim,
    Sentence,
    decimal_of,
    written,
)
from tasks.extract.prose.vocabulary import CARRIED_LEAD, CONCLUDED
from tasks.extract.report import Statement

_APPLICATION_WORDS = (
    "(?:[《》表书]|(?:和|与|及)上年度?结转|在册|(?:公民|自然人)(?:、|和|或|及|与)*法人(?:、|或者|和|或|及|与|以及)*(?:其他|其它)?(?:社会)?组织"
    "|政府|政务|信息|公开|依法?申请|申请人?|提出|提交|递交|要求|获取|公民|社会|公众|群众|市民|任何|有效|事项|信?件|并|和|及|受理|登记|办理"
    f"|[向对由][我本](?:局|委|厅|办|机关|单位|镇|乡|街道)|各[类种]|[的新关于]|{COUNTED_AS})*+"
)
"""What may stand between 收到 or 答复 and the figure, if it counts all applications and nothing else."""
_RECEIVED = re.compile(
    r"(?<!不予)(?<!不)(?P<verb>应办理?(?!结)|新收|收到|受理|接到|接收|收悉|收办|共收|(?<!不动产)登记(?!表))"
    rf"(?P<gap>{GAP}{{0,30}}?)[:：]?(?:{NUMBER}|(?<=申请)(?P<bare>\d{{1,6}})(?=[，。；])|(?P<end>$|[，。；,;]))"
    rf"(?P<behind>{_APPLICATION_WORDS})"
)
_AMOUNT = re.compile(
    rf"申请(?P<noun>(?:收件|受理|收到|接收|登记|总|件)*(?:数量|总量|数|量))(?:共计|[为达到是共有约])*[:：]?{NUMBER}"
)
_RECEIVED_BEHIND = re.compile(rf"{NUMBER}(?:政府|政务)?信息公开申请{GAP}{{0,12}}被{GAP}{{0,6}}(?:受理|接收)")
_NONE_AT_ALL = re.compile('[“”"]?零申请')
_CARRIED_IN = re.compile(
    r"(?:(?:上|前)一?年度?|去年|(?P<year>20\d\d)年度?)(?:结转|转入|未办结|跨年)"
    rf"(?:至|到|来|本年度?|今年|办理|处理|答复|继续|申请|政府|信息|公开|件数|数量?|[的共为有入])*{NUMBER}"
)
_LATER = r"(?:下|次|翌)一?年度?|(?P<year>20\d\d)年度?"
_CARRIED_OUT = re.compile(
    rf"(?:结转|转|顺延|延)(?:办理)?(?:至|到|入)?(?:{_LATER})(?:办理|处理|答复|继续|申请|政府|信息|公开|件数|数量?|[的共为有])*{NUMBER}"
)
_CARRIED_OUT_BEHIND = re.compile(
    rf"{NUMBER}(?:政府信息公开)?(?:申请)?(?:，[均都]?尚?未(?:超期|逾期|到期|届满)，)?(?:(?:因|由于|按|经|尚|正){GAP}{{0,16}}，?)?"
    rf"{GAP}{{0,8}}(?:(?:结转|顺延|延|转)(?:办理)?(?:至|到|入)?(?:{_LATER})|跨年(?:办理|结转|答复))(?!{GAP}{{0,12}}\d)"
)
_OF_THOSE = re.compile("(?:办结|答复|办理|处理|办复)(?:了|完|完毕)?$")
"""What was done of those carried over may be a part of them."""
_NEXT_YEAR = re.compile("(?:下|次)一?年")
_DENYING = ("未", "没有", "无")
_NEW_OF_THIS_YEAR = re.compile(r"(?:其中)?(?:本年度?|当年|今年|20\d\d年度?)?")
_CONCLUDED = re.compile(rf"(?:{CONCLUDED})(?P<gap>{GAP}{{0,16}}?)[:：]?{NUMBER}")
_OUTCOMES = {
    "予以公开": "granted",
    "同意公开": "granted",
    "部分公开": "partially_granted",
    "部分予以公开": "partially_granted",
    "不予公开": "denied",
    "不予以公开": "denied",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
    "其他处理": "other_total",
}
_OUTCOME_WORDS = "|".join(
    f"(?<![部分不应未]){word}" if word in ("予以公开", "同意公开") else word for word in _OUTCOMES
)
_OUTCOME_WORD = re.compile("|".join(_OUTCOMES))
_OUTCOME = re.compile(
    r"(?P<word>(?<!不予)(?<!主动)(?<!不)(?:(?<!不)予以|全部)?公开(?:以及|及|和|、|与|或者|或)(?:予以)?部分公开|予以公开[（(]含部分公开[）)]"
    rf"|{_OUTCOME_WORDS})"
    rf"[”’」』]?(?:政府信息公开(?=申请)|政府信息|信息|申请|答复|情形|决定|方式|[的为共有合总计达])*(?:[（(][^（()）\d]*[)）])?{NUMBER}"
)
_OUTCOME_BEHIND = re.compile(rf"{NUMBER}(?:申请)?(?:依法|[为系是])*(?P<word>{_OUTCOME_WORDS})(?!{GAP}{{0,8}}\d)")
_JOINT = re.compile(r"(?:公开|提供|处理)(?:[、和及与或]|以及|或者)$")
_ONE_REASON = re.compile(r"属于|因|由于|涉及|意见")
_PART_IN_BRACKETS = re.compile(r"[（(][^（()）]*(?:含|其中|包括)[^（()）]*$")
_OF_OTHER_PAPERS = re.compile("公文|发文|属性|类申请|拟公开|主动公开信息")
"""Documents whose attribute is 不予公开 are no applications; those of one kind are a part of the applications."""
_HANDLED = re.compile(rf"{_OUTCOME_WORD.pattern}|办结|答复|复议|诉讼")
_APPLICANT = re.compile(
    rf"(?P<word>自然人|(?:(?<=件、)|(?<![、和及与或]))法人(?:或者|或|和|及|与|、)其他组织)(?:提出|提交|申请|的|政府信息公开|[为共计有])*{NUMBER}"
)
_APPLICANT_BEHIND = re.compile(
    rf"{NUMBER}(?:申请)?(?:由|来自|系|为)(?:公民)?(?:个人)?[（(]?(?P<word>自然人|法人(?:或者|或|和|及|与|、)其他组织)"
)
_PERIOD = re.compile(r"(20\d{2})年1月1日(?:起)?[^。0-9]{1,3}(?:(20\d{2})年|同年)?12月31日")
_REPORT_YEAR = re.compile(
    r"(?:公布|公开|编制|发布|报告)[^。，；\d]{0,40}(20\d{2})年(?:度)?(?:政府|政务)?信息公开(?:工作)?(?:年度)?报告"
)

_WORTH_READING = re.compile(r"[\d零未没无均全一二三四五六七八九十百千](?:(?<=[\d零未没无均全])|[件宗起])")
_OPENING_YEAR = re.compile(r"[（(]?[一二三四五六七八九十\d]{0,2}[)）、.]{0,2}(20\d{2})年度?，")
_ABOUT_THE_REPORT = re.compile("统计[期时]限|年度报告|年报")
SHORTEST = 8
"""Characters of the shortest claim; what is shorter is a figure of a table."""
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_OF_OUTCOMES = re.compile(
    rf"(?:新收|收到|受理|接收)申请\d|新收的?申请|(?:收到|受理|办结)的\d+件申请|应办理?申请|办理结果|申请人|结转|自然人|法人[或和及、]|{_OUTCOME_WORD.pattern}"
)
"""What tells, where no other business is named, that applications for information are meant."""
_DISPUTE_WORDS = re.compile("行政(?:复议|诉讼)(?:案件)?|复议(?:案件)?|诉讼(?:案件)?")
_ABOUT_DISPUTES = re.compile("被申请行政复议|被提起行政诉讼|直接(?:提起)?起诉|复议后再?(?:提起)?起诉")
_OF_ALL_KINDS = re.compile("其中[^。]*(?:信息公开|依申请)|各类|各项|所有|工伤|执法|法治|依法行政")
_ELSEWHERE = re.compile(
    "考察|借鉴|不(?:计入|纳入|列入)|未(?:计入|纳入|列入)|不在[^，。；]{0,8}统计|另行统计|赴[^，。]{1,12}(?:学习|调研)"
)
"""Sentences that tell of what was seen elsewhere."""
_PARTIAL_CONCLUSION = re.compile(
    r"延期|逾期|超期|当场|主动|其中|未|应|待|多|少|类|同意|不公开|(?:公开|提供|处理)[的为]?$"
)
_OF_THE_NEW = re.compile(r"(?:新收|收到|受理)[^，。；]*申请(?:中|里)")
_IN_TIME = re.compile(r"按[时期]|期限内")
_LATE = re.compile(r"延期|逾期|超期")


def read_statements(paragraphs: Iterable[str], year: int | None, organ: str | None = None) -> tuple[Statement, ...]:
    """Read the claims of the prose, each measure and figure once, in reading order.

    ``year`` is the report year; figures of another one are left out. So is what all organs of an area received, if
    ``organ`` is a department, and what a government's office received, if ``organ`` is the government.
    """
    found: dict[tuple[str, Decimal], Statement] = {}
    prose: list[tuple[int, str]] = []
    for ordinal, paragraph in enumerate(paragraphs):
        if len(paragraph) < SHORTEST or not _WORTH_READING.search(paragraph):
            continue
        quoted, text = written(paragraph)
        body = Paragraph(text, organ)
        prose.append((ordinal, quoted))
        about = bool(ABOUT_DISCLOSURE.search(text))
        for quote, sentence in zip(_SENTENCE.findall(quoted), _SENTENCE.finditer(text), strict=True):
            if not _WORTH_READING.search(quote):
                continue
            passage = Sentence(sentence[0], body, sentence.start(), year)
            claims = tuple(_claims(passage, about))
            among = frozenset(figures_among(passage)) if any(_may_be_among(claim) for claim in claims) else ()
            for claim in (claim for claim in claims if claim.end not in among):
                statement = Statement(claim.measure, claim.value, quote, claim.parts, ordinal)
                found.setdefault((claim.measure, claim.value), statement)
    for statement in _of_another_year(prose, year):
        found.setdefault((statement.measure, statement.value), statement)
    return tuple(found.values())


def _of_another_year(prose: Iterable[tuple[int, str]], year: int | None) -> Iterator[Statement]:
    """Yield the year with which the prose opens, if it names the report year nowhere: prose left over from before."""
    told = [(ordinal, text) for ordinal, text in prose if "。" in text and not _ABOUT_THE_REPORT.search(text)]
    if year is None or any(f"{year}年" in text for _, text in told):
        return
    for ordinal, text in told:
        if opening := _OPENING_YEAR.match(text):
            yield Statement("report_year", Decimal(opening[1]), text[: text.index("。") + 1], (), ordinal)
            return


def _claims(sentence: Sentence, about: bool) -> Iterator[Claim]:
    """Yield the claims of a sentence; ``about`` says whether its paragraph names the disclosure of information."""
    for pattern, measure, word in ((_PERIOD, "period_year", "年1月1日"), (_REPORT_YEAR, "report_year", "报告")):
        for match in pattern.finditer(sentence.text) if word in sentence.text else ():
            yield from (Claim(measure, Decimal(year)) for year in match.groups() if year)
    yield from published_claims(sentence)
    yield from listed_claims(sentence.text)
    text = _DISPUTE_WORDS.sub("", sentence.text)
    if _ELSEWHERE.search(text) or not (about or not OTHER_BUSINESS.search(text)):
        return
    if about or (_ABOUT_DISPUTES.search(sentence.text) and not _OF_ALL_KINDS.search(sentence.paragraph.text)):
        yield from dispute_claims(sentence)
        yield from named_claims(sentence)
    if not about and (text != sentence.text or not _OF_OUTCOMES.search(text)):
        return
    if not about:
        yield from named_claims(sentence)
    yield from _received_claims(sentence)
    yield from _concluded_claims(sentence)
    if any(word in sentence.text for word in ("转", "延", "跨年")):
        yield from _carried_claims(sentence)
    if _OUTCOME_WORD.search(sentence.text):
        yield from _outcome_claims(sentence)
    yield from _of_applicants(sentence)


def _may_be_among(claim: Claim) -> bool:
    return claim.end >= 0 and claim.measure != "received_new"


def _received_claims(sentence: Sentence) -> Iterator[Claim]:
    for match, figure in sentence.figures(_RECEIVED):
        if not figure.is_own() or not figure.is_plain() or figure.is_help() or _of_one_channel(figure):
            continue
        words = match["gap"] + match["behind"]
        named = "申请" in words
        explicit = named and ("公开" in words or "信息" in words)
        if not re.fullmatch(_APPLICATION_WORDS, match["gap"]) or not (
            explicit or figure.topic == "applications" or (named and figure.topic is None)
        ):
            continue
        none = figure.before.endswith(_DENYING)
        new = match["verb"] == "新收" and _NEW_OF_THIS_YEAR.fullmatch(figure.before)
        number = match["number"] or match["bare"]
        if number and not none and (new or not figure.is_part()):
            end = match.end("number" if match["number"] else "bare")
            yield Claim("received_new", decimal_of(number), (), sentence.at + end)
        elif none and not number and named and not figure.is_of_other_business():
            yield Claim("received_new", Decimal(0))
    for pattern in (_AMOUNT, _RECEIVED_BEHIND) if "申请" in sentence.text else ():
        for match, figure in sentence.figures(pattern):
            words = re.search("办结|办理|答复|结转", figure.before)
            if figure.is_own() and figure.topic == "applications" and not (words or figure.is_part()):
                yield sentence.claim("received_new", match)
    for _, figure in sentence.figures(_NONE_AT_ALL) if "零申请" in sentence.text else ():
        if figure.is_own() and figure.topic == "applications":
            yield Claim("received_new", Decimal(0))


def _carried_claims(sentence: Sentence) -> Iterator[Claim]:
    """Yield what was carried over: from the year before, or into the next one, whether or not its year is named."""
    for pattern, measure, year in (
        (_CARRIED_IN, "carried_in", -1),
        (_CARRIED_OUT, "carried_out", 1),
        (_CARRIED_OUT_BEHIND, "carried_out", 1),
    ):
        for match in pattern.finditer(sentence.text):
            figure = Figure(sentence.paragraph, sentence.at, sentence.at + match.start(), sentence.at + match.end())
            named = int(match["year"]) if match["year"] else None
            if named is not None and (sentence.year is None or named != sentence.year + year):
                continue
            if named is None and not figure.is_of_year(sentence.year):
                continue
            if _OF_THOSE.search(figure.before):
                continue
            if not figure.is_own() or not figure.is_plain(CARRIED_LEAD):
                continue
            if figure.topic != "other" and not figure.is_of_other_business():
                yield sentence.claim(measure, match)


def _concluded_claims(sentence: Sentence) -> Iterator[Claim]:
    for match, figure in sentence.figures(_CONCLUDED):
        if (
            (figure.topic == "applications" or (figure.topic is None and "申请" in figure.sentence))
            and figure.is_own()
            and figure.is_plain()
            and re.fullmatch(_APPLICATION_WORDS, match["gap"])
            and not _PARTIAL_CONCLUSION.search(figure.before[-4:])
            and not (_IN_TIME.search(figure.before[-4:]) and _LATE.search(sentence.text))
            and not figure.is_help()
            and not figure.is_of_other_business()
            and not _NEXT_YEAR.search(figure.clause)
            and not _OF_THE_NEW.search(figure.sentence)
        ):
            yield sentence.claim("concluded_total", match)


def _outcome_claims(sentence: Sentence) -> Iterator[Claim]:
    for pattern in (_OUTCOME, _OUTCOME_BEHIND):
        for match, figure in sentence.figures(pattern):
            measure = _outcome(match, figure)
            if measure and figure.is_own() and (figure.is_plain() or measure == "unavailable_or_not_held"):
                yield sentence.claim(measure, match)


def _outcome(match: re.Match[str], figure: Figure) -> str | None:
    """Return the measure that an outcome's figure claims; ``None`` if it is of one reason, or of several outcomes."""
    word = match["word"]
    if _JOINT.search(figure.before) or _PART_IN_BRACKETS.search(figure.sentence):
        return None
    if figure.topic == "other" or _OF_OTHER_PAPERS.search(figure.sentence):
        return None
    if "信息" in re.sub("[（(].*?[）)]", "", match[0]) and not re.search("申请|答复|办结|办理", figure.sentence):
        return None
    if word not in _OUTCOMES:
        return "granted_or_partially_granted"
    if word == "无法提供" and "不掌握" in figure.before:
        return "unavailable_or_not_held"
    return None if _ONE_REASON.search(figure.before) else _OUTCOMES[word]


def _of_applicants(sentence: Sentence) -> Iterator[Claim]:
    if "自然人" not in sentence.text and "法人" not in sentence.text:
        return
    for match, figure in (*sentence.figures(_APPLICANT), *sentence.figures(_APPLICANT_BEHIND)):
        if not _HANDLED.search(figure.sentence) and figure.is_own() and figure.is_plain():
            yield sentence.claim("natural_person" if match["word"] == "自然人" else "organizations", match)


def _of_one_channel(figure: Figure) -> bool:
    return bool(ONE_CHANNEL.search(figure.clause)) and not EVERY_CHANNEL.search(figure.clause)
