"""What is no longer needed, removed: nothing that a report was read from, nothing of a run under way."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.runs.context import RunContext
from tasks.runs.locks import dead
from warehouse.connection.location import Lake
from warehouse.connection.upkeep import tidy_lake
from warehouse.loading.runs import forget_runs, unfinished_runs
from warehouse.loading.standing import bodies_in_use
from warehouse.snapshots.publish import SNAPSHOTS


@dataclass(frozen=True)
class Removed:
    """What was removed: its kind, how many, and their bytes where that is known."""

    what: str
    items: int
    bytes: int = 0


def remove_staged(run: RunContext) -> Removed:
    """Remove what runs that ended before their time have staged; whatever it was, it is read from the archive again."""
    folders = {path.name: path for path in _inside(run.settings.staging)}
    return _remove("staged batches", (folders[run_id] for run_id in dead(run.settings, folders)))


def remove_half_published(run: RunContext) -> Removed:
    """Remove what publications left behind whose process ended before they did. Call it where none can be under way."""
    folder = run.settings.published.parent
    return _remove("half-published snapshots", (*folder.glob(".*.*"), *(folder / SNAPSHOTS).glob(".*")))


def remove_archived(run: RunContext, before: datetime) -> Removed:
    """Remove archived bodies that no report was read from: list pages, error pages. Those of attachments stay.

    While another run is under way nothing is removed.
    """
    with run.warehouse() as connection:
        needed = bodies_in_use(connection)
    return Removed("archived pages", *run.archive.remove_bodies(needed, before))


def remove_request_log(run: RunContext, before: datetime) -> Removed:
    """Remove the record of old requests, from which politeness is told."""
    return Removed("request logs", *run.archive.remove_log(before))


def remove_run_records(run: RunContext, before: datetime) -> Removed:
    """Remove the records of old runs, with their metrics and superseded validations."""
    with run.warehouse() as connection:
        return Removed("run records", forget_runs(connection, before))


def tidy_warehouse(run: RunContext, before: datetime) -> Removed:
    """Merge the small files of a warehouse that is a lake, and remove those that only its time travel needed.

    A DuckDB file tidies itself.
    """
    if not isinstance(run.settings.store, Lake):
        return Removed("lake files", 0)
    with run.warehouse() as connection:
        return Removed("lake files", tidy_lake(connection, before))


def others_live(run: RunContext) -> bool:
    """Whether another run than this is under way."""
    with run.warehouse() as connection:
        others = set(unfinished_runs(connection)) - {run.run_id}
    return len(dead(run.settings, others)) < len(others)


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _remove(what: str, paths: Iterable[Path]) -> Removed:
    items = size = 0
    for path in paths:
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        size += sum(file.stat().st_size for file in files)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        items += 1
    return Removed(what, items, size)
