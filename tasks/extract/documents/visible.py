"""Makes a page's tree say in plain markup what its styles do: what is hidden, raised, struck, or written by them.

Afterwards the elements ``hidden``, ``sup``, ``sub``, ``del``, ``bdo`` and ``object`` tell all that is to be known.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from lxml import etree
from tinycss2.color5 import parse_color

from tasks.extract.documents.cascade import Styles, cascaded, values_of
from tasks.extract.documents.lengths import length
from tasks.extract.documents.page_fonts import mark_figures_in_own_fonts
from tasks.extract.documents.scripted_cells import mark_written_cells
from tasks.extract.documents.shadow_roots import open_shadow_roots
from tasks.extract.documents.styles import (
    Priority,
    Rule,
    has_effect,
    may_have_effect,
    page_rules,
    page_sheets,
    selected,
    unescaped,
)
from tasks.extract.documents.text_order import is_right_to_left, mark_if_moved, put_in_order
from tasks.extract.documents.unread import CELLS, cell_around, has_words, holds_figure, mark_unread, written

_HIDDEN = etree.XPath("/descendant::*/@hidden/..|/descendant::*/@popover/..")
_LINKED_SHEETS = etree.XPath("//link[contains(@rel, 'stylesheet')]")
_FAR_BACK, _FAR_ON = -400, 3000
"""Pixels, to the left or up, and to the right or down, beyond which a text is outside the window."""
_RAISED_FROM = 2.5
"""Pixels of a text's rise that the eye takes for one."""
_ALIKE, _FAINTEST = 0.1, 0.05
"""Difference of two colours, over red, green and blue, and share of ink, that no eye sees."""
_ROWS = ("table", "thead", "tbody", "tfoot", "tr")
_INLINE = (
    "span",
    "a",
    "b",
    "strong",
    "i",
    "em",
    "font",
    "u",
    "o:p",
    "small",
    "big",
    "label",
    "sup",
    "sub",
    "ins",
    "code",
)
_ZERO = re.compile(r"[+-]?(?:0*\.?0+|0*\.0\d+)(?:[a-z]+|%)?")
_NO_SCALE = re.compile(r"scale[xy]?\(\s*0?\.?0*\s*[,)]")
_EMPTY_CLIP_PATH = re.compile(
    r"inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(\s*0|polygon\(\s*0[a-z%]*(?:[\s,]+0[a-z%]*)*\s*\)"
)
_WHITE = (1.0, 1.0, 1.0)
_MOVING = frozenset(
    {"left", "top", "right", "bottom", "margin-left", "margin-top", "transform", "translate", "text-indent"}
)
_SHOWING = frozenset({"display", "visibility", "content-visibility", "opacity", "font-size"})
_BARE_HEXADECIMAL = re.compile(r"[0-9a-f]{6}")
_ATTRIBUTE = re.compile(r"attr\(\s*(?P<attribute>[\w-]+)\s*\)")
_STRING = re.compile(r"\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'")
_CONTENT = re.compile(f"{_ATTRIBUTE.pattern}|{_STRING.pattern}")


def show_as_seen(root: etree._Element) -> None:
    """Change a page's tree so that its elements alone say what a reader sees."""
    open_shadow_roots(root)
    mark_written_cells(root)
    mark_figures_in_own_fonts(root)
    for item in [item for item in root.iter("li") if _is_numbered(item)]:
        if (cell := cell_around(item)) is not None and not has_words(cell):
            mark_unread(item)
    hidden = selected(_HIDDEN, root)
    if hidden or may_have_effect(root):
        _apply_styles(root)
        hidden = selected(_HIDDEN, root)
    for element in hidden:
        _conceal(element)


def _is_numbered(item: etree._Element) -> bool:
    around = item.getparent()
    return around is not None and around.tag == "ol"


def _apply_styles(root: etree._Element) -> None:
    sheets = page_sheets(root)
    rules = tuple(page_rules(sheets)) if any(map(has_effect, sheets)) or selected(_HIDDEN, root) else ()
    styles = cascaded(root, (rule for rule in rules if rule.is_sure))
    for rule in rules:
        if rule.pseudo:
            _write_content(root, rule)
        elif not rule.is_sure:
            _mark_in_doubt(root, rule)
    for element in [element for element in root.iter(etree.Element) if element in styles]:
        _apply(element, styles)
    put_in_order(styles)


def _apply(element: etree._Element, styles: Styles) -> None:
    own = values_of(element, styles)
    if own.get("display") not in (None, "none"):
        element.attrib.pop("hidden", "")
        element.attrib.pop("popover", "")
    if not _have_effect(own.items()):
        return
    if _is_gone(element, own):
        element.set("hidden", "")
    elif _is_moved_away(own) and any(map(_is_moved, (styles.get(child, {}) for child in element.iterdescendants()))):
        mark_unread(element)
    elif _is_out_of_sight(element, own):
        _hide(element, lambda child: False)
    else:
        for is_unseen, is_seen_again in _INK:
            if is_unseen(element, own, styles):
                if is_unseen is _without_ink and (_may_have_a_ground(element) or _is_painted_otherwise(own)):
                    mark_unread(element)
                    continue
                _hide(element, lambda child: child in styles and is_seen_again(styles[child]))  # noqa: B023
    if "line-through" in f"{own.get('text-decoration')} {own.get('text-decoration-line')}":
        _wrap(element, "del")
    elif "override" in own.get("unicode-bidi", "") and is_right_to_left(element, styles):
        _wrap(element, "bdo", dir="rtl")
    elif element.tag not in (*CELLS, *_ROWS) and (rise := _rise(own)):
        _wrap(element, "sup" if rise > 0 else "sub")
    else:
        mark_if_moved(element, styles)


def _have_effect(declared: Iterable[tuple[str, str]]) -> bool:
    return has_effect(";".join(f"{name}:{value}" for name, value in declared))


def _mark_in_doubt(root: etree._Element, rule: Rule) -> None:
    """Mark the figures that a rule would show or hide if it held."""
    declared = [(name, value) for name, value, _ in rule.declarations]
    if not _SHOWING.isdisjoint(name for name, _ in declared) or _have_effect(declared):
        found = selected(rule.select, root)
        parts = {part for each in found for part in ((each,) if cell_around(each) is not None else each.iter(*CELLS))}
        for part in filter(holds_figure, parts):
            mark_unread(part)


def _is_gone(element: etree._Element, own: dict[str, str]) -> bool:
    """Tell whether an element takes no room, so that a cell does not count in its row."""
    collapsed = own.get("visibility") == "collapse" and element.tag not in CELLS
    return own.get("display") == "none" or own.get("mso-hide") == "all" or collapsed


def _is_out_of_sight(element: etree._Element, own: dict[str, str]) -> bool:
    """Tell whether an element is drawn nowhere, whatever its descendants say."""
    if own.get("content-visibility") == "hidden" or _is_zero(own.get("opacity")) or _is_moved_away(own):
        return True
    if _EMPTY_CLIP_PATH.search(own.get("clip-path", "")) or re.search(
        r"opacity\(\s*0?\.?0*%?\s*\)", own.get("filter", "")
    ):
        return True
    is_taken_out = own.get("position") in ("absolute", "fixed")
    if is_taken_out and _is_empty_clip(own.get("clip", "")):
        return True
    if element.tag in _INLINE and not is_taken_out and own.get("display", "inline") in ("inline", "contents"):
        return False
    scales = own.get("scale", "").split()
    if _NO_SCALE.search(own.get("transform", "")) or any(map(_is_zero, scales)) or _back(own.get("text-indent", "")):
        return True
    clipped = re.search(r"hidden|clip", " ".join(own.get(f"overflow{axis}", "") for axis in ("", "-x", "-y")))
    sizes = [own.get(name, "") for name in ("width", "height", "max-width", "max-height")]
    return bool(clipped) and element.tag not in (*CELLS, *_ROWS) and any(map(_is_no_room, sizes))


def _is_moved_away(own: dict[str, str]) -> bool:
    if own.get("position") in ("absolute", "fixed", "relative"):
        for side in ("left", "top", "right", "bottom"):
            way = length(own.get(side, ""))
            if way is not None and not _FAR_BACK < way < _FAR_ON:
                return True
    shifts = re.findall(r"translate[xy]?\(\s*([-\d.]+[a-z]+)", own.get("transform", ""))
    shifts += own.get("translate", "").split()
    return any(map(_back, (own.get("margin-left", ""), own.get("margin-top", ""), *shifts)))


def _is_moved(own: dict[str, tuple[Priority, str]]) -> bool:
    return not own.keys().isdisjoint(_MOVING)


def _back(value: str) -> bool:
    way = length(value)
    return way is not None and way <= _FAR_BACK


def _is_no_room(value: str) -> bool:
    size = length(value)
    return size is not None and (size == 0 if value.endswith("%") else size <= 1)


def _is_empty_clip(clip: str) -> bool:
    match = re.fullmatch(r"rect\((.*)\)", clip)
    edges = [length(edge) for edge in re.split(r"[\s,]+", match[1].strip())] if match else []
    if len(edges) != 4 or any(edge is None for edge in edges):
        return False
    top, right, bottom, left = (edge or 0 for edge in edges)
    return right - left <= 1 or bottom - top <= 1


def _is_zero(value: str | None) -> bool:
    return value is not None and _ZERO.fullmatch(value) is not None


def _is_too_small(value: str) -> bool:
    size = length(value)
    return size is not None and size < 1


def _without_ink(element: etree._Element, own: dict[str, str], styles: Styles) -> bool:
    """Tell whether a text has no colour, or that of what is behind it."""
    value = own.get("-webkit-text-fill-color") or own.get("color")
    if value is None:
        return False
    colour = _colour(value)
    if colour is None and "(" in value and holds_figure(element):
        mark_unread(element)
    behind = _background(element, styles)
    return colour == () or bool(
        colour and behind and sum(abs(a - b) for a, b in zip(colour, behind, strict=True)) <= _ALIKE
    )


def _background(element: etree._Element, styles: Styles) -> tuple[float, ...] | None:
    """Return the colour behind an element; ``None`` where it is not known, a picture for example."""
    for around in (element, *element.iterancestors()):
        own = values_of(around, styles)
        written = [around.get("bgcolor", ""), own.get("background", ""), own.get("background-color", "")]
        inline = dict(re.findall(r"(background(?:-color|-image)?)\s*:\s*([^;]+)", around.get("style", "").lower()))
        written += inline.values()
        if any(re.search(r"url|gradient|image", value) for value in written) or around.get("background"):
            return None
        for value in reversed(written):
            if value.strip() and (colour := next(filter(None, map(_colour, value.lower().split())), None)):
                return colour
            if value.strip() and (colour := _colour(value.lower().strip())):
                return colour
    return _WHITE


def _is_painted_otherwise(own: dict[str, str]) -> bool:
    """Tell whether a text without a colour is drawn by its shadow, or cut out of its ground."""
    return own.get("background-clip") == "text" or own.get("text-shadow", "none") != "none"


def _may_have_a_ground(element: etree._Element) -> bool:
    """Tell whether sheets that are not part of the page may colour what is behind all the text of a cell."""
    cell = cell_around(element)
    if cell is None or written(cell) != written(element):
        return False
    around = (cell, *cell.iterancestors("tr", "tbody", "thead", "table"))
    return any(part.get("class") or part.get("id") for part in around) and bool(selected(_LINKED_SHEETS, element))


@lru_cache(maxsize=256)
def _colour(value: str) -> tuple[float, ...] | None:
    """Return red, green and blue, up to 1; nothing of them if transparent; ``None`` for what is no colour."""
    colour = parse_color(f"#{value}" if _BARE_HEXADECIMAL.fullmatch(value) else value)
    if colour is None or isinstance(colour, str):
        return None
    *channels, alpha = colour.to("srgb")
    return tuple(channel or 0.0 for channel in channels) if (alpha or 0.0) > _FAINTEST else ()


def _is_unseen_visibility(element: etree._Element, own: dict[str, str], styles: Styles) -> bool:
    return own.get("visibility") in ("hidden", "collapse")


def _is_unseen_size(element: etree._Element, own: dict[str, str], styles: Styles) -> bool:
    return "font-size" in own and _is_too_small(own["font-size"])


def _shows(name: str, tells: Callable[[str], bool]) -> Callable[[dict[str, tuple[Priority, str]]], bool]:
    return lambda own: name in own and tells(own[name][1])


_INK: tuple[
    tuple[Callable[[etree._Element, dict[str, str], Styles], bool], Callable[[dict[str, tuple[Priority, str]]], bool]],
    ...,
] = (
    (_is_unseen_visibility, _shows("visibility", lambda value: value in ("visible", "initial"))),
    (_is_unseen_size, _shows("font-size", lambda value: not re.search(r"em$|%$", value) and not _is_too_small(value))),
    (_without_ink, _shows("color", lambda value: _colour(value) != ())),
)
"""What takes the ink from a text, and what gives it back to a part of it."""


def _rise(own: dict[str, str]) -> float:
    """Return by how many pixels a text stands above its line."""
    align = own.get("vertical-align", "")
    if align in ("super", "sub", "text-top", "text-bottom"):
        return _RAISED_FROM if align in ("super", "text-top") else -_RAISED_FROM
    if own.get("font-variant-position") in ("super", "sub"):
        return _RAISED_FROM if own["font-variant-position"] == "super" else -_RAISED_FROM
    rises = [length(align), length(own.get("mso-text-raise", ""))]
    if own.get("position") == "relative":
        top, bottom = length(own.get("top", "")), length(own.get("bottom", ""))
        rises += [-top if top is not None else None, bottom]
    return next((rise for rise in rises if rise is not None and abs(rise) >= _RAISED_FROM), 0.0)


def _hide(element: etree._Element, is_seen_again: Callable[[etree._Element], bool]) -> None:
    """Take an element's text out of sight, but for the parts that are seen again. Cells and rows keep their places."""
    if any(map(is_seen_again, element.iterdescendants(etree.Element))) or element.tag in CELLS:
        _blank(element, is_seen_again)
    else:
        element.set("hidden", "")


def _conceal(element: etree._Element) -> None:
    """Put a hidden element into one that says so; what is no table becomes that itself."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tag == "table":
        concealing = element.makeelement("hidden")
        concealing.tail, element.tail = element.tail, None
        parent.replace(element, concealing)
        concealing.append(element)
    else:
        element.tag = "hidden"


def _blank(element: etree._Element, is_seen_again: Callable[[etree._Element], bool]) -> None:
    waiting = [element]
    while waiting:
        unseen = waiting.pop()
        unseen.text = None
        for child in unseen:
            child.tail = None
            if not (isinstance(child.tag, str) and is_seen_again(child)):
                waiting.append(child)
                if child.tag in ("img", "input", "object"):
                    child.set("hidden", "")


def _wrap(element: etree._Element, tag: str, **attributes: str) -> None:
    """Put an element's content into another element; that of a row or table, cell by cell."""
    for holder in element.iter(*CELLS) if element.tag in _ROWS else (element,):
        wrapper = holder.makeelement(tag, attributes)
        wrapper.text, holder.text = holder.text, None
        wrapper.extend(list(holder))
        holder.append(wrapper)


def _write_content(root: etree._Element, rule: Rule) -> None:
    """Write what a style puts before or behind a text; what is no plain string is an object."""
    own = {name: value for name, value, _ in rule.declarations}
    content = own.pop("content", "none")
    if content in ("none", "normal", "''", '""') or own.get("display") == "none":
        return
    is_plain = not _STRING.sub("", _ATTRIBUTE.sub("", content)).strip()
    is_plain &= not _have_effect(own.items())
    for element in selected(rule.select, root):
        part = element.makeelement("span" if is_plain else "object")
        part.text = _content(content, element) if is_plain else None
        if rule.pseudo == "before":
            part.tail, element.text = element.text, None
            element.insert(0, part)
        else:
            element.append(part)


def _content(content: str, element: etree._Element) -> str:
    """Return the text of strings and attributes that a ``content`` joins."""
    return "".join(
        element.get(match["attribute"].lower(), "")
        if match["attribute"]
        else unescaped(match["double"] or match["single"] or "")
        for match in _CONTENT.finditer(content)
    )
