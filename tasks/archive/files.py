"""Whole files on a file system or in an object store: each appears complete or not at all."""

import errno
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from warehouse.errors import GoujiError


class ArchiveError(GoujiError, OSError):
    """Something is not in the archive, is damaged there, or could not be written. The message is one line."""


class Files:
    """Files below a folder or any fsspec URL; :class:`ArchiveError` if there is no way to such a URL.

    Local files are opened directly: with millions of small ones, the layers in between cost more than the disk.
    """

    def __init__(self, root: str) -> None:
        try:
            self._store, self.root = fsspec.core.url_to_fs(root)
        except (ImportError, ValueError) as error:
            raise ArchiveError(f"the archive {root} cannot be opened: {error}") from error
        self.appendable = isinstance(self._store, LocalFileSystem)

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        return os.path.isfile(path) if self.appendable else bool(self._store.isfile(path))  # noqa: PTH113

    def find(self, folder: str, suffix: str) -> list[str]:
        """The files in a folder and below whose names end in ``suffix``, sorted; leftovers of writers are none."""
        found = (str(path) for path in self._store.find(folder))
        return sorted(path for path in found if path.endswith(suffix) and path.rpartition("/")[2][0] != ".")

    def read(self, path: str, start: int = 0, length: int | None = None) -> bytes | None:
        """A file's content or a part of it; ``None`` when there is no such file.

        Raises:
            ArchiveError: it cannot be read.
        """
        try:
            if not self.appendable:
                end = None if length is None else start + length
                return bytes(self._store.cat_file(path, start=start or None, end=end))
            return _read(path, start, length)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveError(f"the archive cannot be read: {error.strerror or error}: {path}") from error

    def write(self, path: str, content: bytes) -> None:
        """Write a whole file, in place of one that may be there.

        Raises:
            ArchiveError: it could not be written.
        """
        try:
            if self.appendable:
                _write_aside(path, content)
            else:
                self._store.pipe_file(path, content)
        except OSError as error:
            raise _unwritable(path, error) from error

    def append(self, path: str, content: bytes) -> None:
        """Add to the end of a local file in one go.

        Raises:
            ArchiveError: it could not be written.
        """
        try:
            _open_and_write(path, content, os.O_APPEND)
        except OSError as error:
            raise _unwritable(path, error) from error

    def modified_at(self, path: str) -> datetime:
        """When a file was last written."""
        moment: datetime = self._store.modified(path)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def size(self, path: str) -> int:
        """How many bytes a file has."""
        return int(self._store.size(path) or 0)

    def move(self, path: str, target: str) -> None:
        """Rename a file."""
        self._store.mv(path, target)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        if self.exists(path):
            self._store.rm_file(path)


def _read(path: str, start: int, length: int | None) -> bytes:
    """Read a local file by what the system offers: a file object takes as long again, and there are many files."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.pread(file, max(0, os.fstat(file).st_size - start) if length is None else length, start)
    finally:
        os.close(file)


def _write_aside(path: str, content: bytes) -> None:
    """Write a file under another name and rename it, so that nobody ever reads half of it."""
    folder, _, name = path.rpartition("/")
    aside = f"{folder}/.{name}.{os.getpid()}.{threading.get_ident()}"
    try:
        _open_and_write(aside, content, os.O_TRUNC)
        os.replace(aside, path)  # noqa: PTH105
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise


def _open_and_write(path: str, content: bytes, flag: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | flag
    try:
        file = os.open(path, flags, 0o666)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, flags, 0o666)
    try:
        if os.write(file, content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(file)


def _unwritable(path: str, error: OSError) -> ArchiveError:
    return ArchiveError(f"the archive cannot be written: {error.strerror or error}: {path}")
