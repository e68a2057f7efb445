"""Cells that a page's scripts write, or may write, once it is loaded: what is in them then is not read."""

import re

from lxml import etree

from tasks.extract.documents.unread import CELLS, mark_unread, written

_WRITING = re.compile(r"document\s*\.\s*write")
_CHANGING = re.compile(
    r"textContent|innerHTML|innerText|outerHTML|nodeValue|insertAdjacent|replaceWith|replaceChild|append|prepend"
    r"|\.(?:text|html|val|before|after)\s*\(|\.value\s*="
)
_LITERAL = re.compile(r"\"([^\"\n\\]{1,80})\"|'([^'\n\\]{1,80})'|`([^`\n\\]{1,80})`")
_SELECTED = re.compile(r"[#.][\w-]+")
_LONGEST = 30
"""Characters of a cell above which it holds no figure."""


def mark_written_cells(root: etree._Element) -> None:
    """Mark the cells in which a script writes, and elements in cells that a script names and changes the text of."""
    scripts = [(script, script.text or "") for script in root.iter("script") if not script.get("src")]
    named: set[str] = set()
    for script, code in scripts:
        parent = script.getparent()
        if _WRITING.search(code) and parent is not None:
            parent.replace(script, _object_for(script))
        if _CHANGING.search(code):
            named |= _named(code)
    if not named:
        return
    for cell in root.iter(*CELLS):
        if len(cell.findall(".//table")) or len(written(cell)) > _LONGEST:
            continue
        for element in list(cell.iter(etree.Element)):
            if element.tag != "script" and not named.isdisjoint(_names_of(element)):
                mark_unread(element)


def _object_for(script: etree._Element) -> etree._Element:
    written_by_script = script.makeelement("object")
    written_by_script.tail = script.tail
    return written_by_script


def _named(code: str) -> set[str]:
    """Return the ids and selectors that a script writes out."""
    literals = {"".join(groups).strip() for groups in _LITERAL.findall(code)}
    selectors = {name for literal in literals for name in _SELECTED.findall(literal)}
    return selectors | {f"#{literal}" for literal in literals if re.fullmatch(r"[\w-]+", literal)}


def _names_of(element: etree._Element) -> set[str]:
    names = {f".{name}" for name in element.get("class", "").split()}
    return names | {f"#{element.get('id')}"} if element.get("id") else names
