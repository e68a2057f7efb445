"""How far a flow has come: said once, to the log, for Prefect's interface and for the bars on a terminal."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

_logger = logging.getLogger("gouji.progress")


def report_progress(stage: str, done: int, total: int) -> None:
    """Say that ``done`` of ``total`` items of a stage are through."""
    _logger.info("%s: %d of %d", stage, done, total, extra={"progress": (stage, done, total)})


@contextmanager
def progress_bars() -> Iterator[None]:
    """Show what flows report as bars on stderr while the body runs; warnings of Gouji's own are printed there too."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        handler = _Bars(progress)
        parent = logging.getLogger("gouji")
        parent.addHandler(handler)
        try:
            yield
        finally:
            parent.removeHandler(handler)


class _Bars(logging.Handler):
    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress
        self._bars: dict[str, TaskID] = {}

    def emit(self, record: logging.LogRecord) -> None:
        reported = getattr(record, "progress", None)
        if reported is None:
            if record.levelno >= logging.WARNING:
                self._progress.console.print(record.getMessage(), highlight=False, markup=False, soft_wrap=True)
            return
        stage, done, total = reported
        if stage not in self._bars:
            self._bars[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._bars[stage], completed=done, total=total)
