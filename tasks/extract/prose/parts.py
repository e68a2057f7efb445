"""Members that a sentence lists with their total: behind it, in brackets or behind 其中, or before 合计.

Members add up only where they are of one family, so that none counts twice. Those in brackets, and those that name the
whole family, are all of their total; behind 其中 some may be left out, and then they are no more than it. Outcomes of
which none is 予以公开 or 部分公开 are some, too.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from tasks.extract.prose.sentences import COUNT, NUMBER, UNIT, Claim, value_of
from tasks.extract.prose.vocabulary import APPLICANTS, DISPUTE_NAMES, FAMILIES, KINDS_OF_LAWSUITS, NAME, named

_CHANNELS = (
    "网络|网上|网站|在线|线上|线下|平台|信函|邮寄|书信|来信|当面|现场|窗口|传真|电子邮件|邮箱|电话"
    "|其[他它](?:方式|渠道|形式)"
)
_OTHER_FAMILIES = (_CHANNELS, "[上下]半年", "[一二三四]季度")
_WHOLE = tuple(map(frozenset, (APPLICANTS, KINDS_OF_LAWSUITS, DISPUTE_NAMES, ("上半年", "下半年"))))
"""Families that are all of their total when every member is named."""
_REFUSALS = frozenset(("denied", "unavailable", "not_processed", "other_total"))
"""Outcomes that a sentence may single out of all that were concluded."""
_MEMBER = re.compile(rf"(?P<words>[^\d，；、]*?)(?P<number>(?<![\d.,]){COUNT})(?P<unit>{UNIT})")
_BRACKETED = re.compile(rf"{NUMBER}[（(](?P<members>[^（()）]+)[)）]")
_LISTED = re.compile(
    rf"{NUMBER}[，：:]?其中[，：:]?(?P<members>(?:[^，。；：:、\d（()）]*(?<![\d.,]){COUNT}{UNIT}(?:[（(][^（()）]*[）)])?[，、和]?)+)"
)
_LEFT_OUT = re.compile(
    r"上一?年(?!度?结转)|去年|20\d\d年|同期|分别|等|主要|其余|含|包括|另|超|近|约|余|以上|占|同比|增|减|[；;]"
)
_CLAUSE = re.compile(r"(?:[^，；。、\d]|\d[\d,]*)+")
_SUM = re.compile(
    rf"(?:以上|[两二三四五六][项者类]|全年|全部|总)*(?:合计|共计|总计|一共|相加|共)[为是达有]*{NUMBER}(?:申请|均已办结|全部办结)?"
)
_SUMMED = re.compile("共|合计|总计|相加")
_ONE_COUNT = re.compile(rf"[^\d]*?{NUMBER}[^\d]*")
_NO_ADDEND = re.compile("其中|占|同比|[较比]|分别|均|共|平均|余|约|近")
_BY_QUARTER = re.compile(
    rf"(?:一季度至四季度|[一第]至四季度|四个季度|各季度|上、?下半年|上半年[、和]下半年)[^，。；\d]*?分别[^，。；\d]*?"
    rf"(?P<members>(?:{COUNT}{UNIT}[、和])+{COUNT}{UNIT})[，；](?:全年|合计|共计|总计|累计|共|收到|受理|新收|申请|政府信息公开|[为计])*{NUMBER}"
)


def listed_claims(text: str) -> Iterator[Claim]:
    """Yield the totals of a sentence with their members: ``listed_members`` add up, ``members_among`` are some."""
    for match in _BRACKETED.finditer(text) if "（" in text or "(" in text else ():
        yield from _members(match, match["members"], in_brackets=True)
    for match in _LISTED.finditer(text) if "其中" in text else ():
        yield from _members(match, re.sub(r"[（(][^（()）]*[）)]", "", match["members"]), in_brackets=False)
    for match in _BY_QUARTER.finditer(text) if "分别" in text else ():
        members = tuple(value_of(member) for member in _MEMBER.finditer(match["members"]))
        yield Claim("listed_members", value_of(match), members)
    yield from _sums(text)


def _members(total: re.Match[str], listed: str, *, in_brackets: bool) -> Iterator[Claim]:
    members = list(_MEMBER.finditer(listed))
    kinds = [_kind(member["words"]) for member in members]
    if len(members) < 2 or len({family for family, _ in kinds}) > 1 or kinds[0][0] is None:
        return
    if in_brackets and "其中" not in listed and _LEFT_OUT.search(NAME.sub("", listed)):
        return
    named_kinds = frozenset(kind for _, kind in kinds)
    are_some = "其中" in listed or named_kinds <= _REFUSALS
    whole = named_kinds in _WHOLE or (in_brackets and not are_some)
    figures = tuple(value_of(member) for member in members)
    yield Claim("listed_members" if whole else "members_among", value_of(total), figures)


def _kind(words: str) -> tuple[int | None, str]:
    """Return the family of what a member is, by its place, and its name in it; ``None`` where nobody declared one."""
    names = list(named(words))
    if not names:
        found = ((number, re.search(family, words)) for number, family in enumerate(_OTHER_FAMILIES, len(FAMILIES)))
        return next(((number, match[0]) for number, match in found if match), (None, ""))
    families = [number for number, family in enumerate(FAMILIES) if names[0] in family]
    return (families[0], names[0]) if len(names) == 1 and families else (None, "")


def _sums(text: str) -> Iterator[Claim]:
    """Yield what is called the sum of the counts right before it: 新收申请8件，上年结转1件，合计9件."""
    clauses = list(_CLAUSE.finditer(text)) if _SUMMED.search(text) else []
    for number, clause in enumerate(clauses):
        total = _SUM.fullmatch(clause[0])
        if total is None or _NO_ADDEND.search(text[: clause.start()]):
            continue
        counts: list[Decimal] = []
        for before in reversed(clauses[:number]):
            addend = _ONE_COUNT.fullmatch(before[0])
            if addend is None:
                break
            counts.insert(0, value_of(addend))
        sums = {sum(counts[start:]): counts[start:] for start in range(len(counts) - 1)}
        if len(counts) > 1:
            yield Claim("listed_members", value_of(total), tuple(sums.get(value_of(total), counts)))
