"""Logs for machines: every line as JSON, with the run, source, stage and item that it is about."""

import json
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tasks.runs.context import RunContext

_PLACE = ("source", "stage", "item", "code")


def log_of_run(run: RunContext) -> AbstractContextManager[None]:
    """Append what Gouji logs meanwhile to the file that GOUJI_LOG names, if it names one."""
    return json_lines(Path(run.settings.log), run.run_id) if run.settings.log else nullcontext()


@contextmanager
def json_lines(path: Path, run_id: str) -> Iterator[None]:
    """Append what Gouji logs meanwhile to a file, a JSON object a line: time, level, logger, run, message, and place.

    If the block raises, its last line says what. Several runs may write to the same file. A file that cannot be written
    is a warning, given once.
    """
    logger = logging.getLogger("gouji")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        _warn_once(path, error.strerror)
        yield
        return
    handler.setFormatter(_Json(run_id))
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(min(logging.INFO, logger.getEffectiveLevel()))
    try:
        yield
    except BaseException as error:
        handler.handle(_ended_by(error, logger.name))
        raise
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
        handler.close()


@cache
def _warn_once(path: Path, reason: str | None) -> None:
    logging.getLogger("gouji").warning("%s: %s; set GOUJI_LOG to a file you can write to", path, reason)


def _ended_by(error: BaseException, logger: str) -> logging.LogRecord:
    raised = (type(error), error, error.__traceback__)
    return logging.LogRecord(logger, logging.ERROR, __file__, 0, "%s: %s", (type(error).__name__, error), raised)


class _Json(logging.Formatter):
    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id

    def format(self, record: logging.LogRecord) -> str:
        place = {name: value for name in _PLACE if (value := getattr(record, name, None)) is not None}
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "run": self._run_id,
            **place,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
