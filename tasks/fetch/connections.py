"""The connections that all processes on one GOUJI_HOME may have to a host: a locked file for each.

The operating system gives up the locks of a process that is killed, so nothing stays taken.
"""

import fcntl
import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.files import ArchiveError


class Connections:
    """One host's connections, the files ``path.0``, ``path.1`` and so on. They are open only while one is held."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: dict[int, int] = {}
        self._held: set[int] = set()
        self._changed = threading.Condition()

    @contextmanager
    def one_of(self, limit: int) -> Iterator[None]:
        """Hold one of so many connections while the block runs; whoever waits for one gets it in turn.

        Raises:
            ArchiveError: the files cannot be written.
        """
        number, locked = self._reserve(limit)
        try:
            if not locked:
                fcntl.flock(self._files[number], fcntl.LOCK_EX)
            yield
        finally:
            self._give_back(number)

    def _reserve(self, limit: int) -> tuple[int, bool]:
        """A connection that no other thread has, and whether it is locked against other processes."""
        with self._changed:
            while not (free := [number for number in range(limit) if number not in self._held]):
                self._changed.wait()
            locked = next((number for number in free if _locked_at_once(self._file(number))), None)
            number = random.choice(free) if locked is None else locked  # noqa: S311
            self._held.add(number)
            return number, locked is not None

    def _give_back(self, number: int) -> None:
        with self._changed:
            fcntl.flock(self._files[number], fcntl.LOCK_UN)
            self._held.remove(number)
            if not self._held:
                while self._files:
                    os.close(self._files.popitem()[1])
            self._changed.notify()

    def _file(self, number: int) -> int:
        if number not in self._files:
            self._files[number] = open_file(self._path.with_name(f"{self._path.name}.{number}"))
        return self._files[number]


def open_file(path: Path) -> int:
    """The descriptor of a file, made if need be.

    Raises:
        ArchiveError: it cannot be written.
    """
    try:
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ArchiveError(f"what hosts were asked cannot be written: {error.strerror}: {path}") from error


def _locked_at_once(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
