"""How texts write years, days and counts: in digits of either width, in numerals (二〇一九年, 一百二十件)."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from tasks.calendar import CHINA, FIRST_YEAR, LAST_YEAR
from warehouse.labels import compact

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= dict.fromkeys("零○ＯOo0", 0) | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}

YEAR_IN_NUMERALS = r"[二一][〇零○ＯOo0九][〇零○ＯOo0一二三四五六七八九]{2}"
_DAY_BEHIND = r"年\d{1,2}月|[-./]\d{1,2}(?:[-./]\d|$)|年(?:度)?(?:发布|公布|印发)[：:]"
_YEAR = re.compile(rf"(?<!\d)((?:19|20)\d{{2}})(?!\d|{_DAY_BEHIND})")
_YEAR_SO_CALLED = re.compile(rf"(?<!\d)((?:19|20)\d{{2}})(?=年|度)(?!{_DAY_BEHIND})")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2})年1月1日(?:起|至|到|[-—~～])")
_NUMERAL_YEAR = re.compile(rf"({YEAR_IN_NUMERALS})(?=年|度)")

_NUMERALS = "一二两三四五六七八九十百千零〇"
_COUNT = re.compile(
    rf"[{_NUMERALS}](?<![第每几数、{_NUMERALS}].)[{_NUMERALS}]*(?<![^{_NUMERALS}]一)(?<!^一)(?=件(?!事)|宗|起)"
)
"""A whole numeral before a unit; a lone 一 is left, for it rarely counts (收到一件、办理一件)."""
_SEPARATOR, _THOUSANDS = re.compile(r"(?<!\d)(\d{1,3})，(?=\d{3}件)"), re.compile(r"，\d{3}件")
_DAY_IN_NUMERALS = re.compile(
    rf"({YEAR_IN_NUMERALS})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日"
)
_FULL_WIDTH = re.compile("[０-９．％－／]")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％－／", "0123456789.%-/")


def half_width(text: str) -> str:
    """Return the text with its digits, points and signs of per cent in half width."""
    return text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text


@lru_cache(maxsize=1024)
def year_in(title: str) -> int | None:
    """Return the report year that a title names, in digits or numerals, apart from days (2020年1月21日)."""
    text = compact(title)
    found = _YEAR_SO_CALLED.search(text) or _PERIOD.search(text) or _NUMERAL_YEAR.search(text) or _YEAR.search(text)
    if found is None:
        return None
    year = number(found[1]) if not found[1].isdigit() else int(found[1])
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def number(numeral: str) -> int:
    """Return what a numeral says, by powers or digit by digit: 二十一, 一百零五, 二〇."""
    value = digit = 0
    for character in numeral:
        if character in _POWERS:
            value += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return value + digit


def with_counts_in_digits(text: str) -> str:
    """Return the text with its counts in digits: 一百二十件 as 120件, and 1，160件 as 1,160件."""
    text = _COUNT.sub(lambda count: str(number(count[0])), text)
    return _SEPARATOR.sub(r"\1,", text) if _THOUSANDS.search(text) else text


def with_days_in_digits(text: str) -> str:
    """Return the text with its days in digits: 二〇二〇年一月二十一日 as 2020年1月21日."""
    return _DAY_IN_NUMERALS.sub(lambda day: "{}年{}月{}日".format(*map(number, day.groups())), text)


DAY = r"20\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}"
"""A day in digits, as a regular expression."""
_MOMENT = re.compile(
    r"(20\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
    r"(?:日?[T\s]*(\d{1,2})\s*:\s*(\d{1,2})(?:\s*:\s*\d{1,2}(?:\.\d+)?)?\s*(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?"
)
_SINCE_1970 = re.compile(r"\s*(1\d{9})(?:\d{3})?\s*")


def day_in(text: str) -> date | None:
    """Return the first day in a text; of a moment with an offset, or in seconds or milliseconds since 1970, China's."""
    if epoch := _SINCE_1970.fullmatch(text):
        return datetime.fromtimestamp(int(epoch[1]), CHINA).date()
    moment = _MOMENT.search(half_width(text))
    if moment is None:
        return None
    year, month, day, hour, minute, utc, sign, *offset = moment.groups()
    found = day_of(year, month, day)
    if found is None or not (utc or sign) or int(hour) > 23 or int(minute) > 59:
        return found
    ahead = timedelta() if utc else timedelta(hours=int(offset[0]), minutes=int(offset[1])) * (-1 if sign == "-" else 1)
    written = datetime(found.year, found.month, found.day, int(hour), int(minute), tzinfo=UTC)
    return (written - ahead).astimezone(CHINA).date()


def day_of(year: str, month: str, day: str) -> date | None:
    """Return a day given in digits, ``None`` if the calendar has none such."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
