"""What every kind of claim is made of: counts with their units, and sentences with what surrounds their figures."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tasks.chinese import half_width, with_counts_in_digits
from tasks.extract.prose.scope import Figure, Paragraph

UNIT = "(?:件次|件|宗|起|份|例|条|项|个|封)"
COUNT = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?!\d|\.\d|[%％年月日])"
"""A count of at most nine digits: what is longer is none, and no column of the warehouse holds it."""
NUMBER = rf"(?<!\d)(?P<number>{COUNT}){UNIT}(?!以上|以下|以内|左右|次数)"
GAP = r"[^，。；：,;:\d（()）]"
COUNTED_AS = "共计|合计|总计|总数|数量?|总?量|件数|[了到有为共计]"
ABOUT_DISCLOSURE = re.compile(r"信息公开|依申请|政府信息|公开申请")


_MARKS = re.compile("[;:()]")
_FULL_MARKS = str.maketrans(";:()", "；：（）")
_COMMA = re.compile(r",(?!\d{3}(?!\d))")


@lru_cache(maxsize=256)
def written(paragraph: str) -> tuple[str, str]:
    """Return a paragraph as it is quoted, and with its counts in digits and its marks in full width, to be read."""
    quoted = half_width("".join(paragraph.split()))
    text = with_counts_in_digits(quoted)
    text = text.translate(_FULL_MARKS) if _MARKS.search(text) else text
    return quoted, _COMMA.sub("，", text) if "," in text else text


class Claim(NamedTuple):
    """A measure, its figure, the members listed with it, and where in the paragraph the figure ends."""

    measure: str
    value: Decimal
    parts: tuple[Decimal, ...] = ()
    end: int = -1


class Sentence(NamedTuple):
    """A sentence of a paragraph, from offset ``at``, in the report of a year."""

    text: str
    paragraph: Paragraph
    at: int
    year: int | None

    def figures(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Figure]]:
        """Yield the matches that speak of the report year, with what surrounds them."""
        for match in pattern.finditer(self.text):
            figure = Figure(self.paragraph, self.at, self.at + match.start(), self.at + match.end())
            if figure.is_of_year(self.year) and not figure.is_of_sample():
                yield match, figure

    def claim(self, measure: str, match: re.Match[str]) -> Claim:
        """Return the claim that ``match`` found its figure of a measure."""
        return Claim(measure, value_of(match), (), self.at + match.end("number"))


def value_of(match: re.Match[str]) -> Decimal:
    """Return the count that a match names."""
    return decimal_of(match["number"])


def decimal_of(digits: str) -> Decimal:
    """Return what digits say, with or without commas between the thousands."""
    return Decimal(digits.replace(",", ""))
