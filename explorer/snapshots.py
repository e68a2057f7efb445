"""Which snapshot is current: the published file's identity, asked at every request, and one open pool for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.errors import StoreMissingError
from warehouse.snapshots.manifest import read_manifest
from warehouse.snapshots.pool import Lease, Pool

_Identity = tuple[int, int, int]
"""Device, inode and time of change of a file."""


@dataclass(frozen=True)
class Published:
    """A snapshot as pages name it: a short identity, and when it was published."""

    id: str
    at: datetime
    bytes: int


class Snapshots:
    """The snapshot that is published at a path, whichever it is at the moment; a query may take so many seconds."""

    def __init__(self, path: Path, *, cursors: int = 6, seconds: float = 10.0) -> None:
        self.path = path
        self._cursors = cursors
        self._seconds = seconds
        self._lock = threading.Lock()
        self._identity: _Identity | None = None
        self._pool: Pool | None = None
        self._published: Published | None = None

    def current(self) -> Published:
        """Return what is published now. Raises ``StoreMissingError`` if nothing is."""
        return self._open()[1]

    @contextmanager
    def reading(self) -> Iterator[tuple[Published, Lease]]:
        """Give one reader the current snapshot: the same one throughout, whatever is published meanwhile."""
        pool, published = self._open()
        with pool.lease() as lease:
            yield published, lease

    def close(self) -> None:
        """Let go of the open snapshot."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
            self._pool = self._identity = self._published = None

    def _open(self) -> tuple[Pool, Published]:
        try:
            status = self.path.stat()
        except OSError as error:
            raise StoreMissingError(
                f"{self.path}: no snapshot yet; run `gouji demo` or `gouji backfill YEAR` first"
            ) from error
        identity = (status.st_dev, status.st_ino, status.st_mtime_ns)
        with self._lock:
            if identity != self._identity or self._pool is None or self._published is None:
                pool = Pool(self.path, cursors=self._cursors, seconds=self._seconds)
                if self._pool is not None:
                    self._pool.close()
                self._pool, self._identity = pool, identity
                self._published = self._describe(status.st_mtime, status.st_size)
            return self._pool, self._published

    def _describe(self, modified: float, size: int) -> Published:
        """Name the snapshot as the manifest does, or by its time where the manifest does not know it."""
        for entry in read_manifest(self.path.parent):
            kept = self.path.parent / entry.file
            if kept.exists() and kept.samefile(self.path):
                return Published(entry.sha256[:12], entry.published_at, size)
        moment = datetime.fromtimestamp(modified).astimezone()
        return Published(f"{moment:%Y%m%d%H%M%S%f}-{size}", moment, size)
