"""The connections that all processes on one GOUJI_HOME may have to a host: a locked file for each.

The operating system gives up the locks of a process that is killed, so nothing stays taken.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from tasks.archive.files import ArchiveError

_LOOK_AGAIN_SECONDS = 0.02


class Connections:
    """So many connections to one host, with the files ``path.0``, ``path.1`` and so on.

    Threads of this process wait for a connection without touching the files, which keep other processes off.
    """

    def __init__(self, path: Path, count: int) -> None:
        self._files = [path.with_name(f"{path.name}.{number}") for number in range(count)]
        self._count = count
        self._free: SimpleQueue[int] = SimpleQueue()
        for number in range(count):
            self._free.put(number)

    def limit(self, count: int) -> None:
        """Use no more than so many from now on."""
        self._count = min(self._count, count)

    @contextmanager
    def one(self, wait: Callable[[float], None]) -> Iterator[None]:
        """Hold one connection while the block runs; of this process, whoever waits for one gets it in turn.

        ``wait`` waits so many seconds while other processes have them all, and may raise to give up.

        Raises:
            ArchiveError: the files cannot be written.
        """
        for others in reversed(range(self._count)):
            number = self._take()
            file: int | None = None
            try:
                file = open_file(self._files[number])
                while not (locked := _is_locked(file)) and not others:
                    wait(_LOOK_AGAIN_SECONDS)
                if locked:
                    yield
                    return
            finally:
                if file is not None:
                    os.close(file)
                self._free.put(number)

    def _take(self) -> int:
        """A connection that no other thread has."""
        number = self._free.get()
        while number >= self._count:
            # One too many since the limit was lowered: nobody gets it again.
            number = self._free.get()
        return number


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


def _is_locked(file: int) -> bool:
    """Lock a file, unless another process has; whether that was done."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
