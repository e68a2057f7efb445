"""Claims told by a name of the vocabulary: none of it, all of it, several with their figures (分别), one with its own.

A clause is read only if every word of it is known, and a sentence only if nothing before the claim turns it to a part,
to another time or to other business.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from tasks.extract.prose.scope import OTHER_BUSINESS, Figure
from tasks.extract.prose.sentences import COUNT, UNIT, Claim, Sentence, decimal_of, value_of
from tasks.extract.prose.vocabulary import (
    APPLICANTS,
    CARRIED_OVER,
    DISPUTE_NAMES,
    NAME,
    NAME_LIST,
    ORGANIZATIONS,
    OURS,
    OUTCOMES,
    PLAIN,
    TIME,
    named,
)

_N = rf"(?<![\d.,])(?:{COUNT}){UNIT}"
_CLAUSE = re.compile(r"[^，。；：:;]+")
_SINGLE = re.compile(r"(?:[^，。；：:;、（）()]|(?<![件宗起份例条项个封次])、)+")
"""A clause, or a member of a list whose members have figures."""
_FIGURE = re.compile(rf"({COUNT}){UNIT}?")
_LONGEST_CLAUSE = 120
"""Characters of a clause that may claim: what patterns of optional words take grows with the square of their number."""
_DENIAL = re.compile(r"无|没|未|零|(?<!\d)0(?!\d)|不存在|一[件例]也")
_WHOLENESS = re.compile("全部|全|均|都")
_NONE_OR_ALL = re.compile(f"{_DENIAL.pattern}|{_WHOLENESS.pattern}")
_TAIL = (
    "(?:答复|决定|申请|情[况形]|案件?|事项|提出|提交|提起|现象|发生|结果|政府信息公开|信息公开|类|[的件为了是有]"
    f"|[向对]{OURS})*"
)
_NONE = re.compile(
    rf"{PLAIN}*?(?:没有|均?无(?:需)?(?:一[件例宗])?|未(?:有|发生|出现|作出|产生|收到|被)?|不存在|一[件例]也没有)"
    rf"(?:任何|有|因|以|作出|发生|出现|属于|涉及|申请人?|被|一[件例]|需要?|[的对])*(?P<names>{NAME_LIST})"
    rf"(?:为由|而|不予公开|无法提供|不予处理|终止办理|不再处理)*{_TAIL}"
)
_NOUGHT = re.compile(
    rf"{PLAIN}*?(?P<names>{NAME_LIST})(?:{_TAIL}(?:均|都)?(?:数|数量)?(?:为|是)?[“]?(?:零|0{UNIT}?)[”]?(?:件|发生|申请)?"
    r"|(?:均|都)?(?:未|没有)(?:有|发生)?(?:提出|提交)(?:过)?(?:政府信息公开)?申请|(?:均|都)?(?:未|没有)发生)"
)
_NO_CARRY_IN = re.compile(rf"{PLAIN}*?(?:上|前)一?年度?(?:无|没有|未有?)(?:申请)?(?:结转|转入){_TAIL}")
_NONE_BEFORE = re.compile("(?:上|前)一?年度?(?:无|没有)结转")
_RESPECTIVELY = re.compile(
    rf"(?P<lead>[^，。；：:\d]{{0,40}}?)(?P<names>{NAME_LIST}){_TAIL}(?P<how>分别|依次|各)(?:为|是|有|计|共)*"
    rf"(?P<figures>{_N}(?:[、和及，]{_N})*)"
)
_HOW = re.compile(r"(?:分别|依次|各)[为是有计共]*\d")
"""What a list of names with their figures must have: its pattern looks for names from every character on."""
_ONE = re.compile(
    rf"{PLAIN}*?(?:而)?(?P<names>{NAME_LIST})(?P<many>等)?(?:各类|多种|情[况形]|原因|理由|而|的|[、])*"
    rf"(?P<group>不予公开|无法提供|不予处理)?{_TAIL}[（(]?(?P<number>{COUNT}){UNIT}[)）]?"
)
_BEHIND = re.compile(
    rf"{PLAIN}*?(?P<number>{COUNT}){UNIT}(?:申请)?(?:属于?|为|是|系|因|被|由|来自)?(?P<names>{NAME_LIST}){_TAIL}"
)
_ALL_NATURAL = re.compile(
    rf"{PLAIN}*?(?:所有)?(?:申请人?)?(?:均|全部|都|全)(?:由|为|是|系|来自)(?:自然人|公民个人){_TAIL}"
)
_BY_YEAR = f"(?:已|于|在)*(?:{TIME}|当年|年(?=[底末]))(?:度)?(?:内|底|末|年底)?(?:前|之前)?"
_ALL_CONCLUDED = re.compile(
    rf"{PLAIN}*?(?:{_BY_YEAR}(?:已|均|都|全部|依法)*(?:均|都|全部)(?:已|依法)*|(?:均|都|全部)(?:已)*{_BY_YEAR}(?:全部)?)"
    "(?:办结|办理完毕|办理完结)"
)
_ALL_SETTLED = re.compile(rf"{PLAIN}*?(?:均|都|全部)(?:已|均)*(?:审结|办结|结案)")
_KNOWN = re.compile(
    rf"(?:{PLAIN}|[，；：:、（）()\d.,%。]|{UNIT}|新收|收到|受理|应?办理?|申请|收|予以|个|占|行政|复议|诉讼|被|提起|引发|发生|案件?"
    "|结果|没有|未|无|一[件例宗]|机关|均|各类|具体|情况|法人|其他|组织|处理|总数|按期|按时|按|主体|划分|类型|不同|一是|二是|三是|共有|依申请|在|今年|以来)*"
)
_ANOTHER_TIME = re.compile(
    r"上一?年|前年|去年|往年|历年|以来|累计|季度|半年|\d月(?!1日?至12月|至12月)|同期|[两二三四五]年"
)
_SUBJECTS = (
    ("litigation_after_review", "复议后(?:再)?(?:提起)?(?:行政)?(?:诉讼|起诉)"),
    ("litigation_direct", "(?:直接|未经复议)(?:提起)?(?:行政)?(?:起诉|诉讼)"),
    ("disputes", "复议(?:案件?|申请)?(?:[、和及与或]|以及)(?:被)?(?:提起)?(?:行政)?诉讼"),
    ("litigation", "诉讼|应诉"),
    ("review", "复议(?!机关)"),
)
_MEMBERS = re.compile("其中[^；]*(?=；)")
_SUBJECT = re.compile("|".join(f"(?P<{subject}>{words})" for subject, words in _SUBJECTS))
_OF_THE_AUTHORITY = re.compile("作为复议|受理|立案|裁决|办理|为被(?:申请人|告)|无关|以(?:来|后)")
_CARRIED = re.compile(CARRIED_OVER["carried_in"])
_OF_SOME = re.compile("|".join((*OUTCOMES.values(), "办结", "答复", "复议", "诉讼")))
"""What tells that applicants named behind it are those of a part of the applications."""
_TOLD_ELSEWHERE = {*OUTCOMES, *APPLICANTS, *CARRIED_OVER}
"""Measures whose single figures :mod:`tasks.extract.prose.claims` reads, in more wordings."""


class Clause(NamedTuple):
    """A clause of a sentence, without its mark; ``start`` is its offset in the sentence."""

    sentence: Sentence
    start: int
    text: str

    @property
    def before(self) -> str:
        """The sentence up to the clause."""
        return self.sentence.text[: self.start]

    @property
    def subject(self) -> str | None:
        """What kind of dispute the sentence last named up to the clause's end, but for members before a semicolon."""
        told = _MEMBERS.sub("", self.before + self.text)
        mentions = [match.lastgroup for match in _SUBJECT.finditer(told)]
        return mentions[-1] if mentions else None

    def figure(self, start: int, end: int) -> Figure:
        """Return what surrounds a figure between two offsets of the clause."""
        at = self.sentence.at + self.start
        return Figure(self.sentence.paragraph, self.sentence.at, at + start, at + end)

    def is_whole(self) -> bool:
        """Whether nothing before the clause in its sentence narrows it, and it is of the report's own year."""
        figure = self.figure(0, len(self.text))
        if not figure.is_own() and not self.sentence.paragraph.of_area:
            return False
        if figure.is_of_sample() or figure.is_help() or not figure.is_of_year(self.sentence.year):
            return False
        return not _ANOTHER_TIME.search(_NONE_BEFORE.sub("", NAME.sub("", self.before)))

    def is_plain(self) -> bool:
        """Whether, beyond that, every word before the clause is known."""
        return self.is_whole() and bool(_KNOWN.fullmatch(NAME.sub("", self.before)))

    def measures(self, names: str) -> list[str] | None:
        """Return the measures of a list of names; ``None`` where outcomes of disputes lack a subject."""
        found = list(named(names))
        if not any(name in DISPUTE_NAMES for name in found):
            return found
        subject = self.subject
        if subject is None or _OF_THE_AUTHORITY.search(NAME.sub("", self.before + self.text)):
            return None
        return [f"{subject}_{name}" if name in DISPUTE_NAMES else name for name in found]


def named_claims(sentence: Sentence) -> Iterator[Claim]:
    """Yield what a sentence claims by the names of the vocabulary."""
    for match in _CLAUSE.finditer(sentence.text) if _NONE_OR_ALL.search(sentence.text) else ():
        if len(match[0]) <= _LONGEST_CLAUSE:
            yield from _none_and_all(Clause(sentence, match.start(), match[0]))
    for match in _RESPECTIVELY.finditer(sentence.text) if _HOW.search(sentence.text) else ():
        yield from _respectively(sentence, match)
    for match in _SINGLE.finditer(sentence.text) if _FIGURE.search(sentence.text) else ():
        if len(match[0]) <= _LONGEST_CLAUSE:
            yield from _single(Clause(sentence, match.start(), match[0]))


def _none_and_all(clause: Clause) -> Iterator[Claim]:
    """Yield zeros: 无结转下年度的申请, 没有一件被纠正, 均由自然人提出, 已于年底前全部办结."""
    text = clause.text
    if _DENIAL.search(text):
        if "转" in text and _NO_CARRY_IN.fullmatch(text) and clause.is_whole() and not _is_other(clause):
            yield Claim("carried_in", Decimal(0))
        for pattern in (_NONE, _NOUGHT):
            if (match := pattern.fullmatch(text)) and clause.is_whole() and not _is_other(clause):
                for measure in clause.measures(match["names"]) or ():
                    if measure not in CARRIED_OVER or not _is_narrowed(clause):
                        yield Claim(measure, Decimal(0))
                return
    if not _WHOLENESS.search(text):
        return
    if _ALL_NATURAL.fullmatch(text) and clause.is_plain():
        yield Claim("organizations", Decimal(0))
    elif _ALL_CONCLUDED.fullmatch(text) and clause.is_plain() and not _CARRIED.search(_last_clause(clause)):
        yield Claim("carried_out", Decimal(0))
    elif _ALL_SETTLED.fullmatch(text) and clause.is_plain() and clause.subject and "复议" in clause.before + text:
        yield from (Claim(measure, Decimal(0)) for measure in clause.measures("未审结") or ())


def _is_narrowed(clause: Clause) -> bool:
    """Whether the clause before tells what became of some applications: 科研机构的申请全部办结，未结转至下一年."""
    before = _last_clause(clause)
    subject, *wholeness = _WHOLENESS.split(before)
    return bool(wholeness) and "申请" in before and "办结" in before and not _KNOWN.fullmatch(subject)


def _last_clause(clause: Clause) -> str:
    return re.split("[，；：]", clause.before.rstrip("，；："))[-1]


def _is_other(clause: Clause) -> bool:
    """Whether the sentence turned to other business; disputes are none where their outcome is denied."""
    words = NAME.sub("", clause.before + clause.text)
    return bool(OTHER_BUSINESS.search(re.sub("复议|诉讼|案件", "", words)))


def _respectively(sentence: Sentence, match: re.Match[str]) -> Iterator[Claim]:
    clause = Clause(sentence, match.start(), match[0])
    measures = clause.measures(match["names"]) or []
    figures = list(_FIGURE.finditer(match["figures"]))
    if match["how"] == "各" and len(figures) == 1:
        figures *= len(measures)
    if (
        len(measures) != len(figures)
        or not clause.is_plain()
        or not _KNOWN.fullmatch(match["lead"])
        or _is_other(clause)
    ):
        return
    for measure, figure in zip(measures, figures, strict=True):
        end = sentence.at + match.start("figures") + figure.end(1)
        yield Claim(measure, decimal_of(figure[1]), (), end)


def _single(clause: Clause) -> Iterator[Claim]:
    """Yield the figure of one name, or of a group with its reasons: 因不掌握、没有现成信息等原因无法提供的3件."""
    for pattern in (_ONE, _BEHIND) if _FIGURE.search(clause.text) else ():
        match = pattern.fullmatch(clause.text)
        if match is None:
            continue
        names, told = match["names"], match.groupdict()
        if len(measures := set(clause.measures(names) or ())) > 1 and told.get("many") and told.get("group"):
            names = told["group"] or ""
            measures = set(named(names))
        elif told.get("many") or measures & _TOLD_ELSEWHERE:
            continue
        if measures & {*ORGANIZATIONS} and _OF_SOME.search(clause.before):
            continue
        if len(measures) == 1 and clause.is_plain() and not _is_other(clause):
            end = clause.sentence.at + clause.start + match.end("number")
            yield Claim(measures.pop(), value_of(match), (), end)
