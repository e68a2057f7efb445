"""YAML files that people write, and their mistakes as the writer reads them: line, field, and what is wrong."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from warehouse.errors import GoujiError

Place = tuple[str | int, ...]

_MOST = 5
_MESSAGES = {
    "missing": "is missing",
    "string_type": "must be text: put it in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping of fields",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "greater_than": "must be more than {gt}",
    "string_too_short": "must have at least {min_length} characters",
    "too_short": "must have at least {min_length} entry",
    "string_pattern_mismatch": "must look like {pattern}",
    "literal_error": "must be {expected}",
}

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""A source with a list of organs is read in hundredths of a second instead of tenths."""


class YamlError(GoujiError):
    """A YAML file that cannot be read. The message is one line with file, and line where there is one."""


def read_yaml(path: Path) -> tuple[yaml.Node | None, Any]:
    """The nodes of a YAML file, which know their lines, and its content; ``None`` twice where there is nothing in it.

    Raises:
        YamlError: it cannot be read, is no YAML, or has a key twice.
    """
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        try:
            root = loader.get_single_node()
            content = None if root is None else loader.construct_document(root)
        finally:
            loader.dispose()
    except OSError as error:
        raise YamlError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise YamlError(f"{path}: is not UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise YamlError(f"{path}:{line}: not valid YAML: {getattr(error, 'problem', error)}") from None
    for key, line in _repeated_keys(root) if root is not None else ():
        raise YamlError(f"{path}:{line}: {key}: stands twice")
    return root, content


def mistakes(error: ValidationError, root: yaml.Node, model: type[BaseModel], prefix: Place = ()) -> str:
    """Every mistake of a file, with its line and field, on one line that begins with the first line's number.

    ``prefix`` is the place in the file of what was validated against ``model``.
    """
    found = error.errors(include_url=False, include_input=False)
    told = []
    for one in found[:_MOST]:
        context = one.get("ctx", {})
        place = (*prefix, *context.get("place", one["loc"]))
        told.append(f"{line_of(root, place)}: {'.'.join(map(str, place)) or 'the file'}: {_message(one, model)}")
    more = [f"and {len(found) - _MOST} more"] if len(found) > _MOST else []
    return "; line ".join(told) + "".join(f"; {rest}" for rest in more)


def line_of(root: yaml.Node, place: Place) -> int:
    """The line of the deepest node on the way to ``place``, counted from one."""
    node = root
    line = root.start_mark.line
    for part in place:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = (node.value[part], node.value[part])
        if found is None:
            break
        line, node = found[0].start_mark.line, found[1]
    return int(line) + 1


def _repeated_keys(node: yaml.Node) -> Iterator[tuple[str, int]]:
    """Every key that stands twice in a mapping, with the line of its second place."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)


def _message(mistake: ErrorDetails, model: type[BaseModel]) -> str:
    if mistake["type"] == "extra_forbidden":
        *above, name = mistake["loc"]
        known = _fields(model, above)
        meant = get_close_matches(str(name), known, 1)
        return (
            f"there is no such field; did you mean {meant[0]}?"
            if meant
            else f"there is no such field: {', '.join(known)}"
        )
    message = _MESSAGES.get(mistake["type"])
    return message.format(**mistake.get("ctx", {})) if message else str(mistake["msg"]).removeprefix("Value error, ")


def _fields(model: type[BaseModel], place: list[str | int]) -> list[str]:
    """The fields that may stand at a place below a model."""
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            kinds = [model.model_fields[part].annotation]
            kinds += get_args(kinds[0])
            model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), model)
    return [name for name in model.model_fields if name not in ("name", "folder")]
