"""What a stage did and how long it took, measured where it happens."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tasks.records import Stage


@dataclass
class Measured:
    """One stage's work on one batch.

    ``items`` are links, pages, reports or whatever the stage deals with; ``bytes`` what it read or wrote; ``retries``
    how many requests were repeated; ``seconds`` wall time.
    """

    stage: Stage
    items: int = 0
    bytes: int = 0
    retries: int = 0
    seconds: float = 0.0


@contextmanager
def measure(stage: Stage) -> Iterator[Measured]:
    """Take the time of the body, which fills in what was done."""
    measured = Measured(stage)
    started = time.perf_counter()
    try:
        yield measured
    finally:
        measured.seconds = time.perf_counter() - started
