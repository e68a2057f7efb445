"""What the prose claims of reviews and lawsuits about disclosure: of the organ's own, all of them, in this year."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tasks.extract.prose.scope import Figure
from tasks.extract.prose.sentences import ABOUT_DISCLOSURE, COUNTED_AS, NUMBER, Claim, Sentence
from tasks.extract.prose.vocabulary import DISPUTE_LEAD

_JOINTLY = re.compile(
    rf"复议(?:案件)?(?:和|及|与|、|以及)(?:行政)?诉讼(?:案件?|申请)*(?:共计|[合总]计|[一总]?共)(?:有|为|发生)?{NUMBER}"
)
_ZERO_DISPUTES = re.compile(
    r"[^。；\d]{0,80}(?:复议|诉讼)[^。；，\d]{0,10}?(?:零发生|零案件|零诉讼|零复议|均?为零|数?为零)"
)
_DISPUTE = re.compile(
    rf"(?P<word>复议|诉讼)(?P<gap>(?:申请|案件?|件|类|被|引发|新增|{COUNTED_AS}|发生|(?P<each>均为?|各))*+){NUMBER}"
)
_DISPUTES = {"复议": "review", "诉讼": "litigation"}
_JOINT_DISPUTE = re.compile(r"复议(?:案件|申请)?(?:和|及|与|或|、)(?:提起)?(?:行政)?$")
_BY_WAY = re.compile(r"复议后|经复议|直接起诉|直接提起")
_AS_AUTHORITY = re.compile(r"审理|受理|审结|立案|裁决|新收|新增")
_OF_OTHERS = re.compile("以(?![我本].{1,3}为)[^，。；]{1,14}为被(?:申请人|告)")
_AS_AUTHORITY_PERHAPS = re.compile(r"办理|收到|承办|应诉|办结")
_NONE = r"(?:未发生|未收到|未产生|未出现|未有|没有|未被|未因|(?<![^，,。；;：、年也均])无)"
_NO_DISPUTE = re.compile(rf"{_NONE}[^。；;\d]*?(?:复议|诉讼)[^。；;\d]*")
_DENIED = re.compile(rf"{_NONE}.*(?:复议|诉讼)")
_DENIED_AS_WELL = re.compile(r"(?:因|被|提起|发生|行政|复议|诉讼|案件?|的?情[况形]|[和或、])*")
_SETTLED = re.compile(r"维持|纠正|纠错|撤销|撤回|审结|驳回|败诉|胜诉|确认|结案|未审")
_SPLIT_BY_OUTCOME = re.compile(rf"[^（）]*）[^，。；]{{0,4}}(?:{_SETTLED.pattern})")
"""The end of a bracket that says of which kinds those are that ended so: 仍有2件（复议、诉讼各1件）未审结."""
_NARROWED = re.compile("[，（(][^。；]{0,6}(?:其中|涉及|因)[^。；]{0,10}(?:信息公开|依申请)")
_WORD = re.compile("复议|诉讼")
_UNRELATED = re.compile(r"与(?:政府)?信息公开(?:工作)?无关")


def dispute_claims(sentence: Sentence) -> Iterator[Claim]:
    """Yield what a sentence claims of reviews and lawsuits."""
    if _UNRELATED.search(sentence.text) or not _WORD.search(sentence.text):
        return
    for match, figure in sentence.figures(_DISPUTE):
        if _NARROWED.match(sentence.text, match.end()) and not ABOUT_DISCLOSURE.search(figure.clause):
            continue
        if _SPLIT_BY_OUTCOME.match(sentence.text, match.end()):
            continue
        joint = _JOINT_DISPUTE.search(figure.before)
        if (joint and not match["each"]) or _is_of_other_disputes(match, figure):
            continue
        if figure.is_plain(DISPUTE_LEAD) and (sentence.paragraph.of_area or figure.is_own()):
            for word in ("复议", "诉讼") if joint else (match["word"],):
                yield sentence.claim(_DISPUTES[word], match)
    for match, figure in sentence.figures(_JOINTLY):
        if (
            figure.is_plain(DISPUTE_LEAD)
            and (sentence.paragraph.of_area or figure.is_own())
            and not _is_of_other_disputes(match, figure)
        ):
            yield sentence.claim("review_and_litigation", match)
    for match, _ in sentence.figures(_ZERO_DISPUTES) if "零" in sentence.text else ():
        for word in _DISPUTES:
            if word in match[0]:
                yield Claim(_DISPUTES[word], Decimal(0))
    for match, _ in sentence.figures(_NO_DISPUTE):
        for word in _without(match):
            yield Claim(_DISPUTES[word], Decimal(0))


def _is_of_other_disputes(match: re.Match[str], figure: Figure) -> bool:
    """Whether the cases are a part by their way to court, or those that the organ decided as the authority."""
    if _BY_WAY.search(figure.before) or _AS_AUTHORITY.search(figure.before) or _OF_OTHERS.search(figure.sentence):
        return True
    return bool(_AS_AUTHORITY_PERHAPS.search(figure.before)) and not ABOUT_DISCLOSURE.search(figure.sentence)


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
