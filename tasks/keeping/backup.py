"""A copy of all state that cannot be made again, in the shape of a home: to restore it is to copy it back."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tasks.runs.context import open_warehouse
from tasks.settings import Settings
from warehouse.connection.locks import FileLocks, held
from warehouse.errors import GoujiError
from warehouse.snapshots.copying import copy_store

WAREHOUSE = "warehouse.duckdb"

_WAITING = "waiting: another backup into {} is under way"


class BackupError(GoujiError):
    """The copy cannot be made; the message is one line."""


@dataclass(frozen=True)
class Backup:
    """One backup: where it is, the warehouse's bytes, and how many archived files it holds and how many are new."""

    folder: Path
    warehouse_bytes: int
    archived_files: int
    new_files: int


def back_up(settings: Settings, folder: Path, on_wait: Callable[[str], None] = lambda message: None) -> Backup:
    """Copy the warehouse as it stands at one moment, and what is new in the archive, into a folder.

    Nobody writes to the warehouse meanwhile, the archive goes on; it is copied last, so that it holds every page that
    the copied warehouse names. An archive in an object store is left to the store's own means. The copy before stays
    until the new one is whole; what a killed backup left is removed. Backups into one folder take turns.
    Raises :class:`BackupError` if the folder cannot be written and ``StoreError`` if the warehouse cannot be copied.
    """
    if folder.resolve() == settings.home.resolve():
        raise BackupError(f"{folder}: that is GOUJI_HOME itself; name another folder, best on another disk")
    try:
        with held(FileLocks(folder), ".lock", on_wait=lambda: on_wait(_WAITING.format(folder))):
            return _back_up(settings, folder, on_wait)
    except OSError as error:
        raise BackupError(f"{folder}: {error.strerror or error}") from error


def _back_up(settings: Settings, folder: Path, on_wait: Callable[[str], None]) -> Backup:
    aside = folder / f".{WAREHOUSE}.new"
    _remove_leftovers(folder)
    try:
        with open_warehouse(settings, on_wait=on_wait) as connection:
            copy_store(connection, settings.store, aside)
        aside.replace(folder / WAREHOUSE)
    finally:
        _remove_leftovers(folder)
    archive = settings.archive_folder
    files, new = _copy_archive(archive, folder / "archive") if archive else (0, 0)
    return Backup(folder, (folder / WAREHOUSE).stat().st_size, files, new)


def _remove_leftovers(folder: Path) -> None:
    """Remove halves of copies, with what DuckDB keeps beside them: its log, and a folder of its own."""
    for leftover in folder.glob(f".{WAREHOUSE}.*"):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


def _copy_archive(source: Path, target: Path) -> tuple[int, int]:
    """Copy files that are not there yet or have changed; bodies never change. Leftovers of writers are left out.

    What a killed backup left of a file has the same name again, and is overwritten: the file is not there yet.
    """
    files = new = 0
    for path in source.rglob("*"):
        if not path.is_file() or path.name.startswith("."):
            continue
        files += 1
        copy = target / path.relative_to(source)
        if copy.exists() and copy.stat().st_mtime_ns == path.stat().st_mtime_ns:
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        aside = copy.with_name(f".{copy.name}")
        shutil.copy2(path, aside)
        aside.replace(copy)
        new += 1
    return files, new
