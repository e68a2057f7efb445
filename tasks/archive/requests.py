"""The record of every request, kept as it is made, so that a killed run leaves what it asked for on record."""

import gzip
import threading
import uuid
from collections.abc import Iterator

import orjson
from pydantic import TypeAdapter

from tasks.archive.files import Files
from tasks.pages import Exchange

_COMPRESSION_LEVEL = 3
_EXCHANGE = TypeAdapter(Exchange)
_OPEN, _CLOSED = ".jsonl", ".jsonl.gz"


class RequestLog:
    """One batch's requests: a line each while they are made, one compressed file in the end.

    On a store that cannot append, the file appears in the end only. Safe to use from several threads.
    """

    def __init__(self, files: Files, folder: str) -> None:
        self._files = files
        self._folder = folder
        self._path: str | None = None
        self._lines: list[bytes] = []
        self._lock = threading.Lock()

    def add(self, exchange: Exchange) -> None:
        """Keep the record of a request.

        Raises:
            ArchiveError: it could not be written.
        """
        line = orjson.dumps(exchange, option=orjson.OPT_APPEND_NEWLINE)
        with self._lock:
            if self._path is None:
                started = exchange.fetched_at.isoformat()[:19]
                name = f"{started.replace(':', '')}-{uuid.uuid4().hex[:12]}"
                self._path = f"{self._folder}/{started[:7]}/{name}"
            self._lines.append(line)
            if self._files.appendable:
                self._files.append(f"{self._path}{_OPEN}", line)

    def close(self) -> None:
        """Bring the batch's records together.

        Raises:
            ArchiveError: they could not be written.
        """
        if self._path is not None:
            packed = gzip.compress(b"".join(self._lines), _COMPRESSION_LEVEL, mtime=0)
            self._files.write(f"{self._path}{_CLOSED}", packed)
            self._files.remove(f"{self._path}{_OPEN}")


def log_files(files: Files, folder: str) -> list[str]:
    """The files of every batch, in the order of their starts; of a batch under way or killed, the open one."""
    closed = files.find(folder, _CLOSED)
    done = {path.removesuffix(_CLOSED) for path in closed}
    left_open = [path for path in files.find(folder, _OPEN) if path.removesuffix(_OPEN) not in done]
    return sorted([*closed, *left_open])


def read_log(files: Files, path: str) -> Iterator[Exchange]:
    """The requests in one file; a last line that was cut off is none."""
    content = files.read(path) or b""
    text = gzip.decompress(content) if path.endswith(_CLOSED) and content else content
    for line in text.splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield _EXCHANGE.validate_json(line)
