"""A flow whose worker is gone: nobody would tell of its end, and the next run would begin beside it."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK_EVERY_SECONDS = 1.0
_STARTED_BY_A_WORKER = "PREFECT__FLOW_RUN_ID"
"""What Prefect tells the processes that its workers, and ``gouji serve``, start for a run."""


@contextmanager
def ending_with_its_worker() -> Iterator[None]:
    """Let this process be told to stop once the worker that started it is gone; without a worker, let it be."""
    done, worker = threading.Event(), os.getppid()

    def watch() -> None:
        while not done.wait(_LOOK_EVERY_SECONDS):
            if os.getppid() != worker:
                os.kill(os.getpid(), signal.SIGTERM)
                return

    if _STARTED_BY_A_WORKER in os.environ:
        threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()
