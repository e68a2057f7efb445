"""Figures set in a font of the page's own, from ``@font-face``: their digits need not be those that it draws."""

import re
from functools import lru_cache

from lxml import etree

from tasks.extract.documents.cascade import Styles, cascaded
from tasks.extract.documents.styles import page_rules, page_sheets, unescaped
from tasks.extract.documents.unread import CELLS, holds_figure, mark_unread

_FONTS = frozenset({"font", "font-family"})
_FONT_FACE = re.compile(r"@font-face\s*\{([^{}]*)\}", re.IGNORECASE)
_FAMILY = re.compile(r"font-family\s*:\s*([^;]+)", re.IGNORECASE)
_SIZE = re.compile(r"^.*?(?:\d[\d.]*(?:px|pt|em|rem|%|vw)|small|medium|large)(?:\s*/\s*\S+)?\s+")
"""What stands before the families in a ``font``."""
_FOUND_EVERYWHERE = re.compile(
    "arial|helvetica|verdana|tahoma|georgia|courier|times|calibri|simsun|simhei|yahei|kaiti|fangsong|宋|黑|楷|雅黑|仿宋"
    "|sans-serif|serif|monospace|system-ui|pingfang"
)
_LINE = re.compile("[一-鿿]{6}")
_SENTENCE = "。"
_FIGURE = re.compile(r"\d")


def mark_figures_in_own_fonts(root: etree._Element) -> None:
    """Mark figures in fonts that the page brings along, but for those in which it sets its text as well."""
    sheets = page_sheets(root)
    declared = {name for sheet in sheets if "@font-face" in sheet.lower() for name in _declared(sheet)}
    if not declared:
        return
    styles = cascaded(root, page_rules(sheets, _FONTS), _FONTS)
    fonts = {element: font for element in styles if (font := _font(element, styles, frozenset(declared))) is not None}
    if not any(fonts.values()):
        return
    in_own_fonts = [
        (element, font)
        for element in root.iter(etree.Element)
        if element.tag not in ("style", "script", "title") and (font := _in_force(element, fonts))
    ]
    ordinary = {font for element, font in in_own_fonts if _is_of_the_page(element)}
    for element, font in in_own_fonts:
        if font not in ordinary and _FIGURE.search(_own_text(element)) and holds_figure(element):
            mark_unread(element)


@lru_cache(maxsize=256)
def _declared(sheet: str) -> frozenset[str]:
    """Return the families that a sheet brings along; not those looked for on the reader's machine."""
    faces = [face for face in _FONT_FACE.findall(sheet) if "url(" in face.lower()]
    return frozenset(_name(match[1]) for face in faces if (match := _FAMILY.search(face)))


def _font(element: etree._Element, styles: Styles, declared: frozenset[str]) -> str | None:
    """Return the page's own font that an element sets, ``""`` for another one, ``None`` if it sets none."""
    own = max(styles[element].items(), key=lambda item: item[1][0], default=None)
    if own is None:
        return None
    name, (_, value) = own
    for family in map(_name, (_SIZE.sub("", value) if name == "font" else value).split(",")):
        if family in declared:
            return family
        if _FOUND_EVERYWHERE.search(family):
            break
    return "" if value not in ("inherit", "unset") else None


def _name(family: str) -> str:
    return unescaped(family).strip().strip("\"'").strip().lower()


def _in_force(element: etree._Element, fonts: dict[etree._Element, str]) -> str:
    return next((fonts[around] for around in (element, *element.iterancestors()) if around in fonts), "")


def _own_text(element: etree._Element) -> str:
    return "".join((element.text or "", *(child.tail or "" for child in element)))


def _is_of_the_page(element: etree._Element) -> bool:
    """Tell whether an element holds a sentence, or a line outside tables, itself."""
    own = _own_text(element)
    if _SENTENCE in own:
        return True
    return bool(_LINE.search(own)) and not any(around.tag in CELLS for around in (element, *element.iterancestors()))
