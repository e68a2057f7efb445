"""What all processes on one GOUJI_HOME share about a host: who asks it now, and when the next may.

The operating system gives up the locks of a process that is killed, so nothing stays taken.
"""

import fcntl
import os
import random
import re
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tasks.fetch.problems import FetchError
from tasks.files import ArchiveError

_IMPLAUSIBLE_WAIT_SECONDS = 3600.0
"""A start further ahead is left over from a clock that was set back."""
_LONGEST_PAUSE_SECONDS = 24 * 3600.0
_TIMES = struct.Struct("<2d")


class SharedHost:
    """One host's files in ``folder``: a lock for each connection, and the times before which nobody starts."""

    def __init__(self, folder: Path, host: str) -> None:
        self._host = host
        self._path = folder / re.sub(r"[^a-z0-9.-]", "_", host)

    @contextmanager
    def connection(self, connections: int) -> Iterator[None]:
        """Hold one of so many connections while the block runs; whoever waits for one gets it in turn."""
        with ExitStack() as opened:
            files: list[int] = []
            for number in range(connections):
                files.append(opened.enter_context(_opened(self._path.with_name(f"{self._path.name}.{number}"))))
                if _locked_at_once(files[-1]):
                    break
            else:
                fcntl.flock(random.choice(files), fcntl.LOCK_EX)  # noqa: S311
            yield

    def claim(self, interval: float) -> float:
        """Take the next start, if it is due: zero when it was taken, else the seconds still to wait.

        Raises:
            FetchError: the host asked for so long a pause that it is not waited for (``host_resting``).
        """
        with self._times() as times:
            now = time.time()
            if now < times.turned_away_until:
                raise resting(self._host, times.turned_away_until - now)
            if 0 < times.next_start - now < _IMPLAUSIBLE_WAIT_SECONDS:
                return times.next_start - now
            times.next_start = now + interval
            return 0.0

    def pause(self, seconds: float, *, turn_away: bool) -> None:
        """Let nobody start for so many seconds; ``turn_away`` whoever comes, rather than let them wait."""
        with self._times() as times:
            until = time.time() + min(seconds, _LONGEST_PAUSE_SECONDS)
            if turn_away:
                times.turned_away_until = max(times.turned_away_until, until)
            else:
                times.next_start = max(times.next_start, until)

    @contextmanager
    def _times(self) -> Iterator["_Times"]:
        """The times on file, for one process and thread alone; what is changed in the block is kept."""
        with _opened(self._path) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            content = os.pread(file, _TIMES.size, 0)
            times = _Times(*_TIMES.unpack(content)) if len(content) == _TIMES.size else _Times()
            yield times
            os.pwrite(file, _TIMES.pack(times.next_start, times.turned_away_until), 0)


@dataclass(slots=True)
class _Times:
    """Seconds since the epoch before which nobody starts, and before which everybody is turned away."""

    next_start: float = 0.0
    turned_away_until: float = 0.0


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Have a file open, made if need be, by its descriptor."""
    try:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ArchiveError(f"what hosts were asked cannot be written: {error.strerror}: {path}") from error
    try:
        yield file
    finally:
        os.close(file)


def _locked_at_once(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def resting(host: str, seconds: float) -> FetchError:
    """The error of whoever is turned away."""
    return FetchError("host_resting", f"{host} is left alone for another {seconds:.0f} s; run again later")
