"""Which snapshot is current: the published file's identity, asked at every request, and one open pool for it."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from explorer.places import Places, places
from tasks.calendar import CHINA
from tasks.web.addresses import host_of
from warehouse.errors import StoreMissingError
from warehouse.snapshots.manifest import FILE_NAME, read_manifest
from warehouse.snapshots.pool import Lease, Pool

_RESERVED = ("localhost", "test", "example", "invalid")
"""Top-level names that nobody on the public internet has (RFC 2606)."""
_HOMES = "SELECT title, home_url FROM core.source WHERE home_url IS NOT NULL ORDER BY source_id"
_Identity = tuple[int, int, int]
"""Device, inode and time of change of a file."""


@dataclass(frozen=True)
class Published:
    """A snapshot as pages name it: a short identity, when it was published, and when it was last found unchanged."""

    id: str
    at: datetime
    bytes: int
    checked_at: datetime | None = None
    file: Path | None = None
    """Where it is kept under a name of its own, ``None`` if it is not."""
    sha256: str = ""
    places: Places = field(default_factory=Places)
    samples: tuple[str, ...] = ()
    """Titles of its sources whose declared home is no place of the public internet: what they publish is a sample."""


class Snapshots:
    """The snapshot that is published at a path, whichever it is at the moment; a query may take so many seconds."""

    def __init__(self, path: Path, *, cursors: int = 6, seconds: float = 10.0) -> None:
        self.path = path
        self._cursors = cursors
        self._seconds = seconds
        self._lock = threading.Lock()
        self._identity: _Identity | None = None
        self._listed: _Identity | None = None
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
        status = _status(self.path)
        if status is None:
            raise StoreMissingError(f"{self.path}: no snapshot yet; run `gouji demo` or `gouji backfill YEAR` first")
        identity, listed = _identity(status), _identity(_status(self.path.parent / FILE_NAME))
        with self._lock:
            pool, published = self._pool, self._published
            if pool is None or published is None or identity != self._identity:
                pool = Pool(self.path, cursors=self._cursors, seconds=self._seconds)
                if self._pool is not None:
                    self._pool.close()
                self._pool, self._identity = pool, identity
                with pool.lease() as lease:
                    published = replace(self._describe(status), samples=_samples(lease), places=places(lease))
            elif listed != self._listed:
                published = replace(self._describe(status), samples=published.samples, places=published.places)
            self._published, self._listed = published, listed
            return pool, published

    def _describe(self, status: os.stat_result) -> Published:
        """Name the snapshot as the manifest does, or by its time where the manifest does not know it."""
        for entry in read_manifest(self.path.parent):
            kept = self.path.parent / entry.file
            if kept.exists() and kept.samefile(self.path):
                return Published(
                    entry.sha256[:12], entry.published_at, status.st_size, entry.checked_at, kept, entry.sha256
                )
        moment = datetime.fromtimestamp(status.st_mtime, CHINA)
        return Published(f"{moment:%Y%m%d%H%M%S%f}-{status.st_size}", moment, status.st_size)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _identity(status: os.stat_result | None) -> _Identity | None:
    return status and (status.st_dev, status.st_ino, status.st_mtime_ns)


def _samples(lease: Lease) -> tuple[str, ...]:
    return tuple(row["title"] for row in lease.rows(_HOMES) if not _is_public(row["home_url"]))


def _is_public(address: str) -> bool:
    """Tell whether an address may be one of the public internet: no loopback or private network, no reserved name."""
    host = host_of(address) or ""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    try:
        return ip_address(name.strip("[]")).is_global
    except ValueError:
        return bool(name) and name.rpartition(".")[2] not in _RESERVED
