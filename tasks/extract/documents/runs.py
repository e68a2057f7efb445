"""Makes the runs of a Word document say how a reader sees them, whatever says so: the run, its styles, or a field.

Afterwards a run has the attribute ``seen`` where it is hidden, struck, raised or lowered; symbols are text, and only
the results of fields are left. Nested tables of one cell are opened.
"""

import re
from collections.abc import Container, Mapping
from typing import NamedTuple, cast

from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_WORD}val"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KNOWN_NAMESPACES = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/",
)
_NOTES = {f"{_WORD}{note}" for note in ("footnoteReference", "endnoteReference")}
_OFF = ("0", "false", "off", "none")
_RAISED_FROM = 4
"""Half points of a text's rise that the eye takes for one."""
_SMALLEST = 4
"""Half points of a font below which no eye sees a text."""
_SYMBOLS = 0xF000
"""Where the characters of symbol fonts begin. But in fonts of pictures, figures and signs look like ASCII's."""
_WORDS = re.compile("[一-鿿]")
_OUTSIDE_PARAGRAPHS = etree.XPath(
    "//w:r[not(ancestor::w:p)]", namespaces={"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
)
_TOGGLES = ("vanish", "specVanish", "webHidden", "strike", "dstrike")


class Properties(NamedTuple):
    """What a run, or a style, says of how it is seen; ``None`` where it says nothing."""

    hidden: bool | None = None
    struck: bool | None = None
    rise: int | None = None
    white: bool | None = None

    def over(self, below: "Properties") -> "Properties":
        """Return what holds where these stand over others."""
        return Properties(
            below.hidden if self.hidden is None else self.hidden,
            below.struck if self.struck is None else self.struck,
            below.rise if self.rise is None else self.rise,
            below.white if self.white is None else self.white,
        )


def show_as_seen(document: etree._Element, styles: etree._Element | None) -> None:
    """Change a document's tree so that its runs say themselves how they are seen."""
    _choose_alternatives(document)
    _open_boxes(document)
    _keep_results(document)
    known = _read_styles(styles) if styles is not None else {}
    shaded = {name for name, style in known.items() if style.is_shaded}
    default = next(
        (style for style in known.values() if style.is_default), _Style(Properties(), False, False, False)
    ).properties
    for run in cast(list[etree._Element], _OUTSIDE_PARAGRAPHS(document)):
        _show_run(run, known, default, shaded)
    numbered = {name for name, style in known.items() if style.is_numbered}
    for paragraph in document.iter(f"{_WORD}p"):
        _tell_number(paragraph, numbered)
        own_style = known.get(_value(paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")))
        base = own_style.properties if own_style else default
        for run in paragraph.iter(f"{_WORD}r"):
            _show_run(run, known, base, shaded)


def _choose_alternatives(document: etree._Element) -> None:
    """Keep of alternatives the first whose namespaces Word knows, else what stands for all others (ECMA-376-3, 7.1)."""
    for alternatives in list(document.iter(f"{_COMPATIBILITY}AlternateContent")):
        choices = alternatives.findall(f"{_COMPATIBILITY}Choice")
        chosen = next(filter(_is_known, choices), alternatives.find(f"{_COMPATIBILITY}Fallback"))
        for alternative in list(alternatives):
            if alternative is not chosen:
                alternatives.remove(alternative)
        if chosen is not None:
            chosen.tag = f"{_COMPATIBILITY}Choice"


def _is_known(choice: etree._Element) -> bool:
    namespaces = [choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split()]
    return all(namespace.startswith(_KNOWN_NAMESPACES) for namespace in namespaces)


def _show_run(
    run: etree._Element, known: Mapping[str, "_Style"], base: Properties, shaded_styles: Container[str]
) -> None:
    own = run.find(f"{_WORD}rPr")
    properties = base
    if own is not None:
        style = known.get(_value(own.find(f"{_WORD}rStyle")))
        properties = _properties(own).over(style.properties.over(base) if style else base)
    if properties.hidden or (properties.white and not _has_ground(run, shaded_styles)):
        run.set("seen", "hidden")
    elif properties.struck:
        run.set("seen", "struck")
    elif properties.rise or _begins_with_note(run):
        run.set("seen", "lowered" if (properties.rise or 1) < 0 else "raised")
    for symbol in run.findall(f"{_WORD}sym"):
        _write_symbol(symbol)


def _begins_with_note(run: etree._Element) -> bool:
    """Tell whether a run is the mark of a footnote, which may be a text of its own behind the reference."""
    first = next((part.tag for part in run if part.tag != f"{_WORD}rPr"), None)
    return first in _NOTES


def _tell_number(paragraph: etree._Element, numbered_styles: Container[str]) -> None:
    """Put an object into a cell without words where Word writes a number that is not part of the text."""
    style = _value(paragraph.find(f"{_WORD}pPr/{_WORD}pStyle"))
    own = _numbers(paragraph)
    cell = next(paragraph.iterancestors(f"{_WORD}tc"), None)
    if cell is None or not (own[0] if own else style in numbered_styles):
        return
    if not _WORDS.search("".join(text.text or "" for text in cell.iter(f"{_WORD}t"))):
        run = etree.SubElement(paragraph, f"{_WORD}r")
        etree.SubElement(run, f"{_WORD}object")


def _numbers(part: etree._Element) -> list[bool]:
    """Tell whether a paragraph, or a style, is numbered; nothing if it does not say. Number 0 is none (w:numId)."""
    number = part.find(f"{_WORD}pPr/{_WORD}numPr/{_WORD}numId")
    return [] if number is None else [_value(number) != "0"]


class _Style(NamedTuple):
    properties: Properties
    is_default: bool
    is_shaded: bool
    is_numbered: bool


def _read_styles(styles: etree._Element) -> dict[str, _Style]:
    declared = {style.get(f"{_WORD}styleId", ""): style for style in styles.iterfind(f"{_WORD}style")}
    defaults = styles.find(f"{_WORD}docDefaults/{_WORD}rPrDefault/{_WORD}rPr")
    lowest = _properties(defaults) if defaults is not None else Properties()
    read: dict[str, _Style] = {}
    for name, style in declared.items():
        properties, seen, above, numbers = Properties(), set[str](), name, list[bool]()
        while above in declared and above not in seen:
            seen.add(above)
            own = declared[above].find(f"{_WORD}rPr")
            properties = properties.over(_properties(own)) if own is not None else properties
            numbers += _numbers(declared[above])
            above = _value(declared[above].find(f"{_WORD}basedOn"))
        is_paragraph = style.get(f"{_WORD}type") == "paragraph"
        is_default = is_paragraph and style.get(f"{_WORD}default") in ("1", "true", "on")
        is_shaded = any(map(_is_shaded, style.iter(f"{_WORD}tcPr", f"{_WORD}tblPr")))
        holding = properties.over(lowest) if is_paragraph else properties
        read[name] = _Style(holding, is_default, is_shaded, bool(numbers) and numbers[0])
    return read


def _properties(own: etree._Element) -> Properties:
    toggles = {name: own.find(f"{_WORD}{name}") for name in _TOGGLES}
    on = {name: _value(toggle) not in _OFF for name, toggle in toggles.items() if toggle is not None}
    hidden = [on[name] for name in ("vanish", "specVanish") if name in on]
    size, colour = _value(own.find(f"{_WORD}sz")), own.find(f"{_WORD}color")
    if size.isdigit() and int(size) < _SMALLEST:
        hidden.append(True)
    struck = [on[name] for name in ("strike", "dstrike") if name in on]
    white = None
    if colour is not None:
        white = _value(colour).upper() == "FFFFFF" and not _is_shaded(own) and own.find(f"{_WORD}highlight") is None
    return Properties(any(hidden) if hidden else None, any(struck) if struck else None, _rise(own), white)


def _is_shaded(properties: etree._Element | None) -> bool:
    shading = properties.find(f"{_WORD}shd") if properties is not None else None
    return shading is not None and (
        shading.get(f"{_WORD}fill", "auto").upper() not in ("AUTO", "FFFFFF") or _value(shading) not in ("clear", "nil")
    )


def _has_ground(run: etree._Element, shaded_styles: Container[str]) -> bool:
    """Tell whether paragraph, cell, table, or the table's style may colour what is behind a run."""
    for around in run.iterancestors():
        name = etree.QName(around).localname
        if name in ("p", "tc", "tbl") and _is_shaded(around.find(f"{_WORD}{name}Pr")):
            return True
        if name == "tbl" and _value(around.find(f"{_WORD}tblPr/{_WORD}tblStyle")) in shaded_styles:
            return True
    return False


def _rise(own: etree._Element) -> int | None:
    aligned, position = own.find(f"{_WORD}vertAlign"), _value(own.find(f"{_WORD}position"))
    if aligned is not None:
        return {"superscript": 1, "subscript": -1}.get(_value(aligned), 0)
    if position.lstrip("-").isdigit():
        return int(position) if abs(int(position)) >= _RAISED_FROM else 0
    return None


def _value(element: etree._Element | None) -> str:
    return element.get(_VALUE, "1") if element is not None else ""


def _write_symbol(symbol: etree._Element) -> None:
    """Write a symbol as text where its font is known; else it is an object."""
    point = int(symbol.get(f"{_WORD}char", "0") or "0", 16)
    point -= _SYMBOLS if point >= _SYMBOLS else 0
    is_known = "dings" not in symbol.get(f"{_WORD}font", "").lower()
    symbol.tag = f"{_WORD}t" if is_known and point in range(0x20, 0x7F) else f"{_WORD}object"
    symbol.text = chr(point)


def _keep_results(document: etree._Element) -> None:
    """Hide what stands between a field's begin and its result: its code, and the results of fields within that."""
    depth: list[bool] = []
    for run in document.iter(f"{_WORD}r"):
        for part in list(run):
            if part.tag == f"{_WORD}fldChar":
                kind = part.get(f"{_WORD}fldCharType")
                if kind == "begin":
                    depth.append(True)
                    _write_choice(part)
                elif kind == "separate" and depth:
                    depth[-1] = False
                elif kind == "end" and depth:
                    depth.pop()
            elif any(depth) and part.tag != f"{_WORD}rPr":
                part.tag = f"{_WORD}instrText"


def _write_choice(field: etree._Element) -> None:
    """Write what a drop-down field shows as the run's text; a check box is an object."""
    choices = field.find(f"{_WORD}ffData/{_WORD}ddList")
    if choices is None:
        return
    entries = [_value(entry) for entry in choices.iterfind(f"{_WORD}listEntry")]
    chosen = _value(choices.find(f"{_WORD}result")) or _value(choices.find(f"{_WORD}default")) or "0"
    if chosen.isdigit() and int(chosen) < len(entries):
        field.tag, field.text = f"{_WORD}t", entries[int(chosen)]
        for part in list(field):
            field.remove(part)


def _open_boxes(document: etree._Element) -> None:
    """Take the paragraphs of a table of one cell inside another table's cell out of it."""
    for table in list(document.iter(f"{_WORD}tbl")):
        parent = table.getparent()
        cells = list(table.iter(f"{_WORD}tc"))
        if parent is None or parent.tag != f"{_WORD}tc" or len(cells) != 1:
            continue
        for part in list(cells[0]):
            if part.tag != f"{_WORD}tcPr":
                table.addprevious(part)
        parent.remove(table)
