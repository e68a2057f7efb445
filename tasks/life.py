"""Whether a run still lives.

While it does, its process holds a lock, which the kernel takes back when the process ends, however it ends.
"""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alive(folder: Path, run_id: str) -> Iterator[None]:
    """Show to every process that keeps its state in the same place that a run lives, as long as the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / run_id
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def dead(folder: Path, run_ids: Iterable[str]) -> tuple[str, ...]:
    """Return those of some runs that no process is at any more."""
    return tuple(run_id for run_id in run_ids if not _lives(folder / run_id))


def _lives(path: Path) -> bool:
    try:
        with path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    path.unlink(missing_ok=True)
    return False
