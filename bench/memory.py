"""How much memory a process and all that it started take together, as the system counts it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY_SECONDS = 1.0


@dataclass
class Peak:
    """The most bytes that the processes took at one time; pages that they share count once (PSS)."""

    bytes: int = 0


@contextmanager
def peak_of(process: int) -> Iterator[Peak]:
    """Watch a process and its descendants as long as the body runs."""
    peak, ended = Peak(), threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY_SECONDS):
            peak.bytes = max(peak.bytes, sum(map(_bytes_of, _tree(process))))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def _tree(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*"):
        with suppress(OSError):
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _bytes_of(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
