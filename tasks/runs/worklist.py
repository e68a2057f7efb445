"""What a source lists for a year, written down by the run that asked for the runs that fetch it."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from tasks.pages import Link
from tasks.runs.context import RunContext

_LINKS = TypeAdapter(tuple[Link, ...])


def write_worklist(run: RunContext, source: str, year: int, links: Sequence[Link]) -> None:
    """Write the links of a source and year down in the run's staging folder."""
    path = _path(run, source, year)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_LINKS.dump_json(tuple(links)))


def read_worklist(run: RunContext, source: str, year: int) -> tuple[Link, ...]:
    """Return the links that a run has written down for a source and year."""
    return _LINKS.validate_json(_path(run, source, year).read_bytes())


def _path(run: RunContext, source: str, year: int) -> Path:
    return run.staging / f"{source}-{year}.json"
