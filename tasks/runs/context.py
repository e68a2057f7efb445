"""A run as its stages know it: which one it is, under which settings, and from there to all that it works with."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tasks.archive.store import Archive
from tasks.runs.stopping import Stop, stop_of
from tasks.settings import Settings
from warehouse.connection.memory import Room
from warehouse.store import Connection, kept_open, writer

_logger = logging.getLogger("gouji.runs")


@dataclass(frozen=True)
class RunContext:
    """One run. Small and picklable: every stage is handed it, also one on another machine."""

    run_id: str
    settings: Settings

    def warehouse(self, wait_seconds: float | None = None) -> AbstractContextManager[Connection]:
        """Open the warehouse for writing, as :func:`open_warehouse` does."""
        return open_warehouse(self.settings, wait_seconds=wait_seconds)

    def warehouse_kept_open(self) -> AbstractContextManager[None]:
        """Let the warehouse stay open from one stage to the next while the body runs, as :func:`kept_open` does."""
        return kept_open(self.settings.store)

    @property
    def archive(self) -> Archive:
        """The store of every answer."""
        return Archive(self.settings.archive_root)

    @property
    def staging(self) -> Path:
        """Where the run's batches wait for the warehouse."""
        return self.settings.staging / self.run_id

    @property
    def stop(self) -> Stop:
        """What stops the run in this process."""
        return stop_of(self.run_id)


def open_warehouse(
    settings: Settings, *, wait_seconds: float | None = None, on_wait: Callable[[str], None] = _logger.warning
) -> AbstractContextManager[Connection]:
    """Open the warehouse for writing, waiting for whoever else does, as long as ``settings.lock_wait_seconds`` says.

    ``on_wait`` is told once for whom. Raises ``StoreError`` if the warehouse cannot be had.
    """
    patience = settings.lock_wait_seconds if wait_seconds is None else wait_seconds
    room = Room(settings.memory, settings.temporary_folder)
    return writer(settings.store, wait_seconds=patience, on_wait=on_wait, room=room)
