"""What the prose claims: figures that the rules E1 to E9 compare with the tables, each with its sentence.

A claim is read only where the wording leaves one meaning. Figures of another year or of a part of one, of a part
(其中 …, by one channel, on one subject), of a joint count (行政复议、行政诉讼共 3 件), of other organs or of other
business (letters, proposals, reviews not about disclosure), and figures that are not exact (120余件) are left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tasks.chinese import half_width, with_counts_in_digits
from tasks.extract.prose.scope import Figure, Paragraph
from tasks.extract.report import Statement

_UNIT = "(?:件次|件|宗|起|份|例|条|项|个|封)"
_COUNT = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?!\d|\.\d|[%％年月日])"
"""A count of at most nine digits: what is longer is none, and no column of the warehouse holds it."""
_NUMBER = rf"(?<!\d)(?P<number>{_COUNT}){_UNIT}(?!以上|以下|以内|左右|次数)"
_GAP = r"[^，。；：,;:\d（()）]"
_COUNTED_AS = "共计|合计|总计|总数|数量?|总?量|件数|[了到有为共计]"
_APPLICATION_WORDS = (
    "(?:(?:公民|自然人)(?:、|和|或|及|与)*法人(?:、|或者|和|或|及|与|以及)*(?:其他|其它)?(?:社会)?组织"
    "|政府|政务|信息|公开|依法?申请|申请人?|提出|提交|递交|要求|获取|公民|社会|公众|群众|市民|任何|有效|事项|信?件|并|受理|登记|办理"
    f"|[向对由][我本](?:局|委|厅|办|机关|单位|镇|乡|街道)|各[类种]|[的新关于]|{_COUNTED_AS})*+"
)
"""What may stand between 收到 or 答复 and the figure, if it counts all applications and nothing else."""
_RECEIVED = re.compile(
    r"(?<!不予)(?<!不)(?P<verb>新收|收到|受理|接到|接收|收悉|收办|共收)"
    rf"(?P<gap>{_GAP}{{0,30}}?)(?:{_NUMBER}|(?P<end>$|[，。；,;]))(?P<behind>{_APPLICATION_WORDS})"
)
_DENYING = ("未", "没有", "无")
_NEW_OF_THIS_YEAR = re.compile(r"(?:其中)?(?:本年度?|当年|今年|20\d\d年度?)?")
_CONCLUDED = re.compile(rf"(?:办结|答复|办复|办理完毕|回复)(?P<gap>{_GAP}{{0,16}}?){_NUMBER}")
_ONE_CHANNEL = re.compile(
    r"系统|信函|传真|当面|现场|窗口|网络|网上|网站|在线|线[上下]|平台|邮箱|邮件|邮寄|书面|电话|渠道|方式|形式|途径"
)
_EVERY_CHANNEL = re.compile(r"等|各种|各类|任何|多种|所有")
_OUTCOMES = {
    "予以公开": "granted",
    "部分公开": "partially_granted",
    "部分予以公开": "partially_granted",
    "不予公开": "denied",
    "不予以公开": "denied",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
    "其他处理": "other_total",
}
_OUTCOME_WORDS = "|".join(f"(?<![部分不应]){word}" if word == "予以公开" else word for word in _OUTCOMES)
_OUTCOME_WORD = re.compile("|".join(_OUTCOMES))
_OUTCOME = re.compile(
    r"(?P<word>(?<!不予)(?<!主动)(?<!不)(?:(?<!不)予以|全部)?公开(?:以及|及|和|、|与|或者|或)(?:予以)?部分公开|予以公开[（(]含部分公开[）)]"
    rf"|{_OUTCOME_WORDS})"
    rf"[”’」』]?(?:政府信息|信息|申请|答复|情形|决定|方式|[的为共有合总计])*{_NUMBER}"
)
_OUTCOME_BEHIND = re.compile(rf"{_NUMBER}(?:申请)?(?:[为系是])?(?P<word>{_OUTCOME_WORDS})(?!{_GAP}{{0,8}}\d)")
_JOINT = re.compile(r"(?:公开|提供|处理)(?:[、和及与或]|以及|或者)$")
_ONE_REASON = re.compile(r"属于|因|由于|涉及|意见")
_PART_IN_BRACKETS = re.compile(r"[（(][^（()）]*(?:含|其中|包括)[^（()）]*$")
_OF_OTHER_PAPERS = re.compile("公文|发文|属性|类申请|拟公开|主动公开信息")
"""Documents whose attribute is 不予公开 are no applications; those of one kind are a part of the applications."""
_HANDLED = re.compile(rf"{_OUTCOME_WORD.pattern}|办结|答复|复议|诉讼")
_APPLICANT = re.compile(
    rf"(?P<word>自然人|(?:(?<=件、)|(?<![、和及与或]))法人(?:或者|或|和|及|与|、)其他组织)(?:提出|提交|申请|的|政府信息公开|[为共计有])*{_NUMBER}"
)
_DISPUTE = re.compile(
    rf"(?P<word>复议|诉讼)(?P<gap>(?:申请|案件?|件|类|被|引发|新增|{_COUNTED_AS}|发生|(?P<each>均为?|各))*+){_NUMBER}"
)
_DISPUTES = {"复议": "review", "诉讼": "litigation"}
_JOINT_DISPUTE = re.compile(r"复议(?:案件|申请)?(?:和|及|与|或|、)(?:提起)?(?:行政)?$")
_BY_WAY = re.compile(r"复议后|经复议|直接起诉|直接提起")
_AS_AUTHORITY = re.compile(r"审理|受理|审结|立案|裁决|新收|新增")
_AS_AUTHORITY_PERHAPS = re.compile(r"办理|收到|承办|应诉|办结")
_NONE = r"(?:未发生|未收到|未产生|未出现|未有|没有|未被|未因|(?<![^，,。；;：、年也均])无)"
_NO_DISPUTE = re.compile(rf"{_NONE}[^。；;\d]*?(?:复议|诉讼)[^。；;\d]*")
_DENIED = re.compile(rf"{_NONE}.*(?:复议|诉讼)")
_DENIED_AS_WELL = re.compile(r"(?:因|被|提起|发生|行政|复议|诉讼|案件?|的?情[况形]|[和或、])*")
_LIST = re.compile(rf"{_NUMBER}[（(](?P<members>[^（()）]+)[)）]")
_MEMBER = re.compile(rf"(?<![\d.,])({_COUNT}){_UNIT}")
_PERIOD = re.compile(r"(20\d{2})年1月1日(?:起)?[^。0-9]{1,3}(?:(20\d{2})年|同年)?12月31日")
_REPORT_YEAR = re.compile(
    r"(?:公布|公开|编制|发布|报告)[^。，；\d]{0,40}(20\d{2})年(?:度)?(?:政府|政务)?信息公开(?:工作)?(?:年度)?报告"
)

_WORTH_READING = re.compile(
    r"\d|[一二三四五六七八九十百千][件宗起]|未[^。]*(?:申请|复议|诉讼)|[没无][^。]*(?:申请|复议|诉讼)"
)
_OPENING_YEAR = re.compile(r"[（(]?[一二三四五六七八九十\d]{0,2}[)）、.]{0,2}(20\d{2})年度?，")
_ABOUT_THE_REPORT = re.compile("统计[期时]限|年度报告|年报")
_SHORTEST = 8
"""Characters of the shortest claim; what is shorter is a figure of a table."""
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_ABOUT_DISCLOSURE = re.compile(r"信息公开|依申请|政府信息|公开申请")
_UNRELATED = re.compile(r"与(?:政府)?信息公开(?:工作)?无关")
_PARTIAL_CONCLUSION = re.compile(r"延期|逾期|超期|当场|主动|其中|未|应|待|多|少|类|同意|部分公开|不公开")
_IN_TIME = re.compile(r"按[时期]|期限内")
_LATE = re.compile(r"延期|逾期|超期")
_PARTIAL_LIST = re.compile(r"含|包括|另|超|近|约|余|以上|占|同比|增|减|[；;]")
_SETTLED = re.compile(r"维持|纠正|纠错|撤销|撤回|审结|驳回|败诉|胜诉|确认|结案|未审")


@dataclass(frozen=True)
class _Sentence:
    """A sentence of a paragraph, from offset ``at``, in the report of a year."""

    text: str
    paragraph: Paragraph
    at: int
    year: int | None

    def figures(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Figure]]:
        """Yield the matches that speak of the report year, with what surrounds them."""
        for match in pattern.finditer(self.text):
            figure = Figure(self.paragraph, self.at, self.at + match.start(), self.at + match.end())
            if figure.is_of_year(self.year):
                yield match, figure


def read_statements(paragraphs: Iterable[str], year: int | None, organ: str | None = None) -> tuple[Statement, ...]:
    """Read the claims of the prose, each measure and figure once, in reading order.

    ``year`` is the report year; figures of another one are left out. So is what all organs of an area received, if
    ``organ`` is a department, and what a government's office received, if ``organ`` is the government.
    """
    found: dict[tuple[str, Decimal], Statement] = {}
    prose: list[tuple[int, str]] = []
    for ordinal, paragraph in enumerate(paragraphs):
        if len(paragraph) < _SHORTEST or not _WORTH_READING.search(paragraph):
            continue
        quoted = half_width("".join(paragraph.split()))
        text = with_counts_in_digits(quoted)
        written = Paragraph(text, organ)
        prose.append((ordinal, quoted))
        context = bool(_ABOUT_DISCLOSURE.search(text))
        for quote, sentence in zip(_SENTENCE.findall(quoted), _SENTENCE.finditer(text), strict=True):
            if not _WORTH_READING.search(quote):
                continue
            passage = _Sentence(sentence[0], written, sentence.start(), year)
            for measure, value, parts in _claims(passage, context):
                found.setdefault((measure, value), Statement(measure, value, quote, parts, ordinal))
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


_Claim = tuple[str, Decimal, tuple[Decimal, ...]]


def _claims(sentence: _Sentence, context: bool) -> Iterator[_Claim]:
    if "年" in sentence.text:
        for pattern, measure in ((_PERIOD, "period_year"), (_REPORT_YEAR, "report_year")):
            for match in pattern.finditer(sentence.text):
                yield from ((measure, Decimal(year), ()) for year in match.groups() if year)
    if not context:
        return
    yield from _received_claims(sentence)
    yield from _concluded_claims(sentence)
    if _OUTCOME_WORD.search(sentence.text):
        yield from _outcome_claims(sentence)
    if "申请" in sentence.text:
        yield from _applicant_claims(sentence)
    if ("复议" in sentence.text or "诉讼" in sentence.text) and not _UNRELATED.search(sentence.text):
        yield from _dispute_claims(sentence)


def _received_claims(sentence: _Sentence) -> Iterator[_Claim]:
    for match, figure in sentence.figures(_RECEIVED):
        if not figure.is_own() or figure.is_help() or _of_one_channel(figure):
            continue
        named = "申请" in match["gap"] + match["behind"]
        if not re.fullmatch(_APPLICATION_WORDS, match["gap"]) or not (named or figure.topic == "applications"):
            continue
        none = figure.before.endswith(_DENYING)
        new = match["verb"] == "新收" and _NEW_OF_THIS_YEAR.fullmatch(figure.before)
        if match["number"] and not none and (new or not figure.is_part()):
            yield "received_new", _value(match), ()
        elif none and not match["number"] and named and not figure.is_of_other_business():
            yield "received_new", Decimal(0), ()


def _concluded_claims(sentence: _Sentence) -> Iterator[_Claim]:
    for match, figure in sentence.figures(_CONCLUDED):
        if (
            figure.topic == "applications"
            and figure.is_own()
            and re.fullmatch(_APPLICATION_WORDS, match["gap"])
            and not _PARTIAL_CONCLUSION.search(figure.before[-4:])
            and not (_IN_TIME.search(figure.before[-4:]) and _LATE.search(sentence.text))
            and not figure.is_help()
            and not figure.is_of_other_business()
        ):
            yield "concluded_total", _value(match), ()


def _outcome_claims(sentence: _Sentence) -> Iterator[_Claim]:
    for pattern in (_OUTCOME, _OUTCOME_BEHIND):
        for match, figure in sentence.figures(pattern):
            measure = _outcome(match, figure)
            if measure and figure.is_own():
                yield measure, _value(match), ()


def _outcome(match: re.Match[str], figure: Figure) -> str | None:
    """Return the measure that an outcome's figure claims; ``None`` if it is of one reason, or of several outcomes."""
    word = match["word"]
    if _JOINT.search(figure.before) or _PART_IN_BRACKETS.search(figure.sentence):
        return None
    if figure.topic == "other" or _OF_OTHER_PAPERS.search(figure.sentence):
        return None
    if "信息" in match[0] and not re.search("申请|答复|办结|办理", figure.sentence):
        return None
    if word not in _OUTCOMES:
        return "granted_or_partially_granted"
    if word == "无法提供" and "不掌握" in figure.before:
        return "unavailable_or_not_held"
    return None if _ONE_REASON.search(figure.before) else _OUTCOMES[word]


def _applicant_claims(sentence: _Sentence) -> Iterator[_Claim]:
    if "人" in sentence.text or "组织" in sentence.text:
        yield from _of_applicants(sentence)
    if "（" in sentence.text or "(" in sentence.text:
        yield from _listed(sentence)


def _of_applicants(sentence: _Sentence) -> Iterator[_Claim]:
    for match, figure in sentence.figures(_APPLICANT):
        if not _HANDLED.search(figure.sentence) and figure.is_own():
            yield "natural_person" if match["word"] == "自然人" else "organizations", _value(match), ()


def _listed(sentence: _Sentence) -> Iterator[_Claim]:
    for match, _ in sentence.figures(_LIST):
        members = tuple(Decimal(member.replace(",", "")) for member in _MEMBER.findall(match["members"]))
        some_left_out = "其中" in match["members"] and sum(members) < _value(match)
        if len(members) > 1 and not some_left_out and not _PARTIAL_LIST.search(match["members"]):
            yield "listed_members", _value(match), members


def _dispute_claims(sentence: _Sentence) -> Iterator[_Claim]:
    for match, figure in sentence.figures(_DISPUTE):
        joint = _JOINT_DISPUTE.search(figure.before)
        if (joint and not match["each"]) or _is_of_other_disputes(match, figure):
            continue
        if sentence.paragraph.of_area or figure.is_own():
            for word in ("复议", "诉讼") if joint else (match["word"],):
                yield _DISPUTES[word], _value(match), ()
    for match, _ in sentence.figures(_NO_DISPUTE):
        for word in _without(match):
            yield _DISPUTES[word], Decimal(0), ()


def _is_of_other_disputes(match: re.Match[str], figure: Figure) -> bool:
    """Whether the cases are a part by their way to court, or those that the organ decided as the authority."""
    if _BY_WAY.search(figure.before) or _AS_AUTHORITY.search(figure.before):
        return True
    return bool(_AS_AUTHORITY_PERHAPS.search(figure.before)) and not _ABOUT_DISCLOSURE.search(figure.sentence)


def _without(match: re.Match[str]) -> Iterator[str]:
    """Yield 复议 and 诉讼 where the words deny that there were any; that none was lost denies nothing."""
    clauses = re.split("[，,]", match[0])
    if match.string[match.end() : match.end() + 1].isdigit():
        clauses.pop()
    denied = False
    for clause in clauses:
        denied = not _SETTLED.search(clause) and bool(
            _DENIED.search(clause) or (denied and _DENIED_AS_WELL.fullmatch(clause))
        )
        if denied:
            yield from (word for word in _DISPUTES if word in clause)


def _of_one_channel(figure: Figure) -> bool:
    return bool(_ONE_CHANNEL.search(figure.clause)) and not _EVERY_CHANNEL.search(figure.clause)


def _value(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", ""))
