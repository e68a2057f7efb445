"""How a printed figure is read: value, state and unit, exactly or not at all."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tasks.extract.report import CellState
from warehouse.characters import folded, squeezed


class Figure(NamedTuple):
    """What stood in a cell. ``value`` is ``None`` unless ``state`` is ``NUMBER``.

    ``scale`` is what one unit of ``value`` is worth in yuan where the cell itself names a unit of money
    (``1`` for 元, ``10000`` for 万元), else ``None``.
    """

    state: CellState
    value: Decimal | None = None
    scale: Decimal | None = None


MONEY_UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
    "亿": Decimal(100_000_000),
}
"""Units of money and what one of them is worth in yuan."""

_COUNT_UNITS = "件\\(次\\)|件次|件|项|个|条|宗|次|份|人次|人|部|起|批|家|例|场|篇|处|名|期"
_NOT_APPLICABLE = frozenset({"/", "\\", "|", "无", "N/A", "NA", "n/a", "不适用", "不涉及", "*", "·", "~"})
_DASHES = frozenset("-ー_")
_DASH_SIGNS = dict.fromkeys(map(ord, "‐‑‒–—―−─━➖"), "-")
_DECREASE = frozenset({"减少", "净减少", "净减", "下降", "减", "负", "--", "-", "↓"})
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u208e"
_CIRCLED = "\u2460-\u2487\u24ea\u24f5-\u24fe\u2776-\u2793"
_NOTES = re.compile(
    rf"(?<=[^\s{_RAISED}])(?:\s*[\u207d\u208d][^\u207e\u208e]*[\u207e\u208e]|\s*[{_RAISED}]"
    rf"|\s*[（(\[【〔]注[\d一二三四五六七八九十{_CIRCLED}]*[）)\]】〕]|\s*[{_CIRCLED}*＊※†‡])+\s*$"
)
"""Raised, lowered and circled characters, stars, and 注 in brackets, behind a figure: they lead to a remark."""
_NOTE_SIGN = re.compile(f"[{_RAISED}{_CIRCLED}]")
_REMARK = re.compile(
    r"(?<=\S)\s*(?:\(([^()]*)\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕)$"
    r"|(?<=\S)[,;:\s]\s*((?:其中|含|包括|注).*)$"
)
"""A remark behind a figure, in brackets or not."""
_NO_REMARK = re.compile(
    rf"[\W\d_]*(?:{_COUNT_UNITS})?|净?[增减]加?少?|下降|上升|负|[十百千万亿]+[元件项条]?"
    r"|.*(?:应[为是]|实为|实际|更正|改为|有误|约|左右|以上|余|多).*"
)
"""What makes the figure before it another one, or leaves open which one holds."""
_FIGURE = re.compile(
    r"(?P<sign>净?增加|新增|上升|净?增|\+|↑|净?减少|下降|净?减|负|--|-|↓)?"
    r"(?:共计?|合计)?(?:人民币|[¥￥])?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    rf"(?:(?P<money>亿元?|百万元|万元?|千元|元)(?:人民币|整)?|\((?P<bracketed>亿元|万元|元)\)|(?:{_COUNT_UNITS})|\((?:{_COUNT_UNITS})\))?"
)
_ZERO = re.compile(rf"(?:〇|零|○)(?:(?P<money>亿元|万元|元)|(?:{_COUNT_UNITS}))?|0+/0+")
_NO_FIGURE = re.compile("[(（]|(?![〇零净增减新上下负共合人无不])[一-鿿]")
"""A bracket or a word at the beginning of a text that no figure, and no sign for none, begins with."""
_SPACE = re.compile(r"\s*\n\s*|\s+")
_INTEGER_DIGITS, _FRACTION_DIGITS = 16, 4
"""What the warehouse's DECIMAL(20, 4) can hold."""
_LIMIT = 10**_INTEGER_DIGITS
_LONGEST = 40
"""Characters of the longest cell that is still taken for one figure."""

_BLANK = Figure(CellState.BLANK)
_DASH = Figure(CellState.DASH)
_UNREADABLE = Figure(CellState.UNREADABLE)


@lru_cache(maxsize=8192)
def read_figure(text: str) -> Figure:
    """Read one cell's text.

    Blank, a sign for "not applicable" and a number are three different states; whatever is not plainly one of
    them is ``UNREADABLE``. A remark behind a figure, or a sign that leads to one, is not part of it (``22（注1）``,
    ``22¹``). Nothing is guessed: percentages, approximations and two figures in one cell are unreadable.
    """
    if text.isascii() and text.isdigit() and len(text) <= _INTEGER_DIGITS:
        return Figure(CellState.NUMBER, Decimal(text))
    if _NO_FIGURE.match(text):
        return _UNREADABLE
    bare = _NOTES.sub("", folded(text))
    if _NOTE_SIGN.search(bare):
        return _UNREADABLE
    compact = _compact(bare)
    if not compact:
        return _BLANK
    if compact in _NOT_APPLICABLE or set(compact) <= _DASHES | {" "}:
        return _DASH
    figure = _read_number(compact)
    remark = _REMARK.search(compact) if figure is _UNREADABLE else None
    if remark and not _NO_REMARK.fullmatch(remark[1] if remark[1] is not None else remark[2] or "注"):
        return _read_number(compact[: remark.start()])
    return figure


def _compact(text: str) -> str:
    """Fold full width, and every sign for a dash; write any white space as one blank."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).translate(_DASH_SIGNS)).strip().rstrip("。;、")


def _read_number(compact: str) -> Figure:
    if zero := _ZERO.fullmatch(compact):
        return Figure(CellState.NUMBER, Decimal(0), MONEY_UNITS.get(zero["money"] or ""))
    if not re.fullmatch(r"[0-9]{1,3}( [0-9]{3})+.*", compact):
        compact = re.sub(r"(?<![0-9]) | (?![0-9])", "", compact)
    match = _FIGURE.fullmatch(compact) if len(compact) <= _LONGEST else None
    if not match:
        return _UNREADABLE
    digits = match["digits"].replace(",", "").replace(" ", "")
    value = Decimal(digits + (match["fraction"] or ""))
    if match["sign"] in _DECREASE:
        value = -value
    scale = MONEY_UNITS.get(match["money"] or match["bracketed"] or "")
    return Figure(CellState.NUMBER, value, scale) if abs(value) < _LIMIT else _UNREADABLE


def fits_warehouse(value: Decimal) -> bool:
    """Tell whether the warehouse can hold a value exactly."""
    return abs(value) < _LIMIT and value == value.quantize(Decimal(1).scaleb(-_FRACTION_DIGITS))


_UNIT_IN_LABEL = re.compile(r"(?<![一-鿿])(亿元|百万元|万元|千元|元)|(?:单位|金额|费)\W*(亿元|百万元|万元|千元|元)")


@lru_cache(maxsize=4096)
def unit_in_label(text: str) -> Decimal | None:
    """Return what a label's unit of money is worth in yuan (``采购总金额(万元)`` → 10000), ``None`` if it has none."""
    compact = squeezed(text)
    match = _UNIT_IN_LABEL.search(compact)
    return MONEY_UNITS[match[1] or match[2]] if match else None
