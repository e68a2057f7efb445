"""A copy of all state that cannot be made again, in the shape of a home: to restore it is to copy it back."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tasks.settings import Settings
from warehouse.copying import copy_store
from warehouse.errors import GoujiError
from warehouse.store import writer

WAREHOUSE = "warehouse.duckdb"


class BackupError(GoujiError):
    """The copy cannot be made; the message is one line."""


@dataclass(frozen=True)
class Backup:
    """One backup: where it is, the warehouse's bytes, and how many archived files it holds and how many are new."""

    folder: Path
    warehouse_bytes: int
    archived_files: int
    new_files: int


def back_up(settings: Settings, folder: Path, on_wait: Callable[[str], None] | None = None) -> Backup:
    """Copy the warehouse as it stands at one moment, and what is new in the archive, into a folder.

    Nobody writes to the warehouse meanwhile, the archive goes on; it is copied last, so that it holds every page that
    the copied warehouse names. An archive in an object store is left to the store's own means. The copy before stays
    until the new one is whole. Raises :class:`BackupError` if the folder cannot be written and ``StoreError`` if the
    warehouse cannot be copied.
    """
    if folder.resolve() == settings.home.resolve():
        raise BackupError(f"{folder}: that is GOUJI_HOME itself; name another folder, best on another disk")
    aside = folder / f".{WAREHOUSE}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with writer(settings.store, wait_seconds=settings.lock_wait_seconds, on_wait=on_wait) as connection:
            copy_store(connection, settings.store, aside)
        aside.replace(folder / WAREHOUSE)
        archive = settings.archive_folder
        files, new = _copy_archive(archive, folder / "archive") if archive else (0, 0)
    except OSError as error:
        raise BackupError(f"{folder}: {error.strerror or error}") from error
    finally:
        aside.unlink(missing_ok=True)
    return Backup(folder, (folder / WAREHOUSE).stat().st_size, files, new)


def _copy_archive(source: Path, target: Path) -> tuple[int, int]:
    """Copy files that are not there yet or have changed; bodies never change. Leftovers of writers are left out."""
    files = new = 0
    for path in source.rglob("*"):
        if not path.is_file() or path.name.startswith("."):
            continue
        files += 1
        copy = target / path.relative_to(source)
        if copy.exists() and copy.stat().st_mtime_ns == path.stat().st_mtime_ns:
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        aside = copy.with_name(f".{copy.name}.{os.getpid()}")
        shutil.copy2(path, aside)
        aside.replace(copy)
        new += 1
    return files, new
