"""Parts of style sheets as tinycss2 reads them (CSS Syntax 3, component values): told apart and taken apart."""

from collections.abc import Sequence

from tinycss2.ast import Node


def words(nodes: Sequence[Node]) -> list[Node]:
    """Return all that is neither space nor comment."""
    return [node for node in nodes if node.type not in ("whitespace", "comment")]


def is_word(node: Node, word: str) -> bool:
    """Tell whether a part is a keyword or a sign."""
    return bool(node.type == "ident" and node.lower_value == word) or node == word


def parted(nodes: Sequence[Node], by: str) -> list[list[Node]]:
    """Return what stands between the places of a keyword or a sign."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if is_word(node, by):
            parts.append([])
        else:
            parts[-1].append(node)
    return parts
