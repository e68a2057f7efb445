"""Figures of a part: 其中，通过信函收到20件，办结19件 tells of nothing but letters, up to the next semicolon.

What became of applications is told behind them. Behind some of them (by one channel, on one kind of matter, of one
kind of applicant, of another year, seen in a check) it is of those, unless it is more than they are, is told of the
whole year, or all members were listed with nothing told between them (网络60件，信函15件，办结70件).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tasks.extract.prose.scope import PART, Figure
from tasks.extract.prose.sentences import NUMBER, Sentence, value_of
from tasks.extract.prose.vocabulary import (
    APPLICANTS,
    CARRIED_OVER,
    CONCLUDED,
    DISPUTE_NAMES,
    KINDS_OF_LAWSUITS,
    NAME,
    ORGANIZATIONS,
    named,
)

_CHANNEL = (
    "系统|信函|传真|当面|现场|窗口|网络|网上|网站|在线|线[上下]|平台|邮箱|邮件|邮寄|书面|电话|渠道|方式|形式|途径"
)
ONE_CHANNEL = re.compile(_CHANNEL)
_EVERY_CHANNEL = "等|各种|各类|任何|多种|所有"
EVERY_CHANNEL = re.compile(_EVERY_CHANNEL)
_SEVERAL_CHANNELS = re.compile(
    rf"{_EVERY_CHANNEL}|[二两三四五]种|(?:{_CHANNEL})[^、]{{0,6}}[、和及与或][^、]{{0,6}}(?:{_CHANNEL})"
)
_PARTS = ("channel", "kind", "applicant", "other")
_TOKEN = re.compile(rf"[，；：（）]|{NUMBER}[^，；：、（）。\d]*")
_APPLICANT = re.compile("|".join(("法人", *APPLICANTS.values(), *ORGANIZATIONS.values())))
_ALL_APPLICANTS = re.compile("(?:公民|自然人)[、和及与或]")
_KIND = re.compile("(?<![各种此该])类|涉及|涉企|同一|方面|领域")
_CONCLUDED = re.compile(CONCLUDED)
_CARRIED_IN = re.compile(CARRIED_OVER["carried_in"])
_APPLIED = re.compile("申请|收到|受理|接收|接到|新收|登记|提交|提出|收办|应办|协办")
_STEP = re.compile(
    "(?:其中)?(?:(?:本年度?|当年|今年)新?|年?度?新|依法|予以)(?:收|受理|接|增)|(?:其中)?(?:受理|有效)|(?:其中)?收到有效"
)
"""Those that came anew or were admitted, which are handled as the whole is."""
_UNRELATED = re.compile("[较比占增减]|同期|发布|推送|更新|主动公开|复议|诉讼")
"""What tells of no applications, or only holds them against others."""
_DISPUTES = frozenset((*DISPUTE_NAMES, *KINDS_OF_LAWSUITS))
_OF_THE_YEAR = re.compile("全年|本年|今年|合计|总计")


@dataclass(frozen=True)
class _Part:
    """A part of the applications: its ``family``, the count of its members, and whether anything was told of them."""

    family: str
    count: Decimal
    members: int = 1
    told: bool = False


@dataclass
class _Told:
    """What a sentence told so far: counts of the whole, the part last told, and whether 其中 opened its members."""

    wholes: set[Decimal] = field(default_factory=set)
    part: _Part | None = None
    opened: bool = False

    def is_among(self, count: Decimal) -> bool:
        """Whether ``count`` is of the part last told."""
        if self.part is None or (self.part.members > 1 and not self.wholes):
            return False
        return not self.wholes or count <= self.part.count

    def tell_whole(self, count: Decimal) -> None:
        """Take a count of the whole."""
        self.wholes.add(count)
        self.part = None

    def tell_part(self, family: str, count: Decimal) -> None:
        """Take a count of members of ``family``; all members listed are the whole."""
        listed = self.part is not None and self.part.family == family and not self.part.told
        if self.part is not None and listed:
            self.part = _Part(family, self.part.count + count, self.part.members + 1)
        elif self.part is None or self.part.told or count > self.part.count:
            self.part = _Part(family, count)
        all_listed = self.part.members > 1 and self.part.count in self.wholes
        if all_listed or (self.wholes and self.part.count >= max(self.wholes)):
            self.tell_whole(self.part.count)


def figures_among(sentence: Sentence) -> Iterator[int]:
    """Yield where figures end, in the paragraph, that are of a part of the applications told before them."""
    told, outside, family, count, end = _Told(), list[_Told](), None, Decimal(0), 0
    for token in _TOKEN.finditer(sentence.text):
        words, end = sentence.text[end : token.start()].lstrip("、和及"), token.end()
        told.opened |= "其中" in words
        if token[0] == "；":
            told = _Told(told.wholes)
        elif token[0] == "（":
            outside.append(told)
            told = replace(told, part=_Part(family, count) if family and family in _PARTS and not words else told.part)
        elif token[0] == "）" and outside:
            told = outside.pop()
        if token["number"] is None:
            continue
        figure = Figure(sentence.paragraph, sentence.at, sentence.at + token.start(), sentence.at + token.end("number"))
        family, count = _family(words + token[0], figure, sentence.year, told) if words else family, value_of(token)
        if family in ("result", "carried_in", "applicant") and _is_among(told, family, count):
            yield figure.end
        _tell(told, family, count)


def _is_among(told: _Told, family: str, count: Decimal) -> bool:
    """Whether a figure is of the part last told; applicants are none of applicants, nor is what was there before."""
    if family == "carried_in" and told.wholes:
        return False
    return told.is_among(count) and not (told.part and told.part.family == family)


def _tell(told: _Told, family: str | None, count: Decimal) -> None:
    if family is None or family == "carried_in":
        return
    if family == "whole" or (family == "result" and not told.is_among(count)):
        told.tell_whole(count)
    elif family != "result":
        told.tell_part(family, count)
    elif told.part is not None:
        told.part = replace(told.part, told=True)


def _family(words: str, figure: Figure, year: int | None, told: _Told) -> str | None:
    """Return what a count is: of the ``whole``, a ``result``, ``carried_in``, or of a part; ``None`` if unrelated."""
    unnamed = NAME.sub("", words)
    if _UNRELATED.search(unnamed) or not _DISPUTES.isdisjoint(named(words)):
        return None
    if _CARRIED_IN.search(words):
        return "carried_in"
    applied = bool(_APPLIED.search(unnamed))
    if figure.is_of_sample() or figure.is_help():
        return "other"
    if not figure.is_of_year(year):
        return "other" if applied and not told.wholes else None
    one_channel = ONE_CHANNEL.search(words) and not _SEVERAL_CHANNELS.search(words)
    applicant = _APPLICANT.search(words) and not _ALL_APPLICANTS.search(words)
    kind = _KIND.search(unnamed)
    if _CONCLUDED.search(unnamed) or (unnamed != words and not applicant):
        return None if one_channel or kind else "whole" if _OF_THE_YEAR.search(words) else "result"
    if applicant:
        return "applicant"
    if one_channel or kind:
        return ("channel" if one_channel else "kind") if applied or told.wholes or told.part else None
    if not applied:
        return None
    return "other" if (told.opened or PART.search(words)) and not _STEP.match(words) else "whole"
