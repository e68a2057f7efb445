"""What Excel shows of a number: the digits, literals and scale of its format, exactly (ECMA-376, part 1, 18.8.31)."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;\\-"¥"#,##0',
    6: '"¥"#,##0;[Red]\\-"¥"#,##0',
    7: '"¥"#,##0.00;\\-"¥"#,##0.00',
    8: '"¥"#,##0.00;[Red]\\-"¥"#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd"),
    37: "#,##0;\\-#,##0",
    38: "#,##0;[Red]\\-#,##0",
    39: "#,##0.00;\\-#,##0.00",
    40: "#,##0.00;[Red]\\-#,##0.00",
    41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    48: "##0.0E+0",
    49: "@",
}
"""The formats that are known by their number alone, as Excel's Chinese edition shows them."""

UNSHOWABLE = "#"
"""What is given, thrice, for a number shown as no number: a fraction, a power, a numeral in words, too many digits."""

_GENERAL_DIGITS, _FLOAT_DIGITS = 11, 15
_TOKEN = re.compile(
    r"\[(?P<bracket>[^\]]*)\]|\"(?P<quoted>[^\"]*)\"|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)"
    r"|(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<power>[Ee][+-])|(?P<date>[ymdhsaAPbegYMDHSB]+)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-.*)?")


_EMPTY = {"0": "0", "?": " ", "#": ""}
"""What stands at a place that the number has no digit for."""


class Token(NamedTuple):
    """One piece of a format: its kind, and the character or text that it stands for."""

    kind: str
    text: str


class Section(NamedTuple):
    """One of the sections of a format, between semicolons: when it holds, and its pieces."""

    condition: tuple[str, Decimal] | None
    tokens: tuple[Token, ...]

    @property
    def has_digits(self) -> bool:
        """Whether the number itself is shown in it."""
        return any(token.kind in ("digit", "general") for token in self.tokens)


def shown_number(value: Decimal, code: str) -> str:
    """Write a number as Excel shows it in a format; :data:`UNSHOWABLE` where that is no number."""
    value = _as_stored(value)
    sections = _sections(code or "General")
    section, is_signed = _chosen(sections, value)
    if section is None:
        return UNSHOWABLE * 3
    return _written(value if is_signed else abs(value), section)


def is_date(code: str) -> bool:
    """Tell whether a format shows numbers as days or times."""
    return any(token.kind == "date" for token in _sections(code)[0].tokens)


def shown_text(text: str, code: str) -> str:
    """Write a text as Excel shows it in a format: the fourth section says how, if there is one."""
    sections = _sections(code)
    holds = [section for section in sections if any(token.kind == "text" for token in section.tokens)]
    section = sections[3] if len(sections) > 3 else next(iter(holds), None)
    if section is None or (len(sections) < 4 and section is not sections[-1]):
        return text
    return "".join(
        text if token.kind == "text" else token.text for token in section.tokens if token.kind in ("text", "literal")
    )


def _as_stored(value: Decimal) -> Decimal:
    """Round to the fifteen digits that Excel computes with."""
    if not value:
        return Decimal(0)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - _FLOAT_DIGITS + 1), ROUND_HALF_UP)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    sections: list[tuple[tuple[str, Decimal] | None, list[Token]]] = [(None, [])]
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "literal", match[match.lastgroup or 0]
        if kind == "literal" and text == ";":
            sections.append((None, []))
            continue
        tokens = sections[-1][1]
        if kind == "bracket":
            if found := _CONDITION.fullmatch(text):
                sections[-1] = (found[1], Decimal(found[2])), tokens
            elif found := _CURRENCY.fullmatch(text):
                tokens.append(Token("literal", found[1]))
            elif re.match(r"DBNum", text, re.IGNORECASE):
                tokens.append(Token("words", text))
            elif re.fullmatch(r"[hms]+", text, re.IGNORECASE):
                tokens.append(Token("date", text))
        elif kind in ("quoted", "escaped", "literal"):
            tokens.append(Token("literal", text))
        elif kind == "space":
            tokens.append(Token("literal", " "))
        elif kind != "fill":
            tokens.append(Token(kind, text))
    return tuple(Section(condition, tuple(tokens)) for condition, tokens in sections)


_HOLDS = {
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
    "<>": lambda value, bound: value != bound,
}


def _chosen(sections: Sequence[Section], value: Decimal) -> tuple[Section | None, bool]:
    """Return the section that holds for a number, and whether it still lacks the number's sign."""
    numbers = [section for section in sections[:3] if not any(token.kind == "text" for token in section.tokens)]
    if not numbers:
        return Section(None, (Token("general", ""),)), True
    if any(section.condition for section in numbers):
        for place, section in enumerate(numbers):
            condition = section.condition or (("<", Decimal(0)) if place == 1 and len(numbers) > 2 else None)
            if condition is None or _HOLDS[condition[0]](value, condition[1]):
                only_negative = condition is not None and condition[0] in ("<", "<=") and condition[1] <= 0
                return section, not only_negative
        return None, True
    if value < 0 and len(numbers) > 1:
        return numbers[1], False
    if value == 0 and len(numbers) > 2:
        return numbers[2], True
    return numbers[0], True


def _written(value: Decimal, section: Section) -> str:
    tokens = section.tokens
    kinds = [token.kind for token in tokens]
    if "date" in kinds or "words" in kinds or "power" in kinds or _is_fraction(tokens):
        return UNSHOWABLE * 3
    if not section.has_digits:
        text = "".join(token.text for token in tokens if token.kind == "literal")
        return f"-{text}" if value < 0 and text.strip() else text
    if "general" in kinds:
        number = _general(abs(value))
        text = "".join(
            number if token.kind == "general" else token.text
            for token in tokens
            if token.kind in ("general", "literal")
        )
        return f"-{text}" if value < 0 else text
    return _laid_out(value, tokens)


def _is_fraction(tokens: Sequence[Token]) -> bool:
    kinds = ["slash" if token == ("literal", "/") else token.kind for token in tokens]
    return any(kinds[at] == "slash" and kinds[at - 1] == "digit" for at in range(1, len(kinds)))


def _general(value: Decimal) -> str:
    """Write a number as a cell without a format does: eleven digits at most."""
    if value and value.adjusted() >= _GENERAL_DIGITS:
        return UNSHOWABLE * 3
    decimals = max(0, _GENERAL_DIGITS - 2 - max(value.adjusted(), 0))
    text = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _laid_out(value: Decimal, tokens: Sequence[Token]) -> str:
    """Lay a number's digits into the places of a format; literals between the places stay where they are."""
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    places = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    whole, part = [at for at in places if at < point], [at for at in places if at > point]
    last = max(places)
    commas = [at for at, token in enumerate(tokens) if token.kind == "comma"]
    scaling = sum(1 for at in commas if at > last or (at < point and at > max(whole, default=-1)))
    grouped = any(min(whole, default=0) < at < max(whole, default=0) for at in commas)
    percents = sum(token.kind == "percent" for token in tokens)
    scaled = abs(value).scaleb(2 * percents - 3 * scaling)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    written = _whole_digits(digits if int(digits) or not whole else "", tokens, whole, grouped)
    kept = len(decimals.rstrip("0"))
    for place, at in enumerate(part):
        written[at] = (
            decimals[place] if tokens[at].text == "0" or place < kept else (" " if tokens[at].text == "?" else "")
        )
    pieces = []
    for at, token in enumerate(tokens):
        if token.kind == "digit":
            pieces.append(written.get(at, ""))
        elif token.kind in ("literal", "point", "percent"):
            pieces.append(token.text)
    sign = "-" if value < 0 and rounded else ""
    return sign + "".join(pieces)


def _whole_digits(digits: str, tokens: Sequence[Token], places: Sequence[int], grouped: bool) -> dict[int, str]:
    """Return what stands at each place before the point: one digit from the right on, all the rest at the first."""
    written: dict[int, str] = {}
    if not places:
        return written
    left = digits
    for number, at in enumerate(reversed(places)):
        is_first = number == len(places) - 1
        taken = left if is_first else left[-1:]
        left = "" if is_first else left[:-1]
        if not taken:
            taken = _EMPTY[tokens[at].text]
        if grouped:
            taken = _grouped(taken, number)
        written[at] = taken
    return written


def _grouped(taken: str, behind: int) -> str:
    """Put commas into the digits of a place that has so many places behind it."""
    marked = ""
    for offset, digit in enumerate(reversed(taken)):
        place = behind + offset
        marked = digit + ("," if place and place % 3 == 0 and digit.isdigit() else "") + marked
    return marked
