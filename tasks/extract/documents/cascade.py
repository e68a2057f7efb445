"""Which declarations hold for the elements of a page: those of its sheets, and of its ``style`` attributes."""

from collections.abc import Iterable

from lxml import etree

from tasks.extract.documents.styles import PROPERTIES, Declaration, Priority, Rule, inline_declarations, selected

Styles = dict[etree._Element, dict[str, tuple[Priority, str]]]
"""The declarations that hold for an element, by property."""

_OF_TAGS = (("color", "color"), ("face", "font-family"))
"""Attributes of ``font``, and the properties that they set below any style."""


def cascaded(root: etree._Element, rules: Iterable[Rule], properties: frozenset[str] = PROPERTIES) -> Styles:
    """Return what holds for every element for which some of these properties are declared."""
    styles: Styles = {}
    for rule in rules:
        for element in selected(rule.select, root):
            _declare(styles, element, rule.declarations)
    for element in root.iter(etree.Element):
        if element.get("style"):
            _declare(styles, element, inline_declarations(element.get("style", ""), properties))
        if element.tag == "font":
            for attribute, name in _OF_TAGS:
                if name in properties and element.get(attribute):
                    lowest = Priority(False, False, (0, 0, 0), -1)
                    _declare(styles, element, ((name, element.get(attribute, ""), lowest),))
    return styles


def values_of(element: etree._Element, styles: Styles) -> dict[str, str]:
    """Return the values of an element's own properties."""
    return {name: value for name, (_, value) in styles.get(element, {}).items()}


def _declare(styles: Styles, element: etree._Element, declarations: tuple[Declaration, ...]) -> None:
    own = styles.setdefault(element, {})
    for name, value, priority in declarations:
        if name not in own or priority >= own[name][0]:
            own[name] = (priority, value.lower() if name != "content" else value)
