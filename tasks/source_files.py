"""The source files: one YAML a portal, named after the portal, every mistake told with file, line and field."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from tasks.discover.adapters import adapter_for
from tasks.sources import Source, SourceError


def load_sources(directory: Path) -> dict[str, Source]:
    """Read every ``*.yaml`` of a folder, by name.

    Raises:
        SourceError: a file cannot be read or does not fit; one line with file, line and field.
    """
    if not directory.is_dir():
        raise SourceError(f"{directory}: no such folder of sources")
    return {path.stem: load_source(path) for path in sorted(directory.glob("*.yaml"))}


def load_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        SourceError: the file cannot be read or does not fit; one line with file, line and field.
    """
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SourceError(f"{path}: is not UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise SourceError(f"{path}:{line}: not valid YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(content, Mapping) or root is None:
        raise SourceError(f"{path}:1: a source is a mapping of fields")
    for key, line in _repeated_keys(root):
        raise SourceError(f"{path}:{line}: {key}: stands twice")
    try:
        source = Source.model_validate({**content, "name": path.stem, "folder": path.parent})
    except ValidationError as error:
        raise _located(path, root, (), error) from None
    for field in ("lists", "indexes"):
        for position, where in enumerate(getattr(source, field)):
            place = (field, position, "parameters")
            try:
                adapter_for(source, where)
            except ValidationError as error:
                raise _located(path, root, place, error) from None
            except SourceError as error:
                raise SourceError(f"{path}:{_line(root, place)}: {field}.{position}.adapter: {error}") from None
    return source


def _located(path: Path, root: yaml.Node, prefix: tuple[str | int, ...], error: ValidationError) -> SourceError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = (*prefix, *first["loc"])
    field = ".".join(str(part) for part in place) or "source"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    message = first["msg"].removeprefix("Value error, ")
    return SourceError(f"{path}:{_line(root, place)}: {field}: {message}{more}")


def _line(root: yaml.Node, place: tuple[str | int, ...]) -> int:
    """The line of the deepest node on the way to ``place``, counted from one."""
    node = root
    for part in place:
        if isinstance(node, yaml.MappingNode):
            values = {key.value: value for key, value in node.value}
            found = values.get(str(part))
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
        else:
            found = None
        if found is None:
            break
        node = found
    return int(node.start_mark.line) + 1


def _repeated_keys(node: yaml.Node) -> Iterator[tuple[str, int]]:
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
