"""What the prose claims: figures that the rules E1 to E9 compare with the tables, each with its sentence.

A claim is read only where the wording leaves one meaning. Figures of another year, of a part (其中 …), of a joint
count (行政复议、行政诉讼共 3 件) or of other business (letters, proposals, reviews not about disclosure) are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from tasks.records import Statement

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "received_new": "收到/新收/受理 N 件: received_new.total, or that with carried_in.total",
        "concluded_total": "答复/办结 N 件: concluded_total.total",
        "granted": "予以公开 N 件: granted.total",
        "partially_granted": "部分公开 N 件: partially_granted.total",
        "granted_or_partially_granted": "予以公开及部分公开 N 件, one figure: the sum of both rows",
        "denied": "不予公开 N 件: the sum of the group (三)",
        "unavailable": "无法提供 N 件: the sum of the group (四)",
        "unavailable_or_not_held": "因不掌握等原因无法提供 N 件: the group (四), or its row unavailable_not_held alone",
        "not_processed": "不予处理 N 件: the sum of the group (五)",
        "other_total": "其他处理 N 件: the sum of (六)",
        "natural_person": "自然人 N 件: that column of received_new, or of it with carried_in",
        "organizations": "法人或其他组织 N 件: the five middle columns of received_new, or of it with carried_in",
        "review": "行政复议 N 件: review.total, or that without pending",
        "litigation": "行政诉讼 N 件: both rows' total, or that without pending",
        "listed_members": "N 件(甲 a 件、乙 b 件 …): the members in brackets, in ``parts``, add up to N",
        "period_year": "the year of the statistics period",
        "report_year": "the year that the prose gives the report",
    }
)
"""Every measure that a statement can have, and what it is compared with."""

_UNIT = "(?:件次|件|宗|起|份|例|条|项|个|封)"
_NUMBER = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+)(?!\d|\.\d|[%％年月日])余?多?{_UNIT}"
_GAP = r"[^，。；：,;:\d（()）]"
_RECEIVED = re.compile(
    rf"(?P<none>未|没有|无)?(?:新收|收到|受理|接到|接收|收悉|共收)(?P<gap>{_GAP}{{0,30}}?)(?:{_NUMBER}|(?P<end>$|[，。；,;]))"
)
_CONCLUDED = re.compile(rf"(?:办结|答复|办复|办理完毕|回复)(?P<gap>{_GAP}{{0,16}}?)(?<!\d){_NUMBER}")
_OUTCOMES = {
    "予以公开": "granted",
    "部分公开": "partially_granted",
    "不予公开": "denied",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
    "其他处理": "other_total",
}
_OUTCOME_WORDS = "|".join(_OUTCOMES)
_OUTCOME_WORD = re.compile(_OUTCOME_WORDS)
_OUTCOME = re.compile(
    rf"(?P<word>予以公开(?:及|和|、|与|或者|或)部分公开|{_OUTCOME_WORDS})"
    rf"(?:政府信息|信息|申请|答复|情形|决定|方式|[的为共有计])*(?<!\d){_NUMBER}"
)
_OUTCOME_BEHIND = re.compile(rf"{_NUMBER}(?:申请)?(?:[为系是])?(?P<word>{_OUTCOME_WORDS})(?!{_GAP}{{0,8}}\d)")
_APPLICANT = re.compile(
    rf"(?P<word>自然人|(?<![、和及与或])法人(?:或者|或|和|及|与|、)其他组织)(?:提出|提交|申请|的|政府信息公开|[为共计有])*{_NUMBER}"
)
_DISPUTE = re.compile(rf"(?P<word>复议|诉讼)(?P<gap>{_GAP}{{0,12}}?)(?<!\d){_NUMBER}")
_NO_DISPUTE = re.compile(
    r"(?:未发生|未收到|未产生|未出现|未有|没有|未被|未因|^无|[，,。年]无)[^。；;\d]*?(?:行政复议|行政诉讼|复议|诉讼)[^。；;\d]*"
)
_LIST = re.compile(rf"{_NUMBER}[（(](?P<members>[^（()）]+)[)）]")
_MEMBER = re.compile(rf"(?<![\d.,])(\d{{1,3}}(?:,\d{{3}})+|\d+){_UNIT}")
_PERIOD = re.compile(r"(20\d{2})年1月1日(?:起)?[^。0-9]{1,3}(?:\1年|20\d{2}年|同年)?12月31日")
_REPORT_YEAR = re.compile(
    r"(?:公布|公开|编制|发布|报告)[^。，；\d]{0,40}(20\d{2})年(?:度)?(?:政府|政务)?信息公开(?:工作)?(?:年度)?报告"
)

_WORTH_READING = re.compile(r"\d|未[^。]*(?:申请|复议|诉讼)|[没无][^。]*(?:申请|复议|诉讼)")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
_CLAUSE = re.compile(r"[，,；;。：:]")
_YEAR = re.compile(r"(20\d{2})年")
_ABOUT_DISCLOSURE = re.compile(r"信息公开|依申请|政府信息|公开申请")
_OTHER_BUSINESS = re.compile(
    r"复议|诉讼|留言|信箱|来信|来访|热线|咨询|建议|提案|信访|投诉|工单|网民|举报|议案|许可|证照|案件|审批"
)
_NOT_THIS_YEAR = re.compile(r"累计|以来|截至|截止|去年|上年度?(?:同期|共|收)|同期|历年|近[三五两]年")
_PART = re.compile(r"其中|另有|各(?:县|乡|镇|街道|部门|单位|区|市)|县级|市直|镇街")
_OFFICE = re.compile(r"(?:办公室|办公厅|府办|本办|我办)[^，。；]{0,12}(?:收到|受理|新收|接收|办理|答复)")
"""What the office of a government handled: only a part of the government's applications."""
_OF_THE_WHOLE = frozenset({"review", "litigation", "period_year", "report_year"})
_UNRELATED = re.compile(r"与(?:政府)?信息公开(?:工作)?无关")
_PARTIAL_CONCLUSION = re.compile(r"延期|逾期|超期|按时|当场|主动|其中|未")
_PARTIAL_LIST = re.compile(r"含|包括|另|超|近|约|余|以上|占|同比|增|减")
_SETTLED = re.compile(r"维持|纠正|撤销|撤回|审结|驳回|败诉|胜诉|确认|结案|未审|诉讼|答复|人次|书|文书|案例")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {0xFF0E: ".", 0xFF05: "%"}


def read_statements(paragraphs: Iterable[str], year: int | None, organ: str | None = None) -> tuple[Statement, ...]:
    """Read the claims of the prose, each measure and figure once, in reading order.

    ``year`` is the report year; sentences that name another one are left out. What a government's office received
    is no claim about the government ``organ``.
    """
    of_government = bool(organ and organ.endswith("政府"))
    found: dict[tuple[str, Decimal], Statement] = {}
    for ordinal, paragraph in enumerate(paragraphs):
        if not _WORTH_READING.search(paragraph):
            continue
        text = "".join(paragraph.translate(_FULL_WIDTH).split())
        context = bool(_ABOUT_DISCLOSURE.search(text))
        for sentence in _SENTENCE.findall(text):
            if not _WORTH_READING.search(sentence):
                continue
            of_office = of_government and _OFFICE.search(sentence)
            for measure, value, parts in _claims(sentence, year, context):
                if of_office and measure not in _OF_THE_WHOLE:
                    continue
                found.setdefault((measure, value), Statement(measure, value, sentence, parts, ordinal))
    return tuple(found.values())


_Claim = tuple[str, Decimal, tuple[Decimal, ...]]


def _claims(sentence: str, year: int | None, context: bool) -> Iterator[_Claim]:
    if "年" in sentence:
        for pattern, measure in ((_PERIOD, "period_year"), (_REPORT_YEAR, "report_year")):
            yield from ((measure, Decimal(match[1]), ()) for match in pattern.finditer(sentence))
    if not context:
        return
    if "申请" in sentence:
        yield from _application_claims(sentence, year)
    if _OUTCOME_WORD.search(sentence):
        for pattern in (_OUTCOME, _OUTCOME_BEHIND):
            for match in _this_year(pattern, sentence, year):
                yield _outcome(sentence, match), _value(match), ()
    if ("复议" in sentence or "诉讼" in sentence) and not _UNRELATED.search(sentence):
        yield from _dispute_claims(sentence, year)


def _this_year(pattern: re.Pattern[str], sentence: str, year: int | None) -> Iterator[re.Match[str]]:
    """Yield the matches that speak of the report year: no other year is the last one named before them."""
    for match in pattern.finditer(sentence):
        named = _YEAR.findall(sentence, 0, match.end())
        if not _NOT_THIS_YEAR.search(_clause(sentence, match)) and (
            year is None or not named or int(named[-1]) == year
        ):
            yield match


def _application_claims(sentence: str, year: int | None) -> Iterator[_Claim]:
    for match in _this_year(_RECEIVED, sentence, year):
        yield from _received(sentence, match)
    for match in _this_year(_CONCLUDED, sentence, year):
        before = sentence[max(0, match.start() - 4) : match.start()]
        if not (_PARTIAL_CONCLUSION.search(before) or _OTHER_BUSINESS.search(_clause(sentence, match))):
            yield "concluded_total", _value(match), ()
    for match in _this_year(_APPLICANT, sentence, year):
        yield "natural_person" if match["word"] == "自然人" else "organizations", _value(match), ()
    for match in _this_year(_LIST, sentence, year):
        members = tuple(Decimal(member.replace(",", "")) for member in _MEMBER.findall(match["members"]))
        if len(members) > 1 and not _PARTIAL_LIST.search(match["members"]):
            yield "listed_members", _value(match), members


def _received(sentence: str, match: re.Match[str]) -> Iterator[_Claim]:
    clause = _clause(sentence, match)
    if "申请" not in match["gap"] + sentence[match.end() : match.end() + 4] or _OTHER_BUSINESS.search(match["gap"]):
        return
    if match["number"] and not match["none"] and not _PART.search(re.split("[；;]", sentence[: match.end()])[-1]):
        yield "received_new", _value(match), ()
    elif match["none"] and not match["number"] and not _OTHER_BUSINESS.search(clause):
        yield "received_new", Decimal(0), ()


def _outcome(sentence: str, match: re.Match[str]) -> str:
    word = match["word"]
    if word not in _OUTCOMES:
        return "granted_or_partially_granted"
    named_reason = word == "无法提供" and "不掌握" in _clause(sentence, match)
    return "unavailable_or_not_held" if named_reason else _OUTCOMES[word]


def _dispute_claims(sentence: str, year: int | None) -> Iterator[_Claim]:
    for match in _this_year(_DISPUTE, sentence, year):
        joint = re.search(r"复议(?:案件|申请)?(?:和|及|与|或|、)(?:提起)?(?:行政)?$", sentence[: match.start()])
        if not joint and not _SETTLED.search(match["gap"]):
            yield "review" if match["word"] == "复议" else "litigation", _value(match), ()
    for match in _this_year(_NO_DISPUTE, sentence, year):
        for word, measure in (("复议", "review"), ("诉讼", "litigation")):
            if word in match[0]:
                yield measure, Decimal(0), ()


def _clause(sentence: str, match: re.Match[str]) -> str:
    """Return the clause in which a match begins, up to the match's end."""
    before = [mark.end() for mark in _CLAUSE.finditer(sentence, 0, match.start())]
    return sentence[before[-1] if before else 0 : match.end()]


def _value(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", ""))
