"""What a visitor may ask: the parameters of a page, declared once, and a question checked against them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from explorer.errors import ToldError
from warehouse.text import Text

PAGE_ROWS = 50
MOST_PAGES = 200


class BadQuestionError(ToldError):
    """A parameter that the page does not know, or a value it cannot have; ``parameter`` names it."""

    def __init__(self, told: Text, parameter: str | None = None) -> None:
        super().__init__(told)
        self.parameter = parameter


@dataclass(frozen=True)
class Parameter:
    """One parameter of a page's address: ``read`` turns its text into a value, or raises ``ValueError``."""

    read: Callable[[str], object]
    expected: Text
    choices: tuple[str, ...] = ()


def choice(*values: str) -> Parameter:
    """One of some values."""

    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return Parameter(read, Text("、".join(values), ", ".join(values)), values)


def matching(pattern: str, expected: Text, convert: Callable[[str], object] = str) -> Parameter:
    """A text of a shape."""
    compiled = re.compile(pattern)

    def read(text: str) -> object:
        if not compiled.fullmatch(text):
            raise ValueError(text)
        return convert(text)

    return Parameter(read, expected)


def _year(digits: str) -> int:
    if not 1900 <= (year := int(digits)) < 2100:
        raise ValueError(digits)
    return year


YEAR = matching(r"\d{4}", Text("年度，如 2024", "a year such as 2024"), _year)
TEXT = matching(r"[^\x00-\x1f]{1,200}", Text("至多 200 字", "up to 200 characters"))
RULE = matching(r"[A-Z]\d{0,2}(?:\.\d+)*", Text("规则编号，如 A1", "a rule such as A1"))
REGION = matching(
    r"\d{6}|[^\x00-\x1f\d]{2,40}",
    Text("区划的名称或六位代码，如 温州市、330300", "a region by name or six digits, such as 温州市 or 330300"),
)
PAGE_NUMBER = matching(r"[1-9]\d{0,2}", Text(f"不超过 {MOST_PAGES} 的页码", f"a page up to {MOST_PAGES}"), int)
SEVERITY = choice("critical", "warning", "info")
LEVEL = choice("country", "province", "city", "county", "township")
KIND = choice("government", "department", "township", "subdistrict", "administrative_committee")
YES_NO = choice("yes", "no")


@dataclass(frozen=True)
class Question:
    """A page asked for: its path (without language and format), language, and checked parameters."""

    path: str
    lang: str
    parts: Mapping[str, str]
    values: Mapping[str, Any]
    texts: Mapping[str, str] = field(default_factory=dict)
    """The parameters as they stood in the address."""

    @property
    def page(self) -> int:
        """The page of a list, from 1."""
        return int(self.values.get("page", 1))

    def address(self, path: str | None = None, *, lang: str | None = None, suffix: str = "", **changes: object) -> str:
        """Return the address of another page, or of this one with changes; ``None`` takes a parameter away.

        Whatever changes, the list begins again at its first page.
        """
        kept = {} if path is not None else {key: text for key, text in self.texts.items() if key != "page"}
        asked = {key: text for key, text in {**kept, **changes}.items() if text not in (None, "")}
        prefix = "/en" if (lang or self.lang) == "en" else ""
        target = self.path if path is None else path
        query = f"?{urlencode(asked)}" if asked else ""
        return f"{prefix}{target if target != '/' or not prefix else ''}{suffix}{query}" or "/"


def question(
    path: str, lang: str, parts: Mapping[str, str], asked: list[tuple[str, str]], known: Mapping[str, Parameter]
) -> Question:
    """Check the parameters of an address; raises :class:`BadQuestionError` in one line that says what is possible.

    Empty values count as not given, so that an empty field of a form does no harm.
    ``p_*`` knows every name that begins so.
    """
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for name, text in asked:
        parameter = known.get(name) or known.get(f"{name.partition('_')[0]}_*")
        shown = f"{name[:40]}={text[:40]}"
        if parameter is None:
            names = ", ".join(known)
            raise BadQuestionError(
                Text(
                    f"没有参数 {name[:40]}；可用的有：{names or '无'}",
                    f"unknown parameter {name[:40]}; known are: {names or 'none'}",
                )
            )
        if name in texts:
            raise BadQuestionError(Text(f"{name} 给了两次", f"{name} is given twice"))
        if text.strip() == "":
            continue
        try:
            values[name] = parameter.read(text.strip())
        except ValueError as error:
            raise BadQuestionError(_impossible(shown, parameter.expected), name) from error
        texts[name] = text.strip()
    if values.get("page", 1) > MOST_PAGES:
        raise BadQuestionError(
            Text(
                f"page：至多 {MOST_PAGES} 页；请缩小范围，或下载 .csv",
                f"page: at most {MOST_PAGES}; narrow the list, or take all of it as .csv",
            )
        )
    return Question(path, lang, parts, values, texts)


def _impossible(shown: str, expected: Text) -> Text:
    return Text(f"{shown} 不可用，应为：{expected.chinese}", f"{shown} is not possible; expected: {expected.english}")
