"""Which portals a flow asks."""

from collections.abc import Sequence
from pathlib import Path

from tasks.sources.declaration import Source, SourceError
from tasks.sources.files import load_source, source_names


def choose_sources(directory: Path, names: Sequence[str] | None) -> tuple[Source, ...]:
    """Return the named sources of a folder, or every one; :class:`SourceError` for a name that is not there."""
    known = source_names(directory)
    if not known:
        raise SourceError(f"{directory}: no sources here; point GOUJI_SOURCES at a folder with YAML files")
    for name in names or ():
        if name not in known:
            raise SourceError(f"no source is called {name!r}: there are {', '.join(known)} in {directory}")
    return tuple(load_source(directory / f"{name}.yaml") for name in dict.fromkeys(names or known))
