"""The snapshot that analysts open: built aside, checked, and moved into place in one step; the last ones are kept."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.comments.writing import describe
from warehouse.connection.location import Lake, Store, without_secrets
from warehouse.connection.memory import beside
from warehouse.connection.transactions import connect
from warehouse.errors import StoreError, one_line
from warehouse.files import replaced, sha256_of
from warehouse.mart import build
from warehouse.migrations import schema_version
from warehouse.snapshots.content import content_sha256
from warehouse.snapshots.copying import Counts, open_copy, write_copy
from warehouse.snapshots.manifest import Entry, read_manifest, write_manifest
from warehouse.store import Connection

SNAPSHOTS = "snapshots"
"""The folder, beside the published file, of the snapshots that are kept."""

DEFAULT_KEPT = 3

_FOR_EVERYBODY = 0o644
"""Whoever may enter the folder may read the snapshot, however private the warehouse is that it is a copy of."""

_VIEWS = "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL"


@dataclass(frozen=True)
class Origin:
    """What a snapshot was published by: the flow run, the release and the git revision of the code, where known."""

    run_id: str | None = None
    gouji_version: str | None = None
    git_revision: str | None = None


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot: where readers find it, its size in bytes and the rows of each of its tables.

    ``kept`` is the file under which it stays when newer ones are published. ``unchanged_since`` is when it was
    published, where it told all that there is to tell already.
    """

    path: Path
    kept: Path
    bytes: int
    sha256: str
    counts: Counts
    unchanged_since: datetime | None = None


def publish(
    connection: Connection,
    store: Store,
    published: Path,
    *,
    keep: int = DEFAULT_KEPT,
    origin: Origin = Origin(),
    only_changes: bool = False,
) -> Snapshot:
    """Publish the store as a snapshot, and drop all but the last ``keep`` ones.

    With ``only_changes``, a snapshot that tells readers all that the store does stays, and ``manifest.json`` says when
    and by which run that was checked (:mod:`warehouse.snapshots.content`).

    ``connection`` is the writer's. The snapshot is copied aside, given its schema ``mart``, checked, listed in
    ``manifest.json``, and then takes the name ``published`` in one step: readers of the old one keep it, new ones see
    the new one. If anything fails the old one stays and :class:`StoreError` is raised. Files that are not on the list
    are not touched.
    """
    try:
        (published.parent / SNAPSHOTS).mkdir(parents=True, exist_ok=True)
        with _alone(published.parent):
            content = content_sha256(connection)
            listed = read_manifest(published.parent)
            if only_changes and listed and _still_holds(published, listed[0], content):
                return _checked(published, listed, origin)
            return _publish(connection, store, published, listed, keep, origin, content)
    except (OSError, StoreError) as error:
        raise StoreError(f"{error}; the old snapshot stays") from error


def _still_holds(published: Path, latest: Entry, content: str) -> bool:
    """Whether the published snapshot holds a content and is as it was published."""
    files = (published, published.parent / latest.file)
    return latest.content_sha256 == content and all(
        file.exists() and file.stat().st_size == latest.bytes for file in files
    )


def _checked(published: Path, listed: Sequence[Entry], origin: Origin) -> Snapshot:
    """Note that a run found the published snapshot to hold everything still."""
    standing, *earlier = listed
    checked = replace(standing, checked_at=datetime.now(UTC), checked_by=origin.run_id)
    write_manifest(published.parent, published.name, (checked, *earlier))
    kept = published.parent / standing.file
    return Snapshot(published, kept, standing.bytes, standing.sha256, dict(standing.counts), standing.published_at)


def _publish(
    connection: Connection,
    store: Store,
    published: Path,
    listed: Sequence[Entry],
    keep: int,
    origin: Origin,
    content: str,
) -> Snapshot:
    now = datetime.now(UTC)
    folder = published.parent
    kept = folder / SNAPSHOTS / f"{published.stem}-{now:%Y%m%dT%H%M%S%fZ}{published.suffix}"
    aside = kept.with_name(f".{kept.name}.{os.getpid()}")
    listed = tuple(entry for entry in listed if (folder / entry.file).exists())
    try:
        if not isinstance(store, Lake):
            describe(connection)
        counts = write_copy(connection, store, aside)
        room = beside(connection)
        schema = _make_mart(aside, room, _as_published(folder, listed))
        with ThreadPoolExecutor(1) as thread:
            digest = thread.submit(_settled, aside)
            with open_copy(aside, counts, room) as copy:
                if schema not in {entry.schema_sha256 for entry in listed}:
                    _check_views(copy)
                version = schema_version(copy)
        entry = Entry(
            file=str(kept.relative_to(folder)),
            published_at=now,
            run_id=origin.run_id,
            gouji_version=origin.gouji_version,
            git_revision=origin.git_revision,
            schema_version=version,
            schema_sha256=schema,
            bytes=aside.stat().st_size,
            sha256=digest.result(),
            counts=counts,
            content_sha256=content,
        )
        aside.chmod(_FOR_EVERYBODY)
        aside.replace(kept)
        entries = (entry, *listed)[:keep]
        write_manifest(folder, published.name, entries)
        _give_name(kept, published)
    except BaseException:
        kept.unlink(missing_ok=True)
        with suppress(OSError):
            write_manifest(folder, published.name, listed)
        raise
    finally:
        aside.unlink(missing_ok=True)
    _drop(listed[keep - 1 :], folder)
    return Snapshot(published, kept, entry.bytes, entry.sha256, counts)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process publishes into a folder."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _as_published(folder: Path, listed: Sequence[Entry]) -> Path | None:
    """Return the latest snapshot, if it still is, byte for byte, what was published."""
    for latest in listed[:1]:
        file = folder / latest.file
        if file.stat().st_size == latest.bytes and sha256_of(file) == latest.sha256:
            return file
    return None


def _make_mart(path: Path, room: Mapping[str, str], earlier: Path | None) -> str:
    """Make the schema ``mart`` of a copy, with its comments; return the digest of the copy's definitions."""
    try:
        with connect(str(path), config=room) as copy:
            copy.execute("SET TimeZone = 'Asia/Shanghai'")
            build(copy, earlier)
            return describe(copy)
    except duckdb.Error as error:
        raise StoreError(f"{path}: {without_secrets(one_line(error))}") from error


def _check_views(copy: Connection) -> None:
    """Every view must find what it is made of."""
    for (view,) in copy.execute(_VIEWS).fetchall():
        copy.execute(f"DESCRIBE {view}")


def _settled(path: Path) -> str:
    """Bring a file safely to the disk; return its sha256."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return sha256_of(path)


def _give_name(kept: Path, published: Path) -> None:
    """Let the published name mean a kept snapshot, in one step: as a second name of the same file where possible."""
    with replaced(published) as aside:
        aside.unlink(missing_ok=True)
        try:
            aside.hardlink_to(kept)
        except OSError:
            shutil.copyfile(kept, aside)


def _drop(entries: Iterable[Entry], folder: Path) -> None:
    """Remove snapshots that are no longer listed, and what publications left whose process ended before they did."""
    leftovers = (folder / SNAPSHOTS).glob(".*")
    for file in (*(folder / entry.file for entry in entries), *leftovers):
        with suppress(OSError):
            file.unlink()
