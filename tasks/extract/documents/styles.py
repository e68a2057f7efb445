"""The rules of a page's own style sheets, as far as they can hide, raise, strike or write text.

Selectors, specificity, ``!important`` and the order of rules count; rules for print and for small windows do not.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, cast

import tinycss2
from cssselect import HTMLTranslator, SelectorError, parse
from lxml import etree

WINDOW_WIDTH = 1280
"""CSS pixels of the window in which a reader sees the page."""

PROPERTIES = frozenset(
    {
        *("display", "visibility", "content-visibility", "opacity", "mso-hide"),
        *("color", "background", "background-color", "font-size", "text-indent", "-webkit-text-fill-color"),
        *("position", "left", "top", "right", "bottom", "margin-left", "margin-top", "transform", "scale", "filter"),
        *("clip", "clip-path", "width", "height", "max-width", "max-height", "overflow", "overflow-x", "overflow-y"),
        *("text-decoration", "text-decoration-line", "vertical-align", "mso-text-raise", "font-variant-position"),
        *("unicode-bidi", "direction", "content", "letter-spacing", "margin-right", "float", "order"),
        *("flex-direction", "flex-flow", "-webkit-box-direction", "grid-area", "grid-column", "grid-row"),
    }
)
"""The properties that decide whether, and how, a reader sees a text."""

_ANY_EFFECT = re.compile(
    "|".join(
        (
            r"display\s*:\s*none",
            r"visibility\s*:\s*(?:hidden|collapse)",
            r"opacity\s*[:(]\s*(?:0?\.0|0(?!\.?\d*[1-9]))",
            r"mso-hide\s*:\s*all",
            r"color\s*:\s*transparent",
            r"color\s*:\s*rgba",
            r"color\s*:\s*hsla",
            r"(?<![-\w])color\s*[:=]\s*[\"']?\s*white",
            r"(?<![-\w])color\s*[:=]\s*[\"']?\s*#f",
            r"(?<![-\w])color\s*:\s*rgb\(2",
            r"font-size\s*:\s*0?\.?[01]?(?:px|pt|em|rem|%)?\s*[;\"'}!]",
            r"text-indent\s*:\s*-\d{2}",
            r"position\s*:\s*absolute",
            r"position\s*:\s*fixed",
            r"position\s*:\s*relative",
            r"margin-top\s*:\s*-\d{3}",
            r"transform\s*:",
            r"scale\s*:\s*0",
            r"clip(?:-path)?\s*:",
            r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)",
            r"line-through",
            r"vertical-align\s*:\s*(?:super|sub|text-top|text-bottom|-?\.?\d)",
            r"mso-text-raise",
            r"variant-position\s*:\s*su",
            r"(?:bidi|isolate)-override",
            r"(?:row|column|wrap)-reverse",
            r"-direction\s*:\s*reverse",
            r"(?<![-\w])direction\s*:\s*rtl",
            r"(?<![-\w])order\s*:\s*-?[1-9]",
            r"grid-(?:area|column|row)\s*:",
            r"float\s*:\s*right",
            r"letter-spacing\s*:\s*-",
            r"margin-(?:left|right)\s*:\s*-\d",
            r"(?<![-\w])content\s*:\s*(?!normal|none)\S",
        )
    ),
    re.IGNORECASE,
)
"""A declaration that can hide, raise, strike, write or turn text."""
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_INLINE_STYLES = etree.XPath("//@style", smart_strings=False)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BLOCK = re.compile(r"\{[^{}]*\}")
_PIXELS = {"px": 1.0, "em": 16.0, "rem": 16.0, "pt": 4 / 3, "cm": 37.8, "mm": 3.78, "in": 96.0, "%": 0.16, "": 1.0}
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)")
_FEATURE = re.compile(r"\(\s*(min-|max-)(?:device-)?width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_OTHER_MEDIA = re.compile(r"\b(?:print|speech|aural|braille|handheld|projection|tty|tv)\b")
_LAYOUT_AT_RULES = frozenset({"supports", "layer", "document", "scope", "container"})


class Priority(NamedTuple):
    """What decides between two declarations of a property: the greater one holds."""

    important: bool
    inline: bool
    specificity: tuple[int, int, int]
    order: int


Declaration = tuple[str, str, Priority]
"""A property, its value, and what decides whether it holds."""


class Rule(NamedTuple):
    """One selector with its declarations; ``pseudo`` is ``before`` or ``after``, or empty."""

    select: etree.XPath
    pseudo: str
    declarations: tuple[Declaration, ...]


@lru_cache(maxsize=2048)
def has_effect(style: str) -> bool:
    """Tell whether declarations may hide, raise or strike text."""
    return _ANY_EFFECT.search(f"{_plain(style)};") is not None


def _plain(style: str) -> str:
    """Return a style without comments and escapes."""
    style = _COMMENT.sub("", style) if "/*" in style else style
    return unescaped(style) if "\\" in style else style


def unescaped(text: str) -> str:
    """Return a text of a style sheet with its escapes (``\\2014``) as characters."""
    return _ESCAPE.sub(lambda escape: _character(escape[1]) if escape[1] else escape[2], text)


def _character(code: str) -> str:
    point = int(code, 16)
    return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"


def may_have_effect(root: etree._Element) -> bool:
    """Tell by a glance whether any style of a page, inline or not, may hide, raise, strike or write text."""
    return (
        any(map(has_effect, set(cast(list[str], _INLINE_STYLES(root)))))
        or any(has_effect(sheet.text or "") for sheet in root.iter("style"))
        or any(font.get("color") for font in root.iter("font"))
    )


def page_sheets(root: etree._Element) -> list[str]:
    """Return a page's own style sheets for a screen."""
    return [sheet.text or "" for sheet in root.iter("style") if applies(sheet.get("media", ""))]


def page_rules(sheets: Iterable[str], properties: frozenset[str] = PROPERTIES) -> Iterator[Rule]:
    """Yield the rules of style sheets that set some of these properties, in their order."""
    for order, sheet in enumerate(sheets):
        yield from _compiled(sheet, order, properties)


def selected(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """Return the elements that an expression selects."""
    return cast(list[etree._Element], path(root))


@lru_cache(maxsize=4096)
def inline_declarations(style: str, properties: frozenset[str] = PROPERTIES) -> tuple[Declaration, ...]:
    """Return the declarations of a ``style`` attribute that set some of these properties."""
    if not _any_of(properties).search(style):
        return ()
    return tuple(_declarations(style, Priority(False, True, (0, 0, 0), 0), properties))


@lru_cache
def _any_of(properties: frozenset[str]) -> re.Pattern[str]:
    """Find a property that counts, or an escape, which may be any."""
    return re.compile(rf"(?<![-\w])(?:{'|'.join(map(re.escape, sorted(properties)))})\s*:|\\", re.IGNORECASE)


def applies(media: str) -> bool:
    """Tell whether a media query holds for a reader at a screen."""
    return any(map(_query_holds, media.lower().split(","))) if media.strip() else True


def length(value: str) -> float | None:
    """Return a length in pixels; ``None`` if it is none. Relative ones are taken at the usual size of a text."""
    match = _LENGTH.fullmatch(value.strip().lower())
    return float(match[1]) * _PIXELS[match[2]] if match and match[2] in _PIXELS else None


def _query_holds(query: str) -> bool:
    negated = query.strip().startswith("not ")
    holds = not _OTHER_MEDIA.search(query)
    for bound, number, unit in _FEATURE.findall(query):
        width = float(number) * _PIXELS[unit]
        holds = holds and (width <= WINDOW_WIDTH if bound == "min-" else width >= WINDOW_WIDTH)
    rest = _FEATURE.sub("", query)
    return (holds and "dark" not in rest and "portrait" not in rest) != negated


@lru_cache(maxsize=256)
def _compiled(sheet: str, order: int, properties: frozenset[str]) -> tuple[Rule, ...]:
    """Compile a sheet; portals send the same one with every page. Blocks that bear on nothing are cut out before."""
    counts = _any_of(properties).search
    text = _BLOCK.sub(lambda block: block[0] if counts(block[0]) else "{}", _COMMENT.sub("", sheet))
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return tuple(
        rule
        for number, node in enumerate(_style_rules(rules))
        for rule in _rule(node, order * 100_000 + number, properties)
    )


def _style_rules(nodes: Iterable[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.QualifiedRule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content is not None:
            keyword = node.lower_at_keyword
            is_media = keyword == "media" and applies(tinycss2.serialize(node.prelude))
            if is_media or keyword in _LAYOUT_AT_RULES:
                yield from _style_rules(
                    tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                )


def _rule(node: tinycss2.ast.QualifiedRule, order: int, properties: frozenset[str]) -> Iterator[Rule]:
    content = tinycss2.serialize(node.content)
    try:
        selectors = parse(tinycss2.serialize(node.prelude).strip())
    except SelectorError:
        return
    for selector in selectors:
        pseudo = selector.pseudo_element if isinstance(selector.pseudo_element, str) else ""
        priority = Priority(False, False, selector.specificity(), order)
        declarations = tuple(_declarations(content, priority, properties))
        if not declarations or pseudo not in ("", "before", "after") or (pseudo and "content" not in content):
            continue
        try:
            path = HTMLTranslator().selector_to_xpath(selector)
            yield Rule(etree.XPath(path), pseudo, declarations)
        except (SelectorError, etree.XPathError):
            continue


def _declarations(content: str, priority: Priority, properties: frozenset[str]) -> Iterator[Declaration]:
    for node in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and node.lower_name in properties:
            value = tinycss2.serialize(node.value).strip()
            yield node.lower_name, value, priority._replace(important=node.important)
