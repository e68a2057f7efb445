"""Which module may import which: dependencies point one way, and each heavy library has one home."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests import REPOSITORY

LAYERS = ("warehouse", "expectations", "tasks", "flows")
"""From the lowest up: a layer imports only itself and those before it."""
HOMES = {
    "prefect": ("flows", "tasks.stages"),
    "great_expectations": ("expectations",),
    "lxml": ("tasks.extract", "tasks.sources", "tasks.links"),
    "ada_url": ("tasks.addresses",),
    "duckdb": ("warehouse",),
    "samples": ("samples", "flows.command_line.operation.demo"),
}
MODULES = {
    ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__"): path
    for package in (*LAYERS, "samples")
    for path in (REPOSITORY / package).rglob("*.py")
}


def imported(path: Path) -> Iterator[str]:
    """Everything that a module imports, wherever in it, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(name: str) -> str | None:
    """The module of ours that an imported name is, or is in."""
    return name if name in MODULES else next((one for one in [name.rpartition(".")[0]] if one in MODULES), None)


IMPORTS = {module: set(imported(path)) for module, path in MODULES.items()}


def test_no_module_imports_itself_by_way_of_others():
    graph = {
        module: {found for name in names if (found := module_of(name)) and found != module}
        for module, names in IMPORTS.items()
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_none_above_it(layer):
    above = LAYERS[LAYERS.index(layer) + 1 :]
    wrong = [
        (module, name)
        for module, names in IMPORTS.items()
        if module.split(".")[0] == layer
        for name in names
        if name.split(".")[0] in above
    ]
    assert wrong == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_at_home_only(library):
    homes = HOMES[library]
    strangers = [
        module
        for module, names in IMPORTS.items()
        if any(name.split(".")[0] == library for name in names)
        and not any(module == home or module.startswith(f"{home}.") for home in homes)
    ]
    assert strangers == []
