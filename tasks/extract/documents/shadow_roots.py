"""Declarative shadow roots: what a browser shows in the place of an element's own content."""

from lxml import etree

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SECTIONS = ("article", "aside", "blockquote", "body", "div", "footer", "header", "main", "nav", "p", "section", "span")
_HOSTS = frozenset((*_HEADINGS, *_SECTIONS))
"""Elements that may have a shadow root, besides those with a hyphen in their names (HTML, attachShadow)."""
_MODES = ("open", "closed")


def open_shadow_roots(root: etree._Element) -> None:
    """Put what is in shadow roots into their hosts, and what the hosts hold into the slots. Others' styles stay out.

    A root with a style sheet of its own is an object: how its sheet shows it is not told.
    """
    for template in [one for one in root.iter("template") if one.get("shadowrootmode") in _MODES]:
        host = template.getparent()
        if host is not None and (host.tag in _HOSTS or "-" in host.tag):
            _open(host, template)


def _open(host: etree._Element, template: etree._Element) -> None:
    if next(host.iterchildren("template"), None) is not template:
        return
    light = [(host.text, None), *((child.tail, child) for child in host)]
    before, children = light[0][0], [child for _, child in light if child is not None and child is not template]
    slotted: dict[str, list[etree._Element]] = {}
    unnamed = host.makeelement("span")
    unnamed.text = (before or "") + (template.tail or "")
    named = [child for child in children if child.get("slot")]
    for child in children:
        if child in named:
            if child.tail:
                _append_text(unnamed, child.tail)
                child.tail = None
            slotted.setdefault(child.get("slot", ""), []).append(child)
        else:
            unnamed.append(child)
    host[:] = []
    host.text = template.text
    host.extend(list(template))
    if next(host.iterdescendants("style", "link"), None) is not None:
        host[:] = [host.makeelement("object")]
        host.text = None
        return
    for slot in list(host.iter("slot")):
        assigned = slotted.get(slot.get("name", ""), []) if slot.get("name") else [unnamed]
        if any(child is not unnamed or _has_content(unnamed) for child in assigned):
            slot.text = None
            slot[:] = assigned


def _has_content(element: etree._Element) -> bool:
    return len(element) > 0 or bool((element.text or "").strip())


def _append_text(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
