"""What all processes on one GOUJI_HOME share about a host: who asks it now, and when the next may."""

import fcntl
import os
import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import mmap
from pathlib import Path

from tasks.fetch.connections import Connections, open_file
from tasks.fetch.problems import FetchError

_IMPLAUSIBLE_WAIT_SECONDS = 3600.0
"""A start further ahead is left over from a clock that was set back."""
_LONGEST_PAUSE_SECONDS = 24 * 3600.0
_TIMES = struct.Struct("<2d")


class SharedHost:
    """One host's files in ``folder``: its ``connections``, and the times before which nobody starts.

    The times are in memory that the processes share, as two numbers of seconds since the epoch: the next start, and
    the end of a pause too long to be waited for.

    Raises:
        ArchiveError: the files cannot be written.
    """

    def __init__(self, folder: Path, host: str, connections: int) -> None:
        self._host = host
        self._path = folder / re.sub(r"[^a-z0-9.-]", "_", host)
        self.connections = Connections(self._path, connections)
        file = open_file(self._path)
        os.truncate(file, _TIMES.size)
        self._times = mmap(file, _TIMES.size)
        os.close(file)

    def claim(self, interval: float) -> float:
        """Take the next start, if it is due: zero when it was taken, else the seconds still to wait.

        Raises:
            FetchError: the host asked for so long a pause that it is not waited for (``host_resting``).
        """
        if interval == 0:
            return self._wait()
        with self._locked():
            wait = self._wait()
            if wait == 0:
                _TIMES.pack_into(self._times, 0, time.time() + interval, 0.0)
            return wait

    def pause(self, seconds: float, *, turn_away: bool) -> None:
        """Let nobody start for so many seconds; ``turn_away`` whoever comes, rather than let them wait."""
        with self._locked():
            next_start, turned_away_until = _TIMES.unpack_from(self._times)
            until = time.time() + min(seconds, _LONGEST_PAUSE_SECONDS)
            if turn_away:
                turned_away_until = max(turned_away_until, until)
            else:
                next_start = max(next_start, until)
            _TIMES.pack_into(self._times, 0, next_start, turned_away_until)

    def _wait(self) -> float:
        next_start, turned_away_until = _TIMES.unpack_from(self._times)
        now = time.time()
        if now < turned_away_until:
            raise resting(self._host, turned_away_until - now)
        wait = next_start - now
        return wait if 0 < wait < _IMPLAUSIBLE_WAIT_SECONDS else 0.0

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other threads and processes from changing the times."""
        file = open_file(self._path)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)


def resting(host: str, seconds: float) -> FetchError:
    """The error of whoever is turned away."""
    return FetchError("host_resting", f"{host} is left alone for another {seconds:.0f} s; run again later")
