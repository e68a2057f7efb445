"""Changes to the file of a source that leave everything else in it as it stands, comments too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Literal

import yaml

from tasks.sources.declaration import Source
from tasks.survey.proposal import in_flow

Where = Literal["lists", "indexes"]


class EditError(ValueError):
    """A file that cannot be changed so; the message is one line."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One list or index put in the place of another one, or added where ``instead_of`` names none.

    ``hosts`` are added to the source's.
    """

    where: Where
    entry: Mapping[str, object]
    instead_of: str | None = None
    hosts: tuple[str, ...] = field(default=())


def edited(text: str, name: str, edits: Sequence[Edit]) -> str:
    """The text of a source's file with the edits made, sound as a source.

    Raises:
        EditError: an edit does not fit the file.
    """
    for edit in edits:
        text = _replaced(text, edit) if edit.instead_of else _added(text, edit)
        text = _with_hosts(text, edit.hosts)
    try:
        Source.model_validate({**yaml.safe_load(text), "name": name})
    except (ValueError, yaml.YAMLError) as error:
        raise EditError(f"{name}: the change does not fit the file: {' '.join(str(error).split())[:300]}") from None
    return text


def difference(before: str, after: str, name: str) -> str:
    """The change of a file as a unified diff."""
    lines = unified_diff(before.splitlines(True), after.splitlines(True), f"{name}.yaml", f"{name}.yaml (proposed)")
    return "".join(lines)


def _replaced(text: str, edit: Edit) -> str:
    for node in _entries(text, edit.where):
        address = _value(node, "address")
        if address is not None and address.value == edit.instead_of:
            end = _end(node)
            return f"{text[: node.start_mark.index]}{in_flow(edit.entry)}{text[end:]}"
    raise EditError(f"{edit.instead_of} is not among the {edit.where}")


def _added(text: str, edit: Edit) -> str:
    entries = _entries(text, edit.where)
    if not entries:
        return f"{text.rstrip()}\n{edit.where}:\n  - {in_flow(edit.entry)}\n"
    first, last = entries[0], entries[-1]
    before = text[: first.start_mark.index].rpartition("\n")[2]
    end = _end(last)
    if before.strip() != "-":
        return f"{text[:end]}, {in_flow(edit.entry)}{text[end:]}"
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return f"{text[:line_end]}\n{before}{in_flow(edit.entry)}{text[line_end:]}"


def _with_hosts(text: str, hosts: Sequence[str]) -> str:
    node = _value(yaml.compose(text), "hosts")
    if node is None or not hosts:
        return text
    known = [one.value for one in node.value]
    if set(hosts) <= set(known):
        return text
    written = in_flow([*known, *(host for host in hosts if host not in known)])
    return f"{text[: node.start_mark.index]}{written}{text[_end(node) :]}"


def _entries(text: str, where: Where) -> list[yaml.Node]:
    sequence = _value(yaml.compose(text), where)
    return list(sequence.value) if sequence is not None else []


def _value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)


def _end(node: yaml.Node) -> int:
    """Where the text of a node ends: for one over several lines, behind its last value."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)
