"""Importing less, where half a second counts: what nobody asks for is left out, or waits until somebody does."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType


@contextmanager
def without_pandas() -> Iterator[None]:
    """Keep DuckDB and Arrow from importing pandas, which they do to recognise its own kinds of missing values.

    They find it missing and do not look again: only for a process that has no other use for pandas.
    """
    with _found_first(_NoPandas()):
        yield


@contextmanager
def put_off(*modules: str) -> Iterator[None]:
    """Import some modules, whoever asks for them while the block runs, only once something in them is looked up."""
    with _found_first(_Later(modules)):
        yield


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage while the block runs: what modules make stays, and every search goes through all of it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _found_first(finder: MetaPathFinder) -> Iterator[None]:
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas is not wanted here", name=fullname)
        return None


class _Later(MetaPathFinder):
    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = modules

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname in self._modules else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec
