"""The last resort against a query that heeds no interrupt and no memory limit: this process ends, in one line."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_POLL_SECONDS = 0.2
_GRACE_SECONDS = 5.0
_GRACE_BYTES = 1_000_000_000
"""What a query may take beyond its limits: single functions of DuckDB's allocate outside its accounts."""
_MEMORY = Path("/proc/self/statm")


def _end(message: str) -> None:
    sys.stderr.write(f"gouji: {message}\n")
    sys.stderr.flush()
    os._exit(1)


@contextmanager
def contained(seconds: float, megabytes: int, end: Callable[[str], None] = _end) -> Iterator[None]:
    """Call ``end`` once if the body goes on well beyond its time, or takes well more memory than it was allowed."""
    done = threading.Event()
    deadline = time.monotonic() + seconds + _GRACE_SECONDS
    ceiling = _resident_bytes() + megabytes * 1_000_000 + _GRACE_BYTES

    def watch() -> None:
        while not done.wait(_POLL_SECONDS):
            if time.monotonic() > deadline:
                end(f"stopped after {seconds:g} s; narrow the query or raise --timeout")
                return
            if _resident_bytes() > ceiling:
                end(f"stopped: more than {megabytes} MB of memory; narrow the query or raise --memory")
                return

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()


def _resident_bytes() -> int:
    """Memory of this process; 0 where the system does not tell."""
    try:
        return int(_MEMORY.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
