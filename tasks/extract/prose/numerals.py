"""Figures of titles and prose that are written in full-width digits or in Chinese numerals."""

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NUMERALS = "一二两三四五六七八九十百千零〇"
_COUNT = re.compile(
    rf"[{_NUMERALS}](?<![第每几数、{_NUMERALS}].)[{_NUMERALS}]*(?<![^{_NUMERALS}]一)(?<!^一)(?=件(?!事)|宗|起)"
)
"""A whole numeral before a unit; a lone 一 is left, for it rarely counts (收到一件、办理一件)."""
_SEPARATOR = re.compile(r"(?<!\d)(\d{1,3})，(?=\d{3}件)")


_FULL_WIDTH = re.compile("[０-９．％]")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def half_width(text: str) -> str:
    """Return the text with its digits, points and signs of per cent in half width."""
    return text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text


def with_digits(text: str) -> str:
    """Return the text with the counts in digits: 一百二十件 as 120件, and 1，160件 as 1,160件."""
    text = _COUNT.sub(lambda count: str(_value(count[0])), text)
    return _SEPARATOR.sub(r"\1,", text) if "，" in text else text


def _value(numeral: str) -> int:
    value = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
        else:
            value += (digit or 1) * _POWERS[character]
            digit = 0
    return value + digit
