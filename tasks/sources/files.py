"""The source files: one YAML a portal, named after the portal, every mistake told with file, line and field."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from tasks.sources.adapters import adapter_for, find_adapter
from tasks.sources.declaration import Index, Listing, Source, SourceError
from warehouse.mistakes import Place, YamlError, line_of, mistakes, read_yaml


def load_sources(directory: Path) -> dict[str, Source]:
    """Read every ``*.yaml`` of a folder, by name.

    Raises:
        SourceError: a file cannot be read or does not fit; one line with file, line and field.
    """
    return {name: load_source(directory / f"{name}.yaml") for name in source_names(directory)}


def source_names(directory: Path) -> tuple[str, ...]:
    """The names of the sources in a folder, without reading them.

    Raises:
        SourceError: there is no such folder, or a file in it is misnamed.
    """
    if not directory.is_dir():
        raise SourceError(f"{directory}: no such folder of sources")
    for path in directory.glob("*.yml"):
        raise SourceError(f"{path}: the name of a source file ends in .yaml")
    return tuple(sorted(path.stem for path in directory.glob("*.yaml")))


def load_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        SourceError: the file cannot be read or does not fit; one line with file, line and field.
    """
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]*", path.stem) is None:
        raise SourceError(f"{path}: name the file in lower-case letters, digits, - and _")
    try:
        root, content = read_yaml(path)
    except YamlError as error:
        raise SourceError(str(error)) from None
    if not isinstance(content, Mapping) or root is None:
        raise SourceError(f"{path}:1: a source is a mapping of fields")
    try:
        source = Source.model_validate({**content, "name": path.stem, "folder": path.parent})
    except ValidationError as error:
        raise SourceError(f"{path}:{mistakes(error, root, Source)}") from None
    for field in ("lists", "indexes"):
        for position, where in enumerate(getattr(source, field)):
            _check_adapter(path, root, source, where, (field, position))
    return source


def _check_adapter(path: Path, root: yaml.Node, source: Source, where: Listing | Index, place: Place) -> None:
    """Check the adapter that a list names or inherits, and its parameters."""
    try:
        adapter_for(source, where)
    except ValidationError as error:
        own = {str(one["loc"][0]) for one in error.errors()} & set(where.parameters) or where.adapter
        prefix = (*place, "parameters") if own or not source.parameters else ("parameters",)
        adapter = find_adapter(where.adapter or source.adapter or "")
        raise SourceError(f"{path}:{mistakes(error, root, adapter, prefix)}") from None
    except SourceError as error:
        at = (*place, "adapter") if where.adapter or source.adapter is None else ("adapter",)
        raise SourceError(f"{path}:{line_of(root, at)}: {'.'.join(map(str, at))}: {error}") from None
