"""Logs without passwords, and for machines: every line as JSON, with the run, source, stage and item it is about."""

import json
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tasks.runs.context import RunContext
from warehouse.connection.location import without_secrets

_PLACE = ("source", "stage", "item", "code")
_usual_record = logging.getLogRecordFactory()
_plain = logging.Formatter()


def hide_passwords() -> None:
    """Let no password stand in any line that is logged from now on, whoever logs it and wherever it goes.

    What a line says is looked through, and the errors that it tells of with all that they arose from.
    """
    logging.setLogRecordFactory(_record_without_passwords)


def _record_without_passwords(*arguments: Any, **named: Any) -> logging.LogRecord:
    record = _usual_record(*arguments, **named)
    if record.exc_info and record.exc_info[0] is not None:
        record.exc_text = without_secrets(_plain.formatException(record.exc_info))
    with suppress(TypeError, ValueError):
        message = record.getMessage()
        if (clean := without_secrets(message)) != message:
            record.msg, record.args = clean, ()
    return record


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
    return _record_without_passwords(
        logger, logging.ERROR, __file__, 0, "%s: %s", (type(error).__name__, error), raised
    )


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
            line["exception"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
