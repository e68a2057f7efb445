"""Batches read and staged on every core of a machine, in processes of their own.

Reading is Python's own work, which the threads of one process do by turns. A reader is a process that is handed one
batch after another through a socket. The kernel closes it once the run is gone, however that ended; then the reader
ends too. The first batch is read in the run's own process: one that has no more never waits for another to start.
"""

import logging
import os
import select
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from logging.handlers import QueueHandler
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import cast

from tasks.archive.store import Archive
from tasks.load.batch import Batch
from tasks.load.reading import read_pages
from tasks.pages import Page
from tasks.problems import Stage
from tasks.runs.context import RunContext
from tasks.runs.logs import hide_passwords
from tasks.runs.metrics import measure
from warehouse.errors import GoujiError
from warehouse.lean import without_pandas
from warehouse.loading.runs import StageWork

_FEWEST = 25
"""Pages for which it is worth while to wake another process."""

Staged = tuple[Path | None, StageWork]
"""The folder of a staged batch, ``None`` if there was nothing to stage, and what it took to read it."""

_Outcome = tuple[Staged | None, Exception | None]


class ReaderError(GoujiError):
    """A reader ended before it was through with its batch."""


def stage(pages: Sequence[Page], archive: Archive, batch: Batch, directory: Path) -> Staged:
    """Read archived pages into a batch, and stage it in a folder if there is anything in it."""
    with measure(Stage.EXTRACT) as work:
        read_pages(pages, archive, batch)
    work.items, work.bytes = len(pages), sum(page.exchange.bytes for page in pages)
    return None if batch.is_empty else batch.write(directory), work


class Readers:
    """Readers of one run, at most so many, each started when it is needed. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._here, self._free = threading.Lock(), threading.BoundedSemaphore(most)
        self._idle: list[_Reader] = []
        self._started: list[_Reader] = []

    def stage(self, pages: Sequence[Page], archive: Archive, batch: Batch, directory: Path) -> Staged:
        """Do as :func:`stage` does, in a reader where others are at work; waits for one to be free.

        Raises what reading raised, and :class:`ReaderError` if the reader was killed; the next batch has another one.
        """
        if len(pages) < _FEWEST:
            return stage(pages, archive, batch, directory)
        if not self._started and self._here.acquire(blocking=False):
            try:
                return stage(pages, archive, batch, directory)
            finally:
                self._here.release()
        with self._free:
            try:
                reader = self._idle.pop()
            except IndexError:
                reader = self._new()
            staged, error = reader.stage(pages, archive, batch, directory)
            self._idle.append(reader)
        if error is not None:
            raise error
        return cast(Staged, staged)

    @property
    def is_reading_here(self) -> bool:
        """Whether the run's own process is at a batch, so that the next one goes to a reader."""
        return self._here.locked()

    def _new(self) -> "_Reader":
        self._started.append(reader := _Reader())
        return reader

    def close(self) -> None:
        """End every reader, whatever it is at."""
        for reader in self._started:
            reader.end()


class _Reader:
    """A process, as its run sees it."""

    def __init__(self) -> None:
        self._connection, its_own = Pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from tasks.runs.readers import serve; serve()"],
            stdin=its_own.fileno(),
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        its_own.close()

    def stage(self, pages: Sequence[Page], archive: Archive, batch: Batch, directory: Path) -> _Outcome:
        try:
            self._connection.send((pages, archive, batch, directory))
            staged, error, lines = self._connection.recv()
        except (EOFError, OSError):
            code = self.end()
            raise ReaderError(f"the process that read it ended with {code}; -9 tells of too little memory") from None
        for line in lines:
            if (logger := logging.getLogger(line.name)).isEnabledFor(line.levelno):
                logger.handle(line)
        return staged, error

    def end(self) -> int:
        self._process.kill()
        self._connection.close()
        return self._process.wait()


def cores() -> int:
    """Return how many of the machine's cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_of_runs: dict[str, Readers] = {}


@contextmanager
def on_every_core(run: RunContext) -> Iterator[None]:
    """Let a run read on every core of this machine meanwhile, if it is to and there is more than one."""
    if not run.settings.reads_in_processes or cores() == 1:
        yield
        return
    _of_runs[run.run_id] = readers = Readers(cores())
    try:
        yield
    finally:
        del _of_runs[run.run_id]
        readers.close()


def stage_for(run: RunContext, pages: Sequence[Page], batch: Batch, directory: Path) -> Staged:
    """Do as :func:`stage` does with the run's archive, with the readers of the run where it has some here."""
    readers = _of_runs.get(run.run_id)
    return (readers.stage if readers else stage)(pages, run.archive, batch, directory)


def serve() -> None:
    """Stage the batches that come in through the socket at 0, and tell of each what came of it and what was logged."""
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    hide_passwords()
    lines: SimpleQueue[logging.LogRecord] = SimpleQueue()
    logger = logging.getLogger("gouji")
    logger.addHandler(QueueHandler(lines))
    logger.setLevel(logging.INFO)
    connection = Connection(os.dup(0))
    with without_pandas(), suppress(EOFError, OSError):
        while True:
            staged, error = _outcome(*connection.recv())
            connection.send((staged, error, [lines.get() for _ in range(lines.qsize())]))


def _outcome(pages: Sequence[Page], archive: Archive, batch: Batch, directory: Path) -> _Outcome:
    try:
        return stage(pages, archive, batch, directory), None
    except OSError as error:  # a full disk is told by its number
        return None, error
    except Exception as error:
        return None, ReaderError(f"{type(error).__name__}: {error}")


def _end_with_the_run() -> None:
    waiting = select.poll()
    waiting.register(0, 0)  # no event but that the other end is gone
    waiting.poll()
    os._exit(1)
