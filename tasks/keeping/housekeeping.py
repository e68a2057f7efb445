"""What is no longer needed, removed: nothing that a report was read from, nothing of a run under way."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.archive.store import Archive
from tasks.runs.locks import dead
from tasks.settings import Settings
from warehouse.connection.location import Lake
from warehouse.connection.upkeep import tidy_lake
from warehouse.loading.known import bodies_in_use
from warehouse.loading.runs import forget_runs, unfinished_runs
from warehouse.snapshots.publish import SNAPSHOTS
from warehouse.store import writer


@dataclass(frozen=True)
class Removed:
    """What was removed: its kind, how many, and their bytes where that is known."""

    what: str
    items: int
    bytes: int = 0


def remove_staged(settings: Settings) -> Removed:
    """Remove what runs that ended before their time have staged; whatever it was, it is read from the archive again."""
    folders = {path.name: path for path in _inside(settings.staging)}
    return _remove("staged batches", (folders[run_id] for run_id in dead(settings, folders)))


def remove_half_published(settings: Settings) -> Removed:
    """Remove what publications left behind whose process ended before they did. Call it where none can be under way."""
    folder = settings.published.parent
    return _remove("half-published snapshots", (*folder.glob(".*.*"), *(folder / SNAPSHOTS).glob(".*")))


def remove_archived(settings: Settings, before: datetime, on_wait: Callable[[str], None]) -> Removed:
    """Remove archived bodies that no report was read from: list pages, error pages. Those of attachments stay.

    While another run is under way nothing is removed.
    """
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        needed = bodies_in_use(connection)
    return Removed("archived pages", *Archive(settings.archive_root).remove_bodies(needed, before))


def remove_request_log(settings: Settings, before: datetime) -> Removed:
    """Remove the record of old requests, from which politeness is told."""
    return Removed("request logs", *Archive(settings.archive_root).remove_log(before))


def remove_run_records(settings: Settings, before: datetime, on_wait: Callable[[str], None]) -> Removed:
    """Remove the records of old runs, with their metrics and superseded validations."""
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        return Removed("run records", forget_runs(connection, before))


def tidy_warehouse(settings: Settings, before: datetime, on_wait: Callable[[str], None]) -> Removed:
    """Merge the small files of a warehouse that is a lake, and remove those that only its time travel needed.

    A DuckDB file tidies itself.
    """
    if not isinstance(settings.store, Lake):
        return Removed("lake files", 0)
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        return Removed("lake files", tidy_lake(connection, before))


def others_live(settings: Settings, run_id: str, on_wait: Callable[[str], None]) -> bool:
    """Whether another run than this is under way."""
    with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
        others = set(unfinished_runs(connection)) - {run_id}
    return len(dead(settings, others)) < len(others)


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
