"""Which declarations hold for the elements of a page: those of its sheets, and of its ``style`` attributes."""

import re
from collections.abc import Iterable

from lxml import etree

from tasks.extract.documents.styles import (
    CUSTOM,
    PROPERTIES,
    Declaration,
    Priority,
    Rule,
    inline_declarations,
    selected,
)

Declared = dict[str, tuple[Priority, str]]
Styles = dict[etree._Element, Declared]
"""The declarations that hold for an element, by property."""

_OF_TAGS = (("color", "color"), ("face", "font-family"))
"""Attributes of ``font``, and the properties that they set below any style."""
_VARIABLE = re.compile(r"var\(\s*(--[-\w]+)\s*(?:,([^()]*))?\)")


def cascaded(root: etree._Element, rules: Iterable[Rule], properties: frozenset[str] = PROPERTIES) -> Styles:
    """Return what holds for every element for which some of these properties are declared, its variables replaced.

    Rules of pseudo-elements are left out.
    """
    styles: Styles = {}
    for rule in (rule for rule in rules if not rule.pseudo):
        for element in selected(rule.select, root):
            _declare(styles, element, rule.declarations)
    for element in root.iter(etree.Element):
        if element.get("style"):
            _declare(styles, element, inline_declarations(element.get("style", ""), properties))
        if element.tag == "font":
            for attribute, name in _OF_TAGS:
                if name in properties and element.get(attribute):
                    lowest = Priority(False, False, -1, (0, 0, 0), -1)
                    _declare(styles, element, ((name, element.get(attribute, ""), lowest),))
    return {element: _in_values(own, element, styles) for element, own in styles.items()}


def _in_values(own: Declared, element: etree._Element, styles: Styles) -> Declared:
    """Return an element's own properties, without its variables, and with what they stand for."""
    values: Declared = {}
    for name, (priority, value) in own.items():
        if not name.startswith(CUSTOM):
            resolved = _resolved(value, element, styles) if "var(" in value else value
            values[name] = (priority, resolved if name == "content" else resolved.lower())
    return values


def _resolved(value: str, element: etree._Element, styles: Styles) -> str:
    """Put its own value for every variable; nothing for one that has none, as if the property were not declared."""
    for _ in range(16):
        match = _VARIABLE.search(value)
        if match is None:
            return value
        written = next(
            (
                styles[around][match[1]][1]
                for around in (element, *element.iterancestors())
                if match[1] in styles.get(around, {})
            ),
            match[2],
        )
        if written is None:
            return ""
        value = f"{value[: match.start()]}{written.strip()}{value[match.end() :]}"
    return ""


def values_of(element: etree._Element, styles: Styles) -> dict[str, str]:
    """Return the values of an element's own properties."""
    return {name: value for name, (_, value) in styles.get(element, {}).items()}


def _declare(styles: Styles, element: etree._Element, declarations: tuple[Declaration, ...]) -> None:
    own = styles.setdefault(element, {})
    for name, value, priority in declarations:
        if name not in own or priority >= own[name][0]:
            own[name] = (priority, value)
