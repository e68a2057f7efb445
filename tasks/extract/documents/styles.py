"""The rules of a page's own style sheets, as far as they can hide, raise, strike or write text.

Selectors, specificity, ``!important``, layers and the order of rules count; rules for print and for small windows do
not. A rule whose selector or condition nobody here can decide is one that is not sure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

import tinycss2
from lxml import etree
from tinycss2.ast import AtRule, Node, QualifiedRule

from tasks.extract.documents.conditions import Answer, media_holds, support_holds
from tasks.extract.documents.selectors import selectors

_SIDES = ("top", "right", "bottom", "left")
_OF_ALL_SIDES = {"margin": tuple(f"margin-{side}" for side in _SIDES), "inset": _SIDES}
_OTHER_NAMES = {
    **{f"{limit}inline-size": f"{limit}width" for limit in ("", "max-")},
    **{f"{limit}block-size": f"{limit}height" for limit in ("", "max-")},
    **{
        f"-webkit-{name}": name
        for name in ("transform", "clip-path", "filter", "mask", "mask-image", "animation", "background-clip")
    },
    **{"margin-inline-start": "margin-left", "inset-inline-start": "left", "inset-block-start": "top"},
}
PROPERTIES = frozenset(
    {
        *("display", "visibility", "content-visibility", "opacity", "mso-hide"),
        *("color", "background", "background-color", "font-size", "text-indent", "-webkit-text-fill-color"),
        *("position", "left", "top", "right", "bottom", "margin-left", "margin-top", "transform", "scale", "filter"),
        *("clip", "clip-path", "width", "height", "max-width", "max-height", "overflow", "overflow-x", "overflow-y"),
        *("text-decoration", "text-decoration-line", "vertical-align", "mso-text-raise", "font-variant-position"),
        *("unicode-bidi", "direction", "content", "letter-spacing", "margin-right", "float", "order"),
        *("flex-direction", "flex-flow", "-webkit-box-direction", "grid-area", "grid-column", "grid-row"),
        *("translate", "rotate", "zoom", "inset", "margin", "font", "mask", "mask-image"),
        *("-webkit-text-security", "animation", "text-shadow", "background-clip"),
    }
) | frozenset(_OTHER_NAMES)
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
            r"(?<![-\w])color\s*:\s*(?:hsla?|color|color-mix|hwb|lab|lch|oklab|oklch)\(",
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
            r"(?:scale|translate|rotate|zoom|inset|mask(?:-image)?|text-security|animation)\s*:",
            r"(?<![-\w])font\s*:\s*0",
            r"(?<![-\w])margin\s*:[^;}]*-\d",
            r"(?<![-\w])(?:display|visibility|opacity|font-size|position|font|filter)\s*:[^;}]*var\(",
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
_INLINE_STYLES = etree.XPath(
    "set:distinct(/descendant::*/@style)", namespaces={"set": "http://exslt.org/sets"}, smart_strings=False
)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BLOCK = re.compile(r"\{[^{}]*\}")
CUSTOM = "--"
"""How the names of a page's own variables begin."""
_KEYWORDS = {
    name: re.compile(rf"{own}|initial|inherit|unset|revert[-\w]*|.*var\(.*", re.IGNORECASE)
    for name, own in (
        (
            "display",
            r"none|contents|list-item|run-in"
            r"|(?:inline|block|table|ruby|flow|flex|grid|math|-\w+)[-\w]*(?: [-\w ]+)?",
        ),
        ("visibility", "visible|hidden|collapse"),
    )
}
"""What browsers take for values of these properties; another declaration of them does not count."""
_FONT_SIZE = re.compile(r"(?:^|\s)(\d*\.?\d+(?:[a-z]+|%)?)(?=\s*/|\s|$)", re.IGNORECASE)
_UNLAYERED = 1 << 30


class Priority(NamedTuple):
    """What decides between two declarations of a property: the greater one holds."""

    important: bool
    inline: bool
    layer: int
    specificity: tuple[int, int, int]
    order: int


Declaration = tuple[str, str, Priority]
"""A property, its value, and what decides whether it holds."""


class Rule(NamedTuple):
    """One selector with its declarations; ``pseudo`` is ``before`` or ``after``, or empty.

    One that is not sure may hold for what it selects, or not.
    """

    select: etree.XPath
    pseudo: str
    declarations: tuple[Declaration, ...]
    is_sure: bool


class _Block(NamedTuple):
    """A block of declarations as it is nested: its selectors, its layer, and whether its conditions hold."""

    selectors: str
    content: Sequence[Node]
    layer: int
    is_sure: bool


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
        any(map(has_effect, cast(list[str], _INLINE_STYLES(root))))
        or any(has_effect(sheet.text or "") for sheet in root.iter("style"))
        or any(font.get("color") for font in root.iter("font"))
    )


def page_sheets(root: etree._Element) -> list[str]:
    """Return a page's own style sheets, within the media that they are for."""
    return [
        f"@media {sheet.get('media')}{{{_COMMENT.sub('', sheet.text or '')}}}"
        if sheet.get("media")
        else sheet.text or ""
        for sheet in root.iter("style")
    ]


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
    return tuple(
        _declarations(
            tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True),
            Priority(False, True, _UNLAYERED, (0, 0, 0), 0),
            properties,
        )
    )


@lru_cache
def _any_of(properties: frozenset[str]) -> re.Pattern[str]:
    """Find a property that counts, one of the page's own, or an escape, which may be any."""
    names = "|".join(map(re.escape, sorted(properties)))
    return re.compile(rf"(?<![-\w])(?:{names}|--[-\w]+)\s*:|\\", re.IGNORECASE)


@lru_cache(maxsize=256)
def _compiled(sheet: str, order: int, properties: frozenset[str]) -> tuple[Rule, ...]:
    """Compile a sheet; portals send the same one with every page. Blocks that bear on nothing are cut out before."""
    counts = _any_of(properties).search
    text = _BLOCK.sub(lambda block: block[0] if counts(block[0]) else "{}", _COMMENT.sub("", sheet))
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    layers: dict[str, int] = {}
    return tuple(
        rule
        for number, block in enumerate(_blocks(nodes, _Block("", (), _UNLAYERED, True), layers))
        for rule in _rules(block, order * 100_000 + number, properties)
    )


def _blocks(nodes: Iterable[Node], around: _Block, layers: dict[str, int]) -> Iterator[_Block]:
    """Yield the blocks of declarations that may hold, those within others behind them."""
    for node in nodes:
        if isinstance(node, QualifiedRule):
            inner = around._replace(selectors=_nested(tinycss2.serialize(node.prelude), around.selectors))
            yield from _contents(node.content, inner, layers)
        elif isinstance(node, AtRule):
            if node.lower_at_keyword == "layer":
                for name in tinycss2.serialize(node.prelude).split(","):
                    layers.setdefault(name.strip() or f"{len(layers)}", len(layers))
            holds = _holds(node)
            if node.content is not None and holds is not False:
                inner = around._replace(is_sure=around.is_sure and holds is True, layer=_layer(node, around, layers))
                yield from _contents(node.content, inner, layers)


def _contents(content: Sequence[Node], block: _Block, layers: dict[str, int]) -> Iterator[_Block]:
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    if block.selectors and any(node.type == "declaration" for node in nodes):
        yield block._replace(content=nodes)
    yield from _blocks(nodes, block, layers)


def _holds(rule: AtRule) -> Answer:
    if rule.lower_at_keyword == "media":
        return media_holds(rule.prelude)
    if rule.lower_at_keyword == "supports":
        return support_holds(rule.prelude)
    return {"layer": True, "container": None, "scope": None}.get(rule.lower_at_keyword, False)


def _layer(rule: AtRule, around: _Block, layers: dict[str, int]) -> int:
    """Return the place of a layer among the others of its sheet: the later, the stronger."""
    if rule.lower_at_keyword != "layer":
        return around.layer
    return layers.get(tinycss2.serialize(rule.prelude).strip(), len(layers) - 1)


def _nested(prelude: str, around: str) -> str:
    """Write the selectors of a block within another one for themselves."""
    if not around:
        return prelude
    return prelude.replace("&", f":is({around})") if "&" in prelude else f":is({around}) {prelude}"


def _rules(block: _Block, order: int, properties: frozenset[str]) -> Iterator[Rule]:
    declarations = tuple(
        _declarations(block.content, Priority(False, False, block.layer, (0, 0, 0), order), properties)
    )
    if not declarations:
        return
    writes = any(name == "content" for name, _, _ in declarations)
    for each in selectors(block.selectors):
        if not each.pseudo or writes:
            weighed = tuple(
                (name, value, priority._replace(specificity=each.specificity)) for name, value, priority in declarations
            )
            yield Rule(each.select, each.pseudo, weighed, block.is_sure and each.is_sure)


def _declarations(nodes: Sequence[Node], priority: Priority, properties: frozenset[str]) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "declaration" and (node.lower_name in properties or node.name.startswith(CUSTOM)):
            value = tinycss2.serialize(node.value).strip()
            if node.lower_name in _KEYWORDS and not _KEYWORDS[node.lower_name].fullmatch(value):
                continue
            name = node.name if node.name.startswith(CUSTOM) else node.lower_name
            layer = -priority.layer if node.important else priority.layer
            weighed = priority._replace(important=node.important, layer=layer)
            yield from ((each, part, weighed) for each, part in _in_full(name, value))


def _in_full(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Write a property by its usual name, and beside one that sets several those that it sets."""
    yield _OTHER_NAMES.get(name, name), value
    parts = value.split()
    if name in _OF_ALL_SIDES and 0 < len(parts) <= 4:
        chosen = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}[len(parts)]
        yield from zip(_OF_ALL_SIDES[name], (parts[at] for at in chosen), strict=True)
    if name == "font" and (size := _FONT_SIZE.search(value)):
        yield "font-size", size[1]
