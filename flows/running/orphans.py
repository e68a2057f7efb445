"""A flow whose worker is gone: nobody would tell of its end, and the next run would begin beside it."""

import os
import select
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK_EVERY_SECONDS = 1.0
_STDOUT = 1
_STARTED_BY_A_WORKER = "PREFECT__FLOW_RUN_ID"
"""What Prefect tells the processes that its workers, and ``gouji serve``, start for a run."""


@contextmanager
def ending_with_its_worker() -> Iterator[None]:
    """Let this process be told to stop once the worker that started it is gone; without a worker, let it be.

    Also where the worker was gone before this was called.
    """
    done, worker = threading.Event(), os.getppid()

    def watch() -> None:
        while os.getppid() == worker and not _nobody_reads():
            if done.wait(_LOOK_EVERY_SECONDS):
                return
        os.kill(os.getpid(), signal.SIGTERM)

    if _STARTED_BY_A_WORKER in os.environ:
        threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _nobody_reads() -> bool:
    """Whether the pipe from which a worker reads what its runs print has lost its other end."""
    poll = select.poll()
    poll.register(_STDOUT, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))
