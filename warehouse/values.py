"""One value as text: the same in every file, on every page and in a terminal."""

import json
import re
from datetime import date, datetime
from decimal import Decimal

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of writing; new lines and tabs are none of them."""


def printable(text: str) -> str:
    """Replace by ``�`` what of a page's text would steer a terminal or turn the direction of what is beside it."""
    return _HIDDEN.sub("�", text)


def text_of(value: object) -> str:
    """Write a value: decimals without needless zeros, moments in ISO 8601 with their zone, lists as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return value.isoformat(timespec="seconds")
        case list() | dict():
            return json_text(value)
    return str(value)


def json_text(value: object) -> str:
    """Write a JSON document on one line, Chinese as it is, decimals as numbers, what a terminal would obey escaped."""
    text = json.dumps(value, ensure_ascii=False, default=_plain)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _plain(value: object) -> int | float | str:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
