"""The cells of a workbook's sheets: what each one shows, from its value, its number format, its font and its runs."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from tasks.extract.documents.conditional_formats import Condition
from tasks.extract.documents.number_formats import BUILT_IN, is_date, shown_number, shown_text
from tasks.extract.documents.packages import Package
from tasks.extract.documents.seen import OBJECT, Manner, Run, as_seen

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHITE_INDEXES = ("1", "9")
_PICTURE_FORMULA = re.compile(r"=?\s*(?:_xlfn\.)?(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
_LARGEST = Decimal(10) ** 300
_VERTICAL = {"superscript": Manner.RAISED, "subscript": Manner.LOWERED}


class Style(NamedTuple):
    """How a cell is shown: its number format, the manner of its text, and whether that is as white as its ground."""

    code: str = "General"
    manner: Manner = Manner.PLAIN
    is_white: bool = False
    has_ground: bool = False


class CellReader:
    """Reads the cells of one workbook. Styles that make no sense decide nothing."""

    def __init__(self, package: Package, workbook: etree._Element):
        properties = workbook.find("{*}workbookPr")
        is_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
        self._epoch = date(1904, 1, 1) if is_1904 else date(1899, 12, 30)
        styles = package.related(package.main_part, "styles")
        self._styles = _read_styles(package.markup(styles)) if styles else []
        self._differences = list(package.markup(styles).iterfind("{*}dxfs/{*}dxf")) if styles else []
        strings = package.related(package.main_part, "sharedStrings")
        self._strings = list(package.markup(strings).iterfind("{*}si")) if strings else []

    def text(self, cell: etree._Element, shows_zeros: bool, conditions: Iterable[Condition] = ()) -> str:
        """Return what a cell shows, an object with it where a condition that may change that is not told.

        A formula whose value was not saved is given as it is: it is no figure.
        """
        style, is_told = self._style(cell.get("s", "0")), True
        if cell.get("t", "n") == "n" and cell.findtext("{*}v"):
            style, is_told = self._conditional(style, cell.findtext("{*}v") or "", conditions)
        shown = self._shown(cell, style, shows_zeros)
        return shown if is_told else f"{shown}{OBJECT}"

    def _conditional(self, style: Style, value: str, conditions: Iterable[Condition]) -> tuple[Style, bool]:
        """Return the style that conditions give to a number, the first of them first; and whether that is told."""
        changed = style
        for condition in conditions:
            own = _at(self._differences, str(condition.style))
            below = changed if own is None else _with_difference(changed, own)
            holds = condition.holds(value) if below != changed or not condition.shows_value else False
            if holds is None or (holds and not condition.shows_value):
                return style, False
            if holds:
                return below, True
        return changed, True

    def _shown(self, cell: etree._Element, style: Style, shows_zeros: bool) -> str:
        value, formula = cell.findtext("{*}v"), cell.findtext("{*}f")
        if _PICTURE_FORMULA.match(value or "") or _PICTURE_FORMULA.match(formula or ""):
            return OBJECT
        if style.is_white and not style.has_ground:
            return ""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return self._string(cell.find("{*}is"), style)
        if not value:
            return "" if formula is None or kind == "str" else f"={formula}"
        if kind == "s":
            return self._string(_at(self._strings, value), style)
        if kind == "b":
            shown = "FALSE" if value in ("0", "false") else "TRUE"
        elif kind in ("str", "d", "e"):
            shown = shown_text(_unescaped(value), style.code)
        else:
            shown = self._number(value, style.code, shows_zeros)
        return as_seen([Run(shown, style.manner)])

    def _number(self, value: str, code: str, shows_zeros: bool) -> str:
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number) >= _LARGEST:
            return value
        if number == 0 and not shows_zeros:
            return ""
        if is_date(code):
            return self._date(number)
        return shown_number(number, code)

    def _date(self, number: Decimal) -> str:
        try:
            return (self._epoch + timedelta(days=int(number))).isoformat()
        except OverflowError:
            return "###"

    def _string(self, item: etree._Element | None, style: Style) -> str:
        if item is None:
            return ""
        runs = list(_runs(item, style))
        if len(runs) == 1:
            runs = [runs[0]._replace(text=shown_text(runs[0].text, style.code))]
        return as_seen(runs)

    def _style(self, index: str) -> Style:
        return self._styles[int(index)] if index.isdigit() and int(index) < len(self._styles) else Style()


def _runs(item: etree._Element, style: Style) -> Iterator[Run]:
    """Yield the runs of a string; readings of characters (``rPh``) are none."""
    for part in item:
        name = etree.QName(part).localname
        if name == "t":
            yield Run(_unescaped(part.text or ""), style.manner)
        elif name == "r":
            properties = part.find("{*}rPr")
            manner = style.manner if properties is None else _manner(properties)
            is_white = properties is not None and _is_white(properties.find("{*}color"))
            if not is_white or style.has_ground:
                yield Run(_unescaped(part.findtext("{*}t") or ""), manner)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _read_styles(styles: etree._Element) -> list[Style]:
    codes = {
        number.get("numFmtId", ""): number.get("formatCode", "") for number in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    codes = {**{str(number): code for number, code in BUILT_IN.items()}, **codes}
    fonts = list(styles.iterfind("{*}fonts/{*}font"))
    fills = list(styles.iterfind("{*}fills/{*}fill"))
    read = []
    for xf in styles.iterfind("{*}cellXfs/{*}xf"):
        font, fill = _at(fonts, xf.get("fontId", "")), _at(fills, xf.get("fillId", ""))
        read.append(
            Style(
                codes.get(xf.get("numFmtId", "0"), "General"),
                _manner(font) if font is not None else Manner.PLAIN,
                font is not None and _is_white(font.find("{*}color")),
                _is_coloured(fill),
            )
        )
    return read


def _at(parts: list[etree._Element], index: str) -> etree._Element | None:
    return parts[int(index)] if index.isdigit() and int(index) < len(parts) else None


def _manner(properties: etree._Element) -> Manner:
    strike = properties.find("{*}strike")
    if strike is not None and strike.get("val", "1") not in ("0", "false"):
        return Manner.STRUCK
    vertical = properties.find("{*}vertAlign")
    return _VERTICAL.get(vertical.get("val", ""), Manner.PLAIN) if vertical is not None else Manner.PLAIN


def _with_difference(style: Style, own: etree._Element) -> Style:
    """Return a style with what a conditional format sets over it."""
    number, font, fill = own.find("{*}numFmt"), own.find("{*}font"), own.find("{*}fill")
    colour = font.find("{*}color") if font is not None else None
    manner = _manner(font) if font is not None else Manner.PLAIN
    return Style(
        style.code if number is None else number.get("formatCode", style.code),
        style.manner if manner is Manner.PLAIN else manner,
        style.is_white if colour is None else _is_white(colour),
        style.has_ground or fill is not None,
    )


def _is_white(colour: etree._Element | None) -> bool:
    if colour is None:
        return False
    is_theme_white = colour.get("theme") == "0" and colour.get("tint", "0") in ("0", "0.0")
    return is_theme_white or colour.get("rgb", "").upper()[-6:] == "FFFFFF" or colour.get("indexed") in _WHITE_INDEXES


def _is_coloured(fill: etree._Element | None) -> bool:
    """Tell whether a cell's ground is anything else than white."""
    pattern = fill.find("{*}patternFill") if fill is not None else None
    if pattern is None:
        return fill is not None and fill.find("{*}gradientFill") is not None
    if pattern.get("patternType", "none") == "none":
        return False
    return pattern.get("patternType") != "solid" or not _is_white(pattern.find("{*}fgColor"))
