"""Selectors of style sheets as paths; where no path can say a selector exactly, a wider one that is not sure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import tinycss2
from cssselect import HTMLTranslator, SelectorError, parse
from cssselect import Selector as ParsedSelector
from lxml import etree
from tinycss2.ast import FunctionBlock, Node

from tasks.extract.documents.component_values import parted, words

_COMBINATORS = (" ", ">", "+", "~")
_STATES = re.compile(
    "hover|active|focus.*|visited|target.*|fullscreen|modal|popover-open|autofill|placeholder-shown|user-.*|host.*|-.*"
)
"""Pseudo-classes of what a page is not, when a reader opens it."""
_PARTS_OF_TEXT = ("first-letter", "first-line")
_WRITTEN = ("", "before", "after")


class Selector(NamedTuple):
    """One selector; ``pseudo`` is ``before`` or ``after``, or empty. One that is not sure may select too much."""

    select: etree.XPath
    pseudo: str
    specificity: tuple[int, int, int]
    is_sure: bool


def selectors(prelude: str) -> Iterator[Selector]:
    """Yield the selectors of a list that a reader's page may fulfil. What is none, browsers pass over."""
    for nodes in _listed(tinycss2.parse_component_value_list(prelude, skip_comments=True)):
        if not _has_state(nodes):
            yield from _exact(nodes) or _wider(nodes)


def _exact(nodes: Sequence[Node]) -> list[Selector]:
    found = _parsed("".join(map(_written, nodes)))
    return [each for each in found if each.pseudo in _WRITTEN] or [
        each._replace(pseudo="", is_sure=False) for each in found if each.pseudo in _PARTS_OF_TEXT
    ]


def _parsed(text: str) -> list[Selector]:
    """Return the selectors of a text with whatever pseudo-element they have; none if it cannot be made paths."""
    try:
        return [
            Selector(etree.XPath(HTMLTranslator().selector_to_xpath(each)), _pseudo(each), each.specificity(), True)
            for each in parse(text.strip())
        ]
    except (SelectorError, etree.XPathError):
        return []


def _wider(nodes: Sequence[Node]) -> list[Selector]:
    """Select by the last part of a selector, without what hangs on it."""
    last: list[Node] = []
    for node in reversed(nodes):
        if node.type == "whitespace" or node in _COMBINATORS:
            if last:
                break
            continue
        last.insert(0, node)
    plain = []
    for at, node in enumerate(last):
        if node == ":":
            if at + 1 < len(last) and last[at + 1] == ":":
                return []
            continue
        if not (at and last[at - 1] == ":"):
            plain.append(node)
        elif isinstance(node, FunctionBlock):
            plain += _counted(node)
    return [each._replace(pseudo="", is_sure=False) for each in _parsed(tinycss2.serialize(plain).strip() or "*")]


def _counted(function: FunctionBlock) -> list[Node]:
    """Return what a pseudo-class counts: ``.x`` of ``nth-child(2 of .x)``."""
    words = [node.lower_value if node.type == "ident" else "" for node in function.arguments]
    return list(function.arguments[words.index("of") + 2 :]) if "of" in words else []


def _listed(nodes: Sequence[Node]) -> list[list[Node]]:
    return [part for part in parted(nodes, ",") if words(part)]


def _has_state(nodes: Sequence[Node]) -> bool:
    return any(
        node == ":" and following.type == "ident" and _STATES.fullmatch(following.lower_value)
        for node, following in pairwise(nodes)
    )


def _written(node: Node) -> str:
    """Write a part of a selector; a negation of several as several negations."""
    if isinstance(node, FunctionBlock) and node.lower_name == "not":
        negated = [tinycss2.serialize(part).strip() for part in _listed(node.arguments)]
        return "):not(".join(negated).join(("not(", ")"))
    return str(node.serialize())


def _pseudo(selector: ParsedSelector) -> str:
    """Return the name of a pseudo-element, ``?`` for one with arguments."""
    element = selector.pseudo_element
    return element if isinstance(element, str) else "" if element is None else "?"
