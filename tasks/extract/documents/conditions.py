"""Whether the conditions of a style sheet's blocks hold for a reader at a desk: yes, no, or nobody can tell."""

import re
from collections.abc import Callable, Sequence

import tinycss2
from tinycss2.ast import Node, ParenthesesBlock

from tasks.extract.documents.component_values import is_word, parted, words
from tasks.extract.documents.lengths import WINDOW, length

_OTHER_MEDIA = frozenset({"print", "speech", "aural", "braille", "embossed", "handheld", "projection", "tty", "tv"})
_MEDIA = frozenset({"all", "screen"})
_BOUND = re.compile(r"(min-|max-)?(?:device-)?(width|height)\s*:\s*(\S+)")
_RANGE = re.compile(r"(?:(\S+)\s*(<=?)\s*)?(width|height)\s*(?:([<>]=?)\s*(\S+))?")
_OF_A_DESK = {
    "orientation": "landscape",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "prefers-contrast": "no-preference",
    "forced-colors": "none",
    "scripting": "enabled",
    "monochrome": "0",
    "grid": "0",
}
_OF_OTHER_BROWSERS = re.compile(r"-ms-|-moz-|-webkit-touch|-webkit-overflow-scrolling|-apple-", re.IGNORECASE)

Answer = bool | None
"""Whether something holds; ``None`` if nobody can tell."""


def media_holds(query: Sequence[Node]) -> Answer:
    """Tell whether a list of media queries holds in a window of the usual size."""
    return _any([_evaluate(part, _feature_holds) for part in parted(query, ",")]) if words(query) else True


def support_holds(condition: Sequence[Node]) -> Answer:
    """Tell whether a browser of today supports what is asked."""
    return _evaluate(condition, lambda feature: not _OF_OTHER_BROWSERS.match(feature))


def _evaluate(nodes: Sequence[Node], leaf: Callable[[str], Answer]) -> Answer:
    nodes = words(nodes)
    if len(alternatives := parted(nodes, "or")) > 1:
        return _any([_evaluate(part, leaf) for part in alternatives])
    if nodes and is_word(nodes[0], "only"):
        nodes = nodes[1:]
    if nodes and is_word(nodes[0], "not"):
        answer = _evaluate(nodes[1:], leaf)
        return None if answer is None else not answer
    if len(parts := parted(nodes, "and")) > 1:
        return _all([_evaluate(part, leaf) for part in parts])
    if len(nodes) != 1:
        return None
    (node,) = nodes
    if node.type == "ident":
        return False if node.lower_value in _OTHER_MEDIA else True if node.lower_value in _MEDIA else None
    if not isinstance(node, ParenthesesBlock):
        return None
    within = words(node.content)
    is_nested = bool(within) and (isinstance(within[0], ParenthesesBlock) or is_word(within[0], "not"))
    return _evaluate(within, leaf) if is_nested else leaf(tinycss2.serialize(node.content).strip().lower())


def _feature_holds(feature: str) -> Answer:
    if bound := _BOUND.fullmatch(feature):
        size = length(bound[3])
        if size is None:
            return None
        have = WINDOW[bound[2]]
        return have >= size if bound[1] == "min-" else have <= size if bound[1] == "max-" else have == size
    if span := _RANGE.fullmatch(feature):
        have = WINDOW[span[3]]
        return _all(
            [
                _compare(have, {"<": ">", "<=": ">="}[span[2]], span[1]) if span[2] else True,
                _compare(have, span[4], span[5]) if span[4] else True,
            ]
        )
    name, _, value = (part.strip() for part in feature.partition(":"))
    if name not in _OF_A_DESK:
        return True if feature == "color" else None
    return _OF_A_DESK[name] == value if value else _OF_A_DESK[name] not in ("0", "none", "no-preference")


def _compare(have: float, sign: str, value: str) -> Answer:
    size = length(value)
    if size is None:
        return None
    return {"<": have < size, "<=": have <= size, ">": have > size, ">=": have >= size}[sign]


def _any(answers: Sequence[Answer]) -> Answer:
    return True if True in answers else None if None in answers else False


def _all(answers: Sequence[Answer]) -> Answer:
    return False if False in answers else None if None in answers else True
