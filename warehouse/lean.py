"""DuckDB and Arrow without pandas, where half a second counts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec


@contextmanager
def without_pandas() -> Iterator[None]:
    """Keep DuckDB and Arrow from importing pandas, which they do to recognise its own kinds of missing values.

    They find it missing and do not look again: only for a process that has no other use for pandas.
    """
    finder = _NoPandas()
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
